package dev.parallax.core.drift;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the panes since a change show, beside what the hold-out panes showed: the means of their
 * readings, and which of them moved.
 *
 * <p>A reading has <em>moved</em> if its mean is more than {@value #STANDARD_ERRORS} standard
 * errors from the healthy one and further than its margin. Where the traffic has moved too, the
 * margin of those that depend on the inputs is {@value #TRAFFIC_FACTOR} times as wide.
 */
final class Symptoms {

  private static final double STANDARD_ERRORS = 5;
  private static final double TRAFFIC_FACTOR = 5;

  private final Baseline baseline;
  private final double scale;
  private final Readings now;
  private final int panes;

  /**
   * Symptoms of the panes since a change.
   *
   * @param scale the residual that shares are of
   * @param since adjusted readings, at least those of one pane
   */
  Symptoms(Baseline baseline, double scale, List<Readings> since) {
    this.baseline = baseline;
    this.scale = scale;
    this.now = Readings.mean(since);
    this.panes = since.size();
  }

  /** Number of panes since the change. */
  int panes() {
    return panes;
  }

  /** Whether a reading has moved, either way; false where it cannot be stated. */
  boolean moved(Reading reading) {
    Optional<HealthyRange> range = baseline.range(reading);
    if (range.isEmpty() || now.get(reading).isEmpty()) {
      return false;
    }
    double value = now.get(reading).getAsDouble();
    double margin = reading.margin(range.get().mean());
    if (dependsOnInputs(reading) && trafficMoved()) {
      margin *= TRAFFIC_FACTOR;
    }
    return Math.abs(value - range.get().mean()) > margin
        && Math.abs(range.get().standardErrors(value, panes)) > STANDARD_ERRORS;
  }

  /** Whether a reading has moved upwards. */
  boolean rose(Reading reading) {
    return moved(reading)
        && now.get(reading).getAsDouble() > baseline.range(reading).orElseThrow().mean();
  }

  private static boolean dependsOnInputs(Reading reading) {
    return switch (reading) {
      case CKA, MEAN_LENGTH, LIVE_LENGTH, DIMENSIONS, MUTUAL_KNN -> true;
      default -> false;
    };
  }

  /** Whether the inputs are others than those of the baseline. */
  boolean trafficMoved() {
    return moved(Reading.TRAFFIC) || moved(Reading.NOVELTY);
  }

  /** The adjusted residual over the healthy one. */
  double residualRatio() {
    double rise = now.get(Reading.RESIDUAL).orElseThrow() - baseline.residual().mean();
    return 1 + rise / scale;
  }

  /** The systematic part of the residual, beyond the healthy one, over the healthy residual. */
  double offsetRatio() {
    double healthy = baseline.range(Reading.OFFSET).map(HealthyRange::mean).orElse(0.0);
    return (now.get(Reading.OFFSET).orElseThrow() - healthy) / scale;
  }

  /** A reading over its healthy mean; 1 where either cannot be stated. */
  double ratio(Reading reading) {
    Optional<HealthyRange> range = baseline.range(reading);
    return range.isEmpty() || now.get(reading).isEmpty() || range.get().mean() == 0
        ? 1
        : now.get(reading).getAsDouble() / range.get().mean();
  }

  /** How many times as long as healthy ones the vectors are before normalising. */
  double normFactor() {
    double healthy = baseline.range(Reading.LOG_NORM).map(HealthyRange::mean).orElse(0.0);
    return StrictMath.exp(now.get(Reading.LOG_NORM).orElse(healthy) - healthy);
  }

  /**
   * The share of pairs that would have to be mixed up for the residual to be what it is: f of (1 −
   * f)·healthy + f·shuffled.
   */
  double misJoinedByResidual() {
    double healthy = baseline.residual().mean();
    double now = this.now.get(Reading.RESIDUAL).orElseThrow();
    double room = baseline.shuffledResidual() - healthy;
    return room > 0 ? (now - healthy) / room : 0;
  }

  /** The same by CKA, which a share f of mixed-up pairs scales by (1 − f)². */
  double misJoinedByCka() {
    return 1 - Math.sqrt(Math.max(0, ratio(Reading.CKA)));
  }

  /** How much of the rise of the mean residual the median shows; 1 where there is no rise. */
  double medianShare() {
    double rise = residualRatio() - 1;
    double median =
        baseline
            .range(Reading.RESIDUAL_MEDIAN)
            .map(range -> now.get(Reading.RESIDUAL_MEDIAN).orElse(range.mean()) - range.mean())
            .orElse(0.0);
    return rise > 0 ? median / scale / rise : 1;
  }

  /** A reading in words: what it is and what it was. */
  String compared(String name, Reading reading) {
    Optional<HealthyRange> range = baseline.range(reading);
    return range.isEmpty() || now.get(reading).isEmpty()
        ? name + " cannot be stated"
        : String.format(
            Locale.ROOT,
            "%s %s at %.4g, %.4g on the baseline",
            name,
            moved(reading) ? "moved:" : "holds:",
            now.get(reading).getAsDouble(),
            range.get().mean());
  }
}
