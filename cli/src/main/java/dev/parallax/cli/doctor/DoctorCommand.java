package dev.parallax.cli.doctor;

import dev.parallax.cli.CliException;
import dev.parallax.cli.ExitCode;
import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.ConfigOptions;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.doctor.Finding.Status;
import dev.parallax.core.json.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parallax doctor}: a table of checks; exit 1 when any fails. */
@Command(
    name = "doctor",
    description = {
      "Check this machine, the reference, and with --config the brokers, topics and clocks.",
      "Changes nothing. Exit 1 when a check fails."
    })
public final class DoctorCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description =
          "Only ask the live records of this source whether the configuration describes them, and"
              + " say which line to change.")
  private @Nullable String source;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /** A command that prints to {@code terminal}. */
  public DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<Finding> findings = examine();
    long failed = findings.stream().filter(f -> f.status() == Status.FAIL).count();
    if (json) {
      terminal.out().println(json(findings, failed == 0));
    } else {
      findings.forEach(this::print);
    }
    if (failed > 0) {
      throw CliException.failure(failed + " of " + findings.size() + " checks failed");
    }
    return ExitCode.OK;
  }

  private List<Finding> examine() {
    List<Finding> findings = new ArrayList<>(source == null ? HostChecks.run() : List.of());
    ParallaxConfig config;
    try {
      config = options.load(terminal.environment());
    } catch (CliException e) {
      findings.add(ConfigCheck.unreadable(e));
      return findings;
    }
    findings.addAll(ConfigCheck.run(options, config));
    if (source != null) {
      findings.addAll(SourceCheck.run(config, source));
      return findings;
    }
    findings.addAll(ReferenceCheck.run(config));
    if (options.isGiven()) {
      findings.addAll(ClusterCheck.run(config));
    } else {
      findings.add(Finding.skipped("brokers", "no --config names them"));
    }
    return findings;
  }

  private void print(Finding finding) {
    String check = String.format("%-4s  %-13s  ", finding.status().label(), finding.check());
    terminal.out().println(check + finding.detail());
    finding
        .advice()
        .lines()
        .forEach(line -> terminal.out().println(" ".repeat(check.length()) + line));
  }

  private static String json(List<Finding> findings, boolean ok) {
    return CanonicalJson.object(
        object ->
            object
                .field("ok", ok)
                .objects(
                    "checks",
                    findings,
                    (entry, finding) -> {
                      entry
                          .field("check", finding.check())
                          .field("status", finding.status().label())
                          .field("detail", finding.detail());
                      if (!finding.advice().isEmpty()) {
                        entry.field("advice", finding.advice());
                      }
                    }));
  }
}
