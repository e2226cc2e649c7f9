package dev.parallax.core.drift;

import dev.parallax.core.drift.SeriesState.PaneMoments;
import dev.parallax.core.similarity.Estimate;
import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.core.translation.StratumResiduals;
import dev.parallax.core.translation.TranslationKernel;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.PairedPane;
import dev.parallax.core.window.SampleDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Follows series from pane to pane: window, baseline, test, verdict. A pure function of the state
 * and the pane, so live and replay agree.
 *
 * <p>The first {@code fitPanes} panes with enough pairs fit a translation, the next {@code
 * holdOutPanes} measure its healthy residual; then the baseline is armed and every further pane is
 * tested. Evidence that reaches the threshold is {@code diverged}; it falls again, pane by pane,
 * once the residual is back.
 *
 * <p>Silence is decided in event time and from the state alone: before a pane that comes after a
 * gap, the silent score of the gap is emitted, unless a timer has done so already.
 */
public final class SeriesTracker {

  private static final double LOG_10 = StrictMath.log(10);

  private final TrackerSettings settings;
  private final TranslationKernel kernel;
  private final Provenance provenance;
  private final BaselineLearner learner;

  /** A tracker; {@code kernel} computes translations. */
  public SeriesTracker(TrackerSettings settings, TranslationKernel kernel, Provenance provenance) {
    this.settings = settings;
    this.kernel = kernel;
    this.provenance = provenance;
    this.learner = new BaselineLearner(settings, kernel);
  }

  /**
   * The next pane of a series.
   *
   * @param state what the last pane left, or null for the first
   * @param pane the pane
   * @param moments its CKA sums
   */
  public Step next(@Nullable SeriesState state, PairedPane pane, MiniBatchMoments moments) {
    List<Outcome> outcomes = new ArrayList<>();
    SeriesState before = state;
    if (before != null && pane.start() >= silentAt(before)) {
      Step silence = silence(before);
      outcomes.addAll(silence.outcomes());
      before = silence.state();
    }
    Step step = track(before, pane, moments);
    outcomes.addAll(step.outcomes());
    return new Step(step.state(), outcomes);
  }

  /** When a series falls silent if no further pane comes. */
  public long silentAt(SeriesState state) {
    return state.verdict() == Verdict.SILENT
        ? Long.MAX_VALUE
        : state.lastPaneEnd() + settings.silentAfter().toMillis();
  }

  /** The series has sent nothing until {@link #silentAt}. */
  public Step silence(SeriesState state) {
    long now = silentAt(state);
    long paneStart = settings.pane().startOf(now - 1);
    Score score =
        new Score(
            state.series(),
            paneStart,
            settings.pane().endOf(paneStart),
            windowStart(paneStart),
            0,
            0,
            new Figures.Builder().build(),
            baselineId(state.learning()),
            Verdict.SILENT,
            List.of("no events for " + settings.silentAfter()),
            EventCounts.NONE,
            provenance,
            SampleDigest.of(List.of()));
    SeriesState after =
        new SeriesState(
            state.series(), state.lastPaneEnd(), state.window(), state.learning(), Verdict.SILENT);
    return new Step(after, List.of(outcome(score, state.verdict(), OptionalLong.empty())));
  }

  private Step track(@Nullable SeriesState before, PairedPane pane, MiniBatchMoments moments) {
    List<PaneMoments> window = window(before, pane, moments);
    MiniBatchMoments merged = MiniBatchMoments.none();
    long windowPairs = 0;
    for (PaneMoments part : window) {
      merged = merged.merge(part.moments());
      windowPairs += part.pairs();
    }
    Figures.Builder figures = new Figures.Builder();
    List<String> reasons = new ArrayList<>();
    Estimate paneEstimate = moments.estimate();
    put(figures, merged.estimate(), Figure.CKA, Figure.CKA_LOW, Figure.CKA_HIGH);
    put(figures, paneEstimate, Figure.PANE_CKA, Figure.PANE_CKA_LOW, Figure.PANE_CKA_HIGH);

    boolean enough = pane.pairs() >= settings.minPairs();
    boolean degenerate = enough && paneEstimate instanceof Estimate.Degenerate;
    Optional<Learning> learning = before == null ? Optional.empty() : before.learning();
    if (enough && learning.orElse(null) instanceof Learning.Armed armed) {
      learning = Optional.of(test(armed, pane, figures, reasons));
    } else if (enough && !degenerate) {
      learning = Optional.of(learner.learn(learning, pane, moments));
    }

    Verdict verdict = verdict(learning, enough, degenerate);
    explain(verdict, pane, learning, reasons);
    OptionalLong change = OptionalLong.empty();
    if (learning.orElse(null) instanceof Learning.Armed armed) {
      figures.put(Figure.EVIDENCE_LOG10, armed.detector().evidenceLog10());
      figures.put(Figure.THRESHOLD_LOG10, thresholdLog10());
      change = armed.detector().estimatedChange();
    }
    long paneEnd = settings.pane().endOf(pane.start());
    Score score =
        new Score(
            pane.series(),
            pane.start(),
            paneEnd,
            windowStart(pane.start()),
            pane.pairs(),
            windowPairs,
            figures.build(),
            baselineId(learning),
            verdict,
            reasons,
            pane.counts(),
            provenance,
            pane.sampleDigest());
    Verdict previous = before == null ? verdict : before.verdict();
    return new Step(
        new SeriesState(pane.series(), paneEnd, window, learning, verdict),
        List.of(outcome(score, previous, change)));
  }

