package dev.parallax.core.drift;

import dev.parallax.core.drift.BaselineLifecycle.Beginning;
import dev.parallax.core.drift.BaselineTest.Tested;
import dev.parallax.core.drift.SeriesState.PaneMoments;
import dev.parallax.core.similarity.Estimate;
import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.core.translation.TranslationKernel;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.PairedPane;
import dev.parallax.core.window.SampleDigest;
import dev.parallax.core.window.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows series from pane to pane: window, baseline, test, assessment. A pure function of the
 * state and the pane, so live and replay agree.
 *
 * <p>The first {@code fitPanes} usable panes fit a translation, the next {@code holdOutPanes}
 * measure its healthy residual, all of them {@code warming}. Then the baseline is armed, at once or
 * once it is approved ({@link ArmingRule}), and every further usable pane is tested. Until then
 * panes stay {@code warming}, and nothing is learnt from them. Evidence that reaches the page
 * budget raises an {@link Alarm}, which {@link Diagnosis} names. Once all that pages has been back
 * for {@value Detectors#CALM_PANES} panes in a row the tests start from nothing, so that a verdict
 * does not flutter and the next change gets its own date; that only lowers evidence, so the promise
 * holds.
 *
 * <p>A pane is usable if it has {@code minPairs} pairs and at least one whole batch, and if both
 * sides are finite and vary. Other panes are neither learnt from nor tested: those with too few
 * pairs are {@code insufficient} (the alarm of a series that had diverged goes on), the others
 * {@code degenerate}. Degenerate panes stay out of the window too, where one that is not finite
 * would spoil CKA for all the others.
 *
 * <p>A series without a state may have had one that is lost: {@link BaselineHistory} says what
 * baseline it goes on with.
 *
 * <p>Silence is decided in event time and from the state alone: before a pane that comes after a
 * gap, the silent score of the gap is emitted, unless a timer has done so already.
 */
public final class SeriesTracker {

  private final TrackerSettings settings;
  private final Provenance provenance;
  private final BaselineLearner learner;
  private final BaselineTest test;
  private final BaselineLifecycle lifecycle;

  /** A tracker; {@code kernel} computes translations. */
  public SeriesTracker(TrackerSettings settings, TranslationKernel kernel, Provenance provenance) {
    this.settings = settings;
    this.provenance = provenance;
    PaneReader reader = new PaneReader(kernel);
    this.learner = new BaselineLearner(settings, kernel, reader);
    this.test = new BaselineTest(settings, reader);
    this.lifecycle = new BaselineLifecycle(settings);
  }

  /**
   * What an order to a series leads to; nothing if it names another baseline than that of the
   * series, if that is armed already, or if it is outside the budget and nobody answers for it.
   *
   * <p>The order holds from the next pane on.
   *
   * @param past what is known of the baselines of the series; what it says was ordered is done
   */
  public Optional<Step> order(SeriesState state, BaselineOrder order, BaselineHistory past) {
    long from = state.silent() ? silentFrom(state) : state.lastPaneEnd();
    return lifecycle
        .ordered(state, order, from, past)
        .map(
            change -> new Step(state.with(change.learning()), List.of(), List.of(change.record())));
  }

  /**
   * The next pane of a series.
   *
   * @param state what the last pane left, or null for the first
   * @param pane the pane, later than the last; it may have no pairs
   * @param moments its CKA sums
   * @param past what is known of the baselines of the series
   * @throws IllegalArgumentException if the pane starts before the last one ended
   */
  public Step next(
      @Nullable SeriesState state,
      PairedPane pane,
      MiniBatchMoments moments,
      BaselineHistory past) {
    if (state == null) {
      Beginning beginning = lifecycle.begin(pane.start(), past);
      return track(null, beginning, pane, moments, past);
    }
    if (pane.start() < state.lastPaneEnd()) {
      throw new IllegalArgumentException(
          "expected a pane from " + state.lastPaneEnd() + " on, got one from " + pane.start());
    }
    List<Assessment> assessments = new ArrayList<>();
    SeriesState before = state;
    if (pane.start() >= silentAt(before)) {
      Step silence = silence(before, past);
      assessments.addAll(silence.assessments());
      before = silence.state();
    }
    Optional<Learning> learnt = lifecycle.at(pane.start(), before.learning(), past);
    Step step = track(before, new Beginning(learnt, List.of(), List.of()), pane, moments, past);
    assessments.addAll(step.assessments());
    return new Step(step.state(), assessments, step.baselines());
  }

  /** The same where nothing is known. */
  public Step next(@Nullable SeriesState state, PairedPane pane, MiniBatchMoments moments) {
    return next(state, pane, moments, BaselineHistory.NONE);
  }

  /**
   * When a series falls silent if no further pane comes, event time in milliseconds; {@link
   * Long#MAX_VALUE} if it already has.
   */
  public long silentAt(SeriesState state) {
    return state.silent() ? Long.MAX_VALUE : silentFrom(state);
  }

  private long silentFrom(SeriesState state) {
    return state.lastPaneEnd() + settings.silentAfter().toMillis();
  }

  /**
   * The series has sent nothing until {@link #silentAt}; not to be called when it is silent.
   *
   * @param past what is known of the baselines of the series
   */
  public Step silence(SeriesState state, BaselineHistory past) {
    long paneStart = settings.pane().startOf(silentAt(state) - 1);
    Optional<Learning> learning = lifecycle.at(paneStart, state.learning(), past);
    List<PaneMoments> window = window(state, paneStart);
    Score score =
        new Score(
            state.series(),
            paneStart,
            settings.pane().endOf(paneStart),
            windowStart(paneStart),
            0,
            pairs(window),
            new Figures.Builder().build(),
            baselineId(learning),
            Verdict.SILENT,
            List.of("no events for " + settings.silentAfter()),
            EventCounts.NONE,
            provenance,
            SampleDigest.of(List.of()));
    SeriesState after =
        new SeriesState(state.series(), state.lastPaneEnd(), window, learning, true);
    return new Step(after, List.of(new Assessment(score, Optional.empty())), List.of());
  }

  private Step track(
      @Nullable SeriesState before,
      Beginning beginning,
      PairedPane pane,
      MiniBatchMoments moments,
      BaselineHistory past) {
    Estimate paneEstimate = moments.estimate();
    List<PaneMoments> window = window(before, pane.start());
    if (!(paneEstimate instanceof Estimate.Degenerate)) {
      window.add(new PaneMoments(pane.start(), pane.pairs(), moments));
    }
    Usability usability = usability(pane, paneEstimate);
    Optional<Learning> learnt = beginning.learning();
    Figures.Builder figures = new Figures.Builder();
    if (usability != Usability.DEGENERATE) {
      put(figures, merged(window).estimate(), Figure.CKA, Figure.CKA_LOW, Figure.CKA_HIGH);
      put(figures, paneEstimate, Figure.PANE_CKA, Figure.PANE_CKA_LOW, Figure.PANE_CKA_HIGH);
    }
    Finding finding = finding(learnt, pane, usability, moments, figures, past);
    Score score =
        new Score(
            pane.series(),
            pane.start(),
            settings.pane().endOf(pane.start()),
            windowStart(pane.start()),
            pane.pairs(),
            pairs(window),
            figures.build(),
            baselineId(learnt),
            finding.verdict(),
            joined(beginning.reasons(), finding.reasons()),
            pane.counts(),
            provenance,
            pane.sampleDigest());
    return new Step(
        new SeriesState(pane.series(), score.paneEnd(), window, finding.learning(), false),
        List.of(new Assessment(score, finding.alarm())),
        joined(beginning.ended(), finding.baselines()));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private Finding finding(
      Optional<Learning> learnt,
      PairedPane pane,
      Usability usability,
      MiniBatchMoments moments,
      Figures.Builder figures,
      BaselineHistory past) {
    Learning learning = learnt.orElse(null);
    if (learning instanceof Learning.Armed armed) {
      return tested(armed, pane, usability, moments, figures);
    }
    return learning instanceof Learning.Collected collected
        ? waiting(collected, pane, usability, moments, figures)
        : learning(learnt, pane, usability, moments, past);
  }

  /** The panes before {@code paneStart} that are in the window of the pane that starts there. */
  private List<PaneMoments> window(@Nullable SeriesState before, long paneStart) {
    List<PaneMoments> window = new ArrayList<>();
    if (before != null) {
      long oldest = windowStart(paneStart);
      before.window().stream().filter(part -> part.start() >= oldest).forEach(window::add);
    }
    return window;
  }

  private long windowStart(long paneStart) {
    return paneStart - (settings.windowPanes() - 1) * settings.pane().millis();
  }

  private static MiniBatchMoments merged(List<PaneMoments> window) {
    MiniBatchMoments merged = MiniBatchMoments.none();
    for (PaneMoments part : window) {
      merged = merged.merge(part.moments());
    }
    return merged;
  }

  private static long pairs(List<PaneMoments> window) {
    return window.stream().mapToLong(PaneMoments::pairs).sum();
  }

  private Usability usability(PairedPane pane, Estimate estimate) {
    if (pane.pairs() < settings.minPairs() || estimate instanceof Estimate.TooFewPairs) {
      return Usability.TOO_FEW_PAIRS;
    }
    // Batches leave out the last rows of a pane, so the estimate does not speak for them.
    return estimate instanceof Estimate.Degenerate
            || !isFinite(pane.live())
            || !isFinite(pane.reference())
        ? Usability.DEGENERATE
        : Usability.USABLE;
  }

  private static boolean isFinite(float[][] rows) {
    for (float[] row : rows) {
      for (float value : row) {
        if (!Float.isFinite(value)) {
          return false;
        }
      }
    }
    return true;
  }

  private Finding learning(
      Optional<Learning> before,
      PairedPane pane,
      Usability usability,
      MiniBatchMoments moments,
      BaselineHistory past) {
    if (usability != Usability.USABLE) {
      return new Finding(
          usability == Usability.DEGENERATE ? Verdict.DEGENERATE : Verdict.INSUFFICIENT,
          List.of(reason(usability, pane)),
          before,
          Optional.empty(),
          List.of());
    }
    Learning learning = learner.learn(before, pane, moments);
    return learning instanceof Learning.Collected collected
        ? collected(collected, pane, past)
        : new Finding(
            Verdict.WARMING,
            List.of(learner.progress(learning)),
            Optional.of(learning),
            Optional.empty(),
            List.of());
  }

  /** The pane that completes a baseline. */
  private Finding collected(Learning.Collected collected, PairedPane pane, BaselineHistory past) {
    BaselineLifecycle.Collection complete =
        lifecycle.complete(collected, pane.series(), settings.pane().endOf(pane.start()), past);
    List<String> reasons = new ArrayList<>();
    if (complete.learning() instanceof Learning.Armed) {
      reasons.add(learner.progress(complete.learning()));
    } else {
      reasons.add(waitingReason(collected, pane.series()));
      reasons.addAll(complete.report().advice());
    }
    return new Finding(
        Verdict.WARMING,
        reasons,
        Optional.of(complete.learning()),
        Optional.empty(),
        complete.records());
  }

  private static String waitingReason(Learning.Collected collected, Series series) {
    return "baseline "
        + collected.shadow().baseline().id()
        + " is collected: waiting for approval (parallax baseline approve --model "
        + series.model()
        + ")";
  }

  /** A pane while the baseline waits: tested in shadow, its figures stated but for the evidence. */
  private Finding waiting(
      Learning.Collected before,
      PairedPane pane,
      Usability usability,
      MiniBatchMoments moments,
      Figures.Builder figures) {
    Figures.Builder shadowFigures = new Figures.Builder();
    Finding shadow = tested(before.shadow(), pane, usability, moments, shadowFigures);
    List<String> reasons = new ArrayList<>();
    reasons.add(waitingReason(before, pane.series()));
    boolean isCalm = shadow.verdict() == Verdict.HEALTHY && shadow.alarm().isEmpty();
    if (!isCalm) {
      Verdict verdict = shadow.alarm().map(Alarm::verdict).orElse(shadow.verdict());
      reasons.add("against it this pane would be called " + verdict.label());
    }
    shadowFigures
        .build()
        .forEach(
            (figure, value) -> {
              if (figure != Figure.EVIDENCE_LOG10) {
                figures.put(figure, value);
              }
            });
    Verdict verdict = usability == Usability.USABLE ? Verdict.WARMING : shadow.verdict();
    return new Finding(
        verdict,
        reasons,
        shadow.learning().map(after -> new Learning.Collected((Learning.Armed) after)),
        Optional.empty(),
        List.of());
  }

  private Finding tested(
      Learning.Armed armed,
      PairedPane pane,
      Usability usability,
      MiniBatchMoments moments,
      Figures.Builder figures) {
    if (usability != Usability.USABLE) {
      figures.put(Figure.EVIDENCE_LOG10, armed.detectors().evidenceLog10());
      return usability == Usability.DEGENERATE
          ? unusable(Verdict.DEGENERATE, reason(usability, pane), armed, Optional.empty())
          : unusable(Verdict.INSUFFICIENT, reason(usability, pane), armed, test.standing(armed));
    }
    Optional<BaselineTest.Finding> mismatch = BaselineTest.mismatch(armed.baseline(), pane);
    if (mismatch.isPresent()) {
      figures.put(Figure.EVIDENCE_LOG10, armed.detectors().evidenceLog10());
      return unusable(mismatch.get().verdict(), mismatch.get().reason(), armed, Optional.empty());
    }
    Tested tested = test.next(armed, pane, moments, figures);
    figures.put(Figure.EVIDENCE_LOG10, tested.armed().detectors().evidenceLog10());
    String reason = tested.calm().reason();
    return new Finding(
        tested.calm().verdict(),
        reason.isEmpty() ? List.of() : List.of(reason),
        Optional.of(tested.armed()),
        tested.alarm(),
        List.of());
  }

  private static Finding unusable(
      Verdict verdict, String reason, Learning.Armed armed, Optional<Alarm> alarm) {
    return new Finding(verdict, List.of(reason), Optional.of(armed), alarm, List.of());
  }

  private String reason(Usability usability, PairedPane pane) {
    if (usability == Usability.DEGENERATE) {
      return "one side has no variance, so similarity is undefined";
    }
    return pane.pairs() < settings.minPairs()
        ? pane.pairs() + " pairs in the pane, " + settings.minPairs() + " are needed"
        : pane.pairs() + " pairs in the pane, not one whole batch";
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

  /** What a pane is good for. */
  private enum Usability {
    TOO_FEW_PAIRS,
    DEGENERATE,
    USABLE
  }

  /** What a pane says, why, what is remembered, and what is said if the series pages. */
  private record Finding(
      Verdict verdict,
      List<String> reasons,
      Optional<Learning> learning,
      Optional<Alarm> alarm,
      List<BaselineRecord> baselines) {}

  /**
   * What a pane led to.
   *
   * @param state to be remembered
   * @param assessments in order: that of a silence before the pane, if there was one, and its own
   * @param baselines what became of the series' baseline, if anything
   */
  public record Step(
      SeriesState state, List<Assessment> assessments, List<BaselineRecord> baselines) {

    /** Copies the lists. */
    public Step {
      assessments = List.copyOf(assessments);
      baselines = List.copyOf(baselines);
    }
  }
}
