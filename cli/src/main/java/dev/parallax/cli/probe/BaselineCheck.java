package dev.parallax.cli.probe;

import dev.parallax.cli.CliException;
import dev.parallax.cli.ExitCode;
import dev.parallax.cli.Terminal;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.probe.ProbeBaseline;
import dev.parallax.core.probe.ProbeComparison;
import dev.parallax.core.probe.ProbeCycle;
import dev.parallax.core.probe.ProbeSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes baselines in files and compares cycles with them. */
final class BaselineCheck {

  private final Terminal terminal;
  private final ProbeSet set;
  private final List<InputKey> keys;

  BaselineCheck(Terminal terminal, ProbeSet set) {
    this.terminal = terminal;
    this.set = set;
    this.keys = set.keys(BaselineFile.hasher());
  }

  /** Makes a baseline of all cycles. */
  int save(Cycles cycles, Path file) throws InterruptedException {
    if (cycles.count() < ProbeBaseline.MIN_REPEATS) {
      throw CliException.usage(
          "--count "
              + cycles.count()
              + ": expected "
              + ProbeBaseline.MIN_REPEATS
              + " or more for a baseline");
    }
    List<ProbeCycle> repeats = new ArrayList<>();
    cycles.run(
        (number, cycle) -> {
          repeats.add(cycle.vectors(keys));
          return cycle.line(number, "kept");
        });
    Optional<String> unfit = ProbeBaseline.unfit(repeats);
    if (unfit.isPresent()) {
      throw CliException.failure("no baseline: " + unfit.get());
    }
    ProbeBaseline baseline = ProbeBaseline.of(set.digest(), repeats);
    BaselineFile.write(baseline, file);
    terminal
        .out()
        .println(
            String.format(
                Locale.ROOT,
                "baseline of %d probes and %d repeats in %s: a cosine below %.5f, or a mean below"
                    + " %.6f, is a change",
                baseline.vectors().size(),
                baseline.repeats(),
                file,
                1 - baseline.tolerance().farthest(),
                1 - baseline.tolerance().mean()));
    return ExitCode.OK;
  }

  /** Compares every cycle; a finding if one of them is another model's. */
  int compare(Cycles cycles, Path file) throws InterruptedException {
    ProbeBaseline baseline = BaselineFile.read(file, set);
    List<ProbeComparison> findings = new ArrayList<>();
    cycles.run(
        (number, cycle) -> {
          ProbeComparison comparison = ProbeComparison.of(baseline, cycle.vectors(keys));
          if (comparison.change().isChange()) {
            findings.add(comparison);
          }
          return cycle.line(number, comparison.change().label() + ": " + comparison.reason());
        });
    return findings.isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
  }
}