  private List<PaneMoments> window(
      @Nullable SeriesState before, PairedPane pane, MiniBatchMoments moments) {
    List<PaneMoments> window = new ArrayList<>();
    if (before != null) {
      long oldest = windowStart(pane.start());
      before.window().stream().filter(part -> part.start() >= oldest).forEach(window::add);
    }
    window.add(new PaneMoments(pane.start(), pane.pairs(), moments));
    return window;
  }

  private long windowStart(long paneStart) {
    return paneStart - (settings.windowPanes() - 1) * settings.pane().millis();
  }

  private Learning.Armed test(
      Learning.Armed armed, PairedPane pane, Figures.Builder figures, List<String> reasons) {
    Baseline baseline = armed.baseline();
    if (pane.live()[0].length != baseline.translation().liveWidth()
        || pane.reference()[0].length != baseline.translation().referenceWidth()) {
      reasons.add("the width of the vectors is not that of the baseline");
      return armed;
    }
    StratumResiduals residuals =
        kernel.residuals(baseline.translation(), baseline.strata(), pane.live(), pane.reference());
    double healthy = baseline.residuals().mean().orElseThrow();
    OptionalDouble raw = residuals.mean();
    OptionalDouble stratified = residuals.stratifiedMean(baseline.residuals());
    raw.ifPresent(value -> figures.put(Figure.RESIDUAL, value / healthy));
    stratified.ifPresent(
        value -> figures.put(Figure.RESIDUAL_STRATIFIED, value / baseline.residualMean()));
    return new Learning.Armed(
        baseline, armed.detector().next(stratified.orElseThrow(), pane.start()));
  }

  private Verdict verdict(Optional<Learning> learning, boolean enough, boolean degenerate) {
    if (degenerate) {
      return Verdict.DEGENERATE;
    }
    if (learning.orElse(null) instanceof Learning.Armed armed) {
      if (armed.detector().evidenceLog10() >= thresholdLog10()) {
        return Verdict.DIVERGED;
      }
      return enough ? Verdict.HEALTHY : Verdict.INSUFFICIENT;
    }
    return enough ? Verdict.WARMING : Verdict.INSUFFICIENT;
  }

  private void explain(
      Verdict verdict, PairedPane pane, Optional<Learning> learning, List<String> reasons) {
    switch (verdict) {
      case INSUFFICIENT ->
          reasons.add(pane.pairs() + " pairs in the pane, " + settings.minPairs() + " are needed");
      case DEGENERATE -> reasons.add("one side has no variance, so similarity is undefined");
      case WARMING -> reasons.add(learner.progress(learning));
      case DIVERGED -> reasons.add("the translation residual has risen above its baseline");
      default -> {
        // Healthy needs no reason.
      }
    }
  }

  private double thresholdLog10() {
    return StrictMath.log(settings.panesBetweenFalseAlarms()) / LOG_10;
  }

  private static Optional<String> baselineId(Optional<Learning> learning) {
    return learning.orElse(null) instanceof Learning.Armed armed
        ? Optional.of(armed.baseline().id())
        : Optional.empty();
  }

  private static void put(
      Figures.Builder figures, Estimate estimate, Figure value, Figure low, Figure high) {
    if (estimate instanceof Estimate.Stated stated) {
      figures.put(value, stated.cka()).put(low, stated.low()).put(high, stated.high());
    }
  }

  private static Outcome outcome(Score score, Verdict previous, OptionalLong change) {
    return new Outcome(
        score,
        score.verdict() == previous
            ? Optional.empty()
            : Optional.of(
                new Alert(
                    score,
                    previous,
                    score.verdict() == Verdict.DIVERGED ? change : OptionalLong.empty())));
  }

  /**
   * What a pane led to.
   *
   * @param state to be remembered
   * @param outcomes in order
   */
  public record Step(SeriesState state, List<Outcome> outcomes) {

    /** Copies the outcomes. */
    public Step {
      outcomes = List.copyOf(outcomes);
    }
  }

  /**
   * A score, and the alert if its verdict is a new one.
   *
   * @param score the score
   * @param alert the change of verdict
   */
  public record Outcome(Score score, Optional<Alert> alert) {}
}
