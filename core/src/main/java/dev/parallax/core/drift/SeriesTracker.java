package dev.parallax.core.drift;

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
import java.util.OptionalLong;
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
 * <p>Silence is decided in event time and from the state alone: before a pane that comes after a
 * gap, the silent score of the gap is emitted, unless a timer has done so already.
 */
public final class SeriesTracker {

  private final TrackerSettings settings;
  private final Provenance provenance;
  private final BaselineLearner learner;
  private final BaselineTest test;

  /** A tracker; {@code kernel} computes translations. */
  public SeriesTracker(TrackerSettings settings, TranslationKernel kernel, Provenance provenance) {
    this.settings = settings;
    this.provenance = provenance;
    PaneReader reader = new PaneReader(kernel);
    this.learner = new BaselineLearner(settings, kernel, reader);
    this.test = new BaselineTest(settings, reader);
  }

  /**
   * What an order to a series leads to; nothing if it names another baseline than that of the
   * series, if that is armed already, or if it is outside the budget and nobody answers for it.
   *
   * <p>The order holds from the next pane on.
   */
  public Optional<Step> order(SeriesState state, BaselineOrder order) {
    return switch (order.kind()) {
      case ARM -> approved(state, order);
      case COLLECT -> dropped(state, order);
    };
  }

  private Optional<Step> approved(SeriesState state, BaselineOrder order) {
    if (!(state.learning().orElse(null) instanceof Learning.Collected collected)
        || !isOf(collected.shadow(), order)) {
      return Optional.empty();
    }
    AaReport report = report(collected.shadow());
    if (!report.withinBudget() && order.approval().override().isEmpty()) {
      return Optional.empty();
    }
    Learning.Armed armed = collected.armed(order.approval(), state.lastPaneEnd());
    return Optional.of(
        new Step(
            state.with(Optional.of(armed)),
            List.of(),
            List.of(record(state.series(), BaselineRecord.State.ARMED, armed, report))));
  }

  private Optional<Step> dropped(SeriesState state, BaselineOrder order) {
    Learning learning = state.learning().orElse(null);
    BaselineRecord.State end =
        learning instanceof Learning.Armed
            ? BaselineRecord.State.RETIRED
            : BaselineRecord.State.REJECTED;
    Learning.Armed tests =
        learning instanceof Learning.Armed armed
            ? armed
            : learning instanceof Learning.Collected collected ? collected.shadow() : null;
    if (tests == null || !isOf(tests, order)) {
      return Optional.empty();
    }
    BaselineRecord dropped =
        new BaselineRecord(
            state.series(),
            end,
            Optional.of(tests.baseline()),
            report(tests),
            tests.arming(),
            OptionalLong.of(state.lastPaneEnd()));
    return Optional.of(new Step(state.with(Optional.empty()), List.of(), List.of(dropped)));
  }

  private static boolean isOf(Learning.Armed tests, BaselineOrder order) {
    return tests.baseline().id().equals(order.baseline());
  }

  private AaReport report(Learning.Armed tests) {
    return AaStudy.report(tests.baseline(), tests.plan(), settings);
  }

  private static BaselineRecord record(
      Series series, BaselineRecord.State state, Learning.Armed tests, AaReport report) {
    return new BaselineRecord(
        series, state, Optional.of(tests.baseline()), report, tests.arming(), OptionalLong.empty());
  }

  /**
   * The next pane of a series.
   *
   * @param state what the last pane left, or null for the first
   * @param pane the pane, later than the last; it may have no pairs
   * @param moments its CKA sums
   * @throws IllegalArgumentException if the pane starts before the last one ended
   */
  public Step next(@Nullable SeriesState state, PairedPane pane, MiniBatchMoments moments) {
    if (state != null && pane.start() < state.lastPaneEnd()) {
      throw new IllegalArgumentException(
          "expected a pane from " + state.lastPaneEnd() + " on, got one from " + pane.start());
    }
    List<Assessment> assessments = new ArrayList<>();
    SeriesState before = state;
    if (before != null && pane.start() >= silentAt(before)) {
      Step silence = silence(before);
      assessments.addAll(silence.assessments());
      before = silence.state();
    }
    Step step = track(before, pane, moments);
    assessments.addAll(step.assessments());
    return new Step(step.state(), assessments, step.baselines());
  }

