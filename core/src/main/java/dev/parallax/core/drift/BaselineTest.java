package dev.parallax.core.drift;

import dev.parallax.core.drift.Learning.Armed;
import dev.parallax.core.drift.Learning.Recent;
import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.core.similarity.StratifiedCka;
import dev.parallax.core.similarity.StratifiedCka.Mixed;
import dev.parallax.core.translation.RowResiduals;
import dev.parallax.core.translation.StratumResiduals;
import dev.parallax.core.window.PairedPane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Tests panes against an armed baseline. */
final class BaselineTest {

  private static final int NAMED_INPUTS = 3;

  /** Panes that a diagnosis looks back on at most. */
  private static final int RECENT_PANES = 15;

  private final TrackerSettings settings;
  private final PaneReader reader;

  BaselineTest(TrackerSettings settings, PaneReader reader) {
    this.settings = settings;
    this.reader = reader;
  }

  /**
   * What the widths of a pane's vectors alone say: nothing if they are those of the baseline.
   *
   * <p>Vectors of another width need no statistics: other live vectors come from another model, and
   * other reference vectors leave nothing to compare with.
   */
  static Optional<Finding> mismatch(Baseline baseline, PairedPane pane) {
    int live = pane.live()[0].length;
    int liveBefore = baseline.space().translation().liveWidth();
    if (live != liveBefore) {
      return Optional.of(new Finding(Verdict.DIVERGED, reason("live", live, liveBefore)));
    }
    int reference = pane.reference()[0].length;
    int referenceBefore = baseline.space().translation().referenceWidth();
    if (reference != referenceBefore) {
      return Optional.of(
          new Finding(Verdict.REFERENCE_FAULT, reason("reference", reference, referenceBefore)));
    }
    return Optional.empty();
  }

  private static String reason(String side, int found, int expected) {
    return side + " vectors are " + found + " wide, those of the baseline " + expected;
  }

  /** What a pane of the baseline's widths leads to. */
  Tested next(Armed armed, PairedPane pane, MiniBatchMoments moments, Figures.Builder figures) {
    Baseline baseline = armed.baseline();
    PaneReading reading = reader.read(baseline.space(), pane, moments);
    Readings readings = baseline.adjusted(reading);
    state(figures, baseline, reading.readings(), readings);
    Optional<Mixed> mixed =
        StratifiedCka.of(
            pane.live(), pane.reference(), reading.rows().strata(), mix(baseline.residuals()));
    mixed.ifPresent(stated -> figures.put(Figure.CKA_STRATIFIED, stated.cka()));
    Detectors detectors = armed.detectors().next(armed.plan(), readings, pane.start());
    if (pages(detectors) && detectors.isOver()) {
      detectors = detectors.restarted();
    }
    if (isAtThreshold(detectors.traffic())
        && detectors.traffic().calmPanes() >= Detectors.CALM_PANES) {
      detectors = detectors.withTrafficRestarted();
    }
    List<Recent> recent = new ArrayList<>(armed.recent());
    recent.add(new Recent(pane.start(), readings));
    if (recent.size() > RECENT_PANES) {
      recent.remove(0);
    }
    Armed after = new Armed(baseline, armed.plan(), detectors, recent, armed.arming());
    Optional<Alarm> alarm =
        pages(detectors)
            ? Optional.of(alarm(after, pane, reading.rows(), mixed))
            : Optional.empty();
    return new Tested(after, calm(after, readings), alarm);
  }

  /** The shares of the strata on the hold-out, up to a factor. */
  private static double[] mix(StratumResiduals holdOut) {
    return IntStream.range(0, holdOut.strata()).mapToDouble(holdOut::count).toArray();
  }

  /** The alarm that is still up after panes that could not be tested. */
  Optional<Alarm> standing(Armed armed) {
    return pages(armed.detectors()) && !armed.recent().isEmpty()
        ? Optional.of(alarm(armed, diagnosis(armed).reasons()))
        : Optional.empty();
  }

  private boolean pages(Detectors detectors) {
    return detectors.evidenceLog10() >= threshold();
  }

  private boolean isAtThreshold(EDetector detector) {
    return detector.evidenceLog10() >= threshold();
  }

  private double threshold() {
    return StrictMath.log10(settings.panesBetweenFalsePages());
  }

  private Alarm alarm(Armed armed, PairedPane pane, RowResiduals rows, Optional<Mixed> mixed) {
    List<String> reasons = new ArrayList<>(diagnosis(armed).reasons());
    mixed
        .filter(stated -> stated.covered() < 1)
        .ifPresent(
            stated ->
                reasons.add(
                    String.format(
                        Locale.ROOT,
                        "ckaStratified speaks for %.0f%% of the baseline's mix: the other strata"
                            + " have too few rows",
                        100 * stated.covered())));
    reasons.add("inputs that miss most: " + worst(pane, rows));
    return alarm(armed, reasons);
  }

