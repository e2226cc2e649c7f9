package dev.parallax.core.drift;

import java.util.List;
import java.util.OptionalLong;

/**
 * The sequential tests of one series. Three of them page, each by an e-detector of its own whose
 * e-values are averaged, which keeps the promise whatever they have to do with one another: the
 * residual adjusted for the inputs, its systematic part, and the norms before normalising. A fourth
 * watches the traffic and never pages.
 *
 * <p>Inputs beyond the baseline's are given the benefit of the doubt: the map extrapolates there.
 * Residual and systematic part may rise by {@value #ALLOWANCE} times the rise of the mean leverage
 * above {@value #FAMILIAR}, and a pane whose novelty reaches {@value #UNFAMILIAR} is not tested at
 * all. Immutable.
 *
 * @param residual of {@link Reading#RESIDUAL}
 * @param offset of {@link Reading#OFFSET}
 * @param norm of {@link Reading#LOG_NORM}, how far it is from the healthy one
 * @param traffic of {@link Reading#TRAFFIC}
 * @param residualWarning fast and without a promise
 * @param offsetWarning fast and without a promise
 */
record Detectors(
    EDetector residual,
    EDetector offset,
    EDetector norm,
    EDetector traffic,
    Cusum residualWarning,
    Cusum offsetWarning) {

  /** Novelty from which on a pane says nothing of the model. */
  static final double UNFAMILIAR = 1.3;

  private static final double FAMILIAR = 1.02;
  private static final double ALLOWANCE = 3;

  /** Panes in a row at or below the tested mean after which a cause is taken to be over. */
  static final int CALM_PANES = 5;

  /** Tests that have seen nothing. */
  static Detectors start(DetectorPlan plan) {
    return new Detectors(
        EDetector.start(plan.residual()),
        EDetector.start(plan.offset()),
        EDetector.start(plan.norm()),
        EDetector.start(plan.traffic()),
        Cusum.START,
        Cusum.START);
  }

  /** Whether the inputs of a pane are too far from the baseline's for a test. */
  static boolean isUnfamiliar(Readings readings) {
    return readings.get(Reading.NOVELTY).orElse(1) >= UNFAMILIAR;
  }

  /** What the inputs of a pane may add to its residual, as a share of the baseline's. */
  static double allowance(Readings readings) {
    return ALLOWANCE * Math.max(0, readings.get(Reading.NOVELTY).orElse(1) - FAMILIAR);
  }

  /**
   * The tests after one more pane.
   *
   * @param plan of the baseline
   * @param readings adjusted
   */
  Detectors next(DetectorPlan plan, Readings readings, long paneStart) {
    EDetector nextTraffic =
        readings.get(Reading.TRAFFIC).isPresent()
            ? traffic.next(readings.get(Reading.TRAFFIC).getAsDouble(), paneStart)
            : traffic;
    if (isUnfamiliar(readings)) {
      return new Detectors(residual, offset, norm, nextTraffic, residualWarning, offsetWarning);
    }
    double residualFigure = plan.residualFigure(readings);
    double offsetFigure = plan.offsetFigure(readings);
    return new Detectors(
        residual.next(residualFigure, paneStart),
        offset.next(offsetFigure, paneStart),
        norm.next(plan.normFigure(readings), paneStart),
        nextTraffic,
        residualWarning.next(residualFigure - plan.residual().mean(), plan.residualSd()),
        offsetWarning.next(offsetFigure - plan.offset().mean(), plan.offsetSd()));
  }

  private List<EDetector> paging() {
    return List.of(residual, offset, norm);
  }

  /** Decimal logarithm of the evidence that pages, the mean over its tests; 0 at least. */
  double evidenceLog10() {
    double largest = Double.NEGATIVE_INFINITY;
    for (EDetector detector : paging()) {
      largest = Math.max(largest, detector.evidenceLog10());
    }
    double sum = 0;
    for (EDetector detector : paging()) {
      sum += StrictMath.pow(10, detector.evidenceLog10() - largest);
    }
    return Math.max(0, largest + StrictMath.log10(sum / paging().size()));
  }

  /** When the test with the most evidence sees the change, if it sees one. */
  OptionalLong estimatedChange() {
    EDetector leading = residual;
    for (EDetector detector : paging()) {
      if (detector.evidenceLog10() > leading.evidenceLog10()) {
        leading = detector;
      }
    }
    return leading.estimatedChange();
  }

  /** Whether every test that pages has been calm for so long that what it saw is over. */
  boolean isOver() {
    return paging().stream().allMatch(detector -> detector.calmPanes() >= CALM_PANES);
  }

  /** The tests that page from nothing; the traffic goes on. */
  Detectors restarted() {
    return new Detectors(
        EDetector.start(residual.parameters()),
        EDetector.start(offset.parameters()),
        EDetector.start(norm.parameters()),
        traffic,
        Cusum.START,
        Cusum.START);
  }

  /** The same with the test of the traffic from nothing. */
  Detectors withTrafficRestarted() {
    return new Detectors(
        residual,
        offset,
        norm,
        EDetector.start(traffic.parameters()),
        residualWarning,
        offsetWarning);
  }

  /** Whether the fast lane warns. */
  boolean warns() {
    return residualWarning.warns() || offsetWarning.warns();
  }
}
