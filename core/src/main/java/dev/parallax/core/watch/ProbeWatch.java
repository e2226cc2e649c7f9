package dev.parallax.core.watch;

import dev.parallax.core.drift.Assessment;
import dev.parallax.core.drift.Figure;
import dev.parallax.core.drift.Figures;
import dev.parallax.core.drift.Provenance;
import dev.parallax.core.drift.Score;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.probe.ProbeBaseline;
import dev.parallax.core.probe.ProbeChange;
import dev.parallax.core.probe.ProbeComparison;
import dev.parallax.core.probe.ProbeCycle;
import dev.parallax.core.probe.ProbeFigures;
import dev.parallax.core.watch.ProbeAnswer.Cycle;
import dev.parallax.core.window.PaneLength;
import dev.parallax.core.window.SampleDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows the probes of a model. A pure function of the state and the pane, so live and replay
 * agree.
 *
 * <p>A cycle is over when all its probes are answered, or when answers of a later one come; it may
 * span panes. Of several cycles in one pane the sample keeps the earliest answer to each probe. The
 * first {@value ProbeBaseline#MIN_REPEATS} whole cycles in a row that agree make the baseline, all
 * of them {@code warming}; every further cycle is compared with it. Cycles of another set begin
 * anew.
 *
 * <p>{@code rotated} and {@code diverged} are said at once, without evidence to be gathered: the
 * same inputs leave nothing to chance but the noise that the baseline knows. A change that no
 * rotation explains is let pass if the mean of {@code 1 − cos} is at most the tolerance and no
 * probe's is above {@value #FARTHEST} times it, so that a benign change, such as to eight-bit
 * weights, is not called {@code diverged}. A turn is called {@code rotated} however small.
 */
public final class ProbeWatch {

  /** How much farther than the mean a single probe may lie. */
  public static final double FARTHEST = 4;

  private final PaneLength pane;
  private final double tolerance;
  private final Provenance provenance;

  /**
   * A watch.
   *
   * @param pane the panes
   * @param tolerance largest mean of {@code 1 − cos} that is let pass
   * @param provenance of scores
   */
  public ProbeWatch(PaneLength pane, double tolerance, Provenance provenance) {
    this.pane = pane;
    this.tolerance = tolerance;
    this.provenance = provenance;
  }

  /**
   * The next pane with probes.
   *
   * @param before what the last one left, or null for the first
   */
  public Step next(@Nullable ProbeWatchState before, ProbePane probes) {
    Said said = new Said(before == null ? ProbeWatchState.EMPTY : before, null, Optional.empty());
    SortedMap<Cycle, List<ProbeAnswer>> cycles = new TreeMap<>();
    for (ProbeAnswer answer : probes.answers()) {
      cycles.computeIfAbsent(answer.cycle(), cycle -> new ArrayList<>()).add(answer);
    }
    for (Map.Entry<Cycle, List<ProbeAnswer>> entry : cycles.entrySet()) {
      said = take(said, entry.getKey(), entry.getValue());
    }
    return new Step(said.state(), new Assessment(score(probes, said), Optional.empty()));
  }

  private Said take(Said said, Cycle cycle, List<ProbeAnswer> answers) {
    Said now = said;
    OpenCycle open = now.state().open().orElse(null);
    if (cycle.startMillis() <= now.state().closed()
        || open != null && cycle.compareTo(open.cycle()) < 0) {
      return now; // What comes after its cycle is over is not looked at.
    }
    if (open != null && !open.cycle().equals(cycle)) {
      now = judged(now.state(), open);
      open = null;
      if (cycle.startMillis() <= now.state().closed()) {
        return now;
      }
    }
    OpenCycle filled = open == null ? OpenCycle.of(cycle, answers) : open.with(answers);
    return filled.isWhole()
        ? judged(now.state(), filled)
        : new Said(now.state().opening(filled), now.reason(), now.figures());
  }

  private Said judged(ProbeWatchState before, OpenCycle cycle) {
    ProbeWatchState state =
        before.set().equals(cycle.cycle().set()) ? before : before.watching(cycle.cycle().set());
    return state.baseline().isPresent()
        ? compared(state, state.baseline().get(), cycle)
        : learnt(state, cycle);
  }

  private Said learnt(ProbeWatchState state, OpenCycle cycle) {
    if (!cycle.isWhole()) {
      return new Said(
          state.closing(cycle, Verdict.WARMING),
          progress(cycle) + "; a baseline is made of whole cycles",
          Optional.empty());
    }
    List<ProbeCycle> repeats = new ArrayList<>(state.learning());
    repeats.add(cycle.answers());
    if (repeats.size() < ProbeBaseline.MIN_REPEATS) {
      return new Said(
          state.learning(repeats).closing(cycle, Verdict.WARMING),
          "baseline: cycle " + repeats.size() + " of " + ProbeBaseline.MIN_REPEATS,
          Optional.empty());
    }
    Optional<String> unfit = ProbeBaseline.unfit(repeats);
    if (unfit.isPresent()) {
      return new Said(
          state.learning(repeats.subList(1, repeats.size())).closing(cycle, Verdict.WARMING),
          "baseline: " + unfit.get(),
          Optional.empty());
    }
    ProbeBaseline baseline = ProbeBaseline.of(state.set(), repeats);
    String id = state.set() + "@" + cycle.cycle().startMillis();
    return new Said(
        state.armed(baseline, id).closing(cycle, Verdict.WARMING),
        "baseline: cycle " + repeats.size() + " of " + ProbeBaseline.MIN_REPEATS,
        Optional.empty());
  }

  private Said compared(ProbeWatchState state, ProbeBaseline baseline, OpenCycle cycle) {
    ProbeComparison comparison = ProbeComparison.of(baseline, cycle.answers());
    boolean passes =
        comparison.change() == ProbeChange.DIVERGED
            && comparison.figures().filter(this::withinTolerance).isPresent();
    Verdict verdict = passes ? Verdict.HEALTHY : verdict(comparison.change());
    String reason =
        passes
            ? String.format(
                Locale.ROOT,
                "%s; let pass, the mean cosine is %.4f or more",
                comparison.reason(),
                1 - tolerance)
            : comparison.change() == ProbeChange.UNCHANGED ? null : comparison.reason();
    return new Said(state.closing(cycle, verdict), reason, comparison.figures());
  }

  private boolean withinTolerance(ProbeFigures figures) {
    return 1 - figures.cosineMean() <= tolerance && 1 - figures.cosineMin() <= FARTHEST * tolerance;
  }

  private static Verdict verdict(ProbeChange change) {
    return switch (change) {
      case UNCHANGED -> Verdict.HEALTHY;
      case RESCALED, ROTATED -> Verdict.ROTATED;
      case DIVERGED -> Verdict.DIVERGED;
      case TOO_FEW -> Verdict.INSUFFICIENT;
    };
  }

  private static String progress(OpenCycle cycle) {
    return cycle.answers().size() + " of " + cycle.cycle().probes() + " probes of a cycle answered";
  }

  private Score score(ProbePane probes, Said said) {
    ProbeWatchState state = said.state();
    Figures.Builder figures = new Figures.Builder();
    said.figures()
        .ifPresent(
            found ->
                figures
                    .put(Figure.PROBE_COSINE_MIN, found.cosineMin())
                    .put(Figure.ROTATION, found.rotation()));
    List<String> reasons = new ArrayList<>();
    Optional.ofNullable(said.reason()).ifPresent(reasons::add);
    state.open().ifPresent(open -> reasons.add(progress(open) + " so far"));
    return new Score(
        probes.series(),
        probes.start(),
        pane.endOf(probes.start()),
        probes.start(),
        probes.answers().size(),
        probes.answers().size(),
        figures.build(),
        state.baseline().map(baseline -> state.baselineId()),
        state.verdict(),
        reasons,
        probes.counts(),
        provenance,
        SampleDigest.of(probes.answers().stream().map(ProbeAnswer::key).toList()));
  }

  /** What has been found so far, why, and its figures. */
  private record Said(
      ProbeWatchState state, @Nullable String reason, Optional<ProbeFigures> figures) {}

  /**
   * What a pane led to.
   *
   * @param state to be remembered
   * @param assessment its verdict is final: there is no evidence to weigh
   */
  public record Step(ProbeWatchState state, Assessment assessment) {}
}