  private static Alarm alarm(Armed armed, List<String> reasons) {
    return new Alarm(diagnosis(armed).verdict(), reasons, armed.detectors().estimatedChange());
  }

  private static Diagnosis diagnosis(Armed armed) {
    return Diagnosis.of(new Symptoms(armed.baseline(), armed.plan().scale(), sinceChange(armed)));
  }

  /**
   * Recent panes from the estimated change on that are not calm themselves, so that a model that
   * was mended is still called what it was until the alarm is over; the last one if there is none.
   */
  private static List<Readings> sinceChange(Armed armed) {
    long from = armed.detectors().estimatedChange().orElse(Long.MIN_VALUE);
    List<Recent> recent = armed.recent();
    List<Readings> since =
        recent.stream()
            .filter(pane -> pane.start() >= from)
            .map(Recent::readings)
            .filter(armed.plan()::isRaised)
            .toList();
    return since.isEmpty() ? List.of(recent.get(recent.size() - 1).readings()) : since;
  }

  /** Keys of the inputs with the largest residuals: by key, never by text. */
  private static String worst(PairedPane pane, RowResiduals rows) {
    return IntStream.range(0, rows.count())
        .boxed()
        .sorted(
            Comparator.<Integer>comparingDouble(rows::residual)
                .reversed()
                .thenComparing(Comparator.naturalOrder()))
        .limit(NAMED_INPUTS)
        .map(i -> pane.keys().get(i).toString())
        .reduce((a, b) -> a + ", " + b)
        .orElse("none");
  }

  /** What is said unless the series pages. */
  private Finding calm(Armed armed, Readings readings) {
    Symptoms now = new Symptoms(armed.baseline(), armed.plan().scale(), List.of(readings));
    if (now.rose(Reading.UNMATCHED)) {
      return new Finding(
          Verdict.PAIRING_FAULT, now.compared("inputs without reference", Reading.UNMATCHED));
    }
    if (Detectors.isUnfamiliar(readings)) {
      return new Finding(
          Verdict.TRAFFIC_SHIFT,
          now.compared("leverage of the inputs", Reading.NOVELTY)
              + ": too far from the baseline to test the model");
    }
    if (now.rose(Reading.REPEATS)) {
      return new Finding(
          Verdict.TRAFFIC_SHIFT, now.compared("share of repeated inputs", Reading.REPEATS));
    }
    if (isAtThreshold(armed.detectors().traffic())) {
      return new Finding(
          Verdict.TRAFFIC_SHIFT, now.compared("MMD² of the inputs", Reading.TRAFFIC));
    }
    return armed.detectors().warns()
        ? new Finding(Verdict.WARNING, "the residual rises, but the evidence does not page")
        : new Finding(Verdict.HEALTHY, "");
  }

  private static void state(
      Figures.Builder figures, Baseline baseline, Readings raw, Readings adjusted) {
    double healthy = baseline.residual().mean();
    ratio(figures, Figure.RESIDUAL, raw, healthy);
    ratio(figures, Figure.RESIDUAL_STRATIFIED, adjusted, healthy);
    figures
        .put(Figure.MUTUAL_KNN, adjusted.get(Reading.MUTUAL_KNN))
        .put(Figure.PROCRUSTES, adjusted.get(Reading.PROCRUSTES))
        .put(Figure.SUBSPACE_OVERLAP, adjusted.get(Reading.SUBSPACE_OVERLAP))
        .put(Figure.EFFECTIVE_RANK, adjusted.get(Reading.EFFECTIVE_RANK))
        .put(Figure.TRAFFIC_MMD, adjusted.get(Reading.TRAFFIC));
  }

  private static void ratio(
      Figures.Builder figures, Figure figure, Readings readings, double healthy) {
    double ratio = readings.get(Reading.RESIDUAL).orElseThrow() / healthy;
    if (Double.isFinite(ratio)) {
      figures.put(figure, ratio);
    }
  }

  /**
   * A verdict and what led to it.
   *
   * @param verdict what is said
   * @param reason in words; empty where there is nothing to say
   */
  record Finding(Verdict verdict, String reason) {}

  /**
   * What a pane led to.
   *
   * @param armed to be remembered
   * @param calm what is said unless the series pages
   * @param alarm what is said if it does
   */
  record Tested(Armed armed, Finding calm, Optional<Alarm> alarm) {}
}