  /**
   * When a series falls silent if no further pane comes, event time in milliseconds; {@link
   * Long#MAX_VALUE} if it already has.
   */
  public long silentAt(SeriesState state) {
    return state.silent()
        ? Long.MAX_VALUE
        : state.lastPaneEnd() + settings.silentAfter().toMillis();
  }

  /** The series has sent nothing until {@link #silentAt}; not to be called when it is silent. */
  public Step silence(SeriesState state) {
    long paneStart = settings.pane().startOf(silentAt(state) - 1);
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
            baselineId(state.learning()),
            Verdict.SILENT,
            List.of("no events for " + settings.silentAfter()),
            EventCounts.NONE,
            provenance,
            SampleDigest.of(List.of()));
    SeriesState after =
        new SeriesState(state.series(), state.lastPaneEnd(), window, state.learning(), true);
    return new Step(after, List.of(new Assessment(score, Optional.empty())), List.of());
  }

  private Step track(@Nullable SeriesState before, PairedPane pane, MiniBatchMoments moments) {
    Estimate paneEstimate = moments.estimate();
    List<PaneMoments> window = window(before, pane.start());
    if (!(paneEstimate instanceof Estimate.Degenerate)) {
      window.add(new PaneMoments(pane.start(), pane.pairs(), moments));
    }
    Usability usability = usability(pane, paneEstimate);
    Optional<Learning> learnt = before == null ? Optional.empty() : before.learning();
    Figures.Builder figures = new Figures.Builder();
    if (usability != Usability.DEGENERATE) {
      put(figures, merged(window).estimate(), Figure.CKA, Figure.CKA_LOW, Figure.CKA_HIGH);
      put(figures, paneEstimate, Figure.PANE_CKA, Figure.PANE_CKA_LOW, Figure.PANE_CKA_HIGH);
    }
    Finding finding = finding(learnt, pane, usability, moments, figures);
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
            finding.reasons(),
            pane.counts(),
            provenance,
            pane.sampleDigest());
    return new Step(
        new SeriesState(pane.series(), score.paneEnd(), window, finding.learning(), false),
        List.of(new Assessment(score, finding.alarm())),
        finding.baselines());
  }

  private Finding finding(
      Optional<Learning> learnt,
      PairedPane pane,
      Usability usability,
      MiniBatchMoments moments,
      Figures.Builder figures) {
    Learning learning = learnt.orElse(null);
    if (learning instanceof Learning.Armed armed) {
      return tested(armed, pane, usability, moments, figures);
    }
    return learning instanceof Learning.Collected collected
        ? waiting(collected, pane, usability, moments, figures)
        : learning(learnt, pane, usability, moments);
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
      Optional<Learning> before, PairedPane pane, Usability usability, MiniBatchMoments moments) {
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
        ? collected(collected, pane)
        : new Finding(
            Verdict.WARMING,
            List.of(learner.progress(learning)),
            Optional.of(learning),
            Optional.empty(),
            List.of());
  }

  /** The pane that completes a baseline. */
  private Finding collected(Learning.Collected collected, PairedPane pane) {
    AaReport report = report(collected.shadow());
    if (settings.arming().armsAtOnce(report)) {
      long from = settings.pane().endOf(pane.start());
      Learning.Armed armed = collected.armed(Approval.automatic(from), from);
      return new Finding(
          Verdict.WARMING,
          List.of(learner.progress(armed)),
          Optional.of(armed),
          Optional.empty(),
          List.of(record(pane.series(), BaselineRecord.State.ARMED, armed, report)));
    }
    List<String> reasons = new ArrayList<>();
    reasons.add(waitingReason(collected, pane.series()));
    reasons.addAll(report.advice());
    return new Finding(
        Verdict.WARMING,
        reasons,
        Optional.of(collected),
        Optional.empty(),
        List.of(record(pane.series(), BaselineRecord.State.COLLECTED, collected.shadow(), report)));
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
