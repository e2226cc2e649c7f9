package dev.parallax.core.probe;

import java.util.Arrays;
import java.util.List;

/**
 * How far a model that did not change answers apart from its baseline: the arithmetic of a device,
 * the batch that a text happens to share, rounding on the way.
 *
 * <p>It is measured on repeats of one build. Over all pairs of repeats, the largest deviation
 * {@code 1 − cos} of any probe, the largest mean of it over the probes and the largest change of
 * length are taken, each {@value #FACTOR} times, which for the first two is twice the distance:
 * repeats are few, and the largest of many later cycles lies above that of a few. Each has a floor
 * for what repeats of a quiet hour do not show, such as another kernel or a response in half
 * precision (1e-6).
 *
 * @param farthest largest {@code 1 − cos} of a single probe
 * @param mean largest mean of {@code 1 − cos} over the probes
 * @param scale largest {@code |ratio − 1|} of the mean ratio of lengths
 */
public record ProbeTolerance(double farthest, double mean, double scale) {

  /** What the measured deviations are multiplied with. */
  public static final double FACTOR = 4;

  /** Least tolerance of a single probe's {@code 1 − cos}. */
  public static final double FARTHEST_FLOOR = 1e-4;

  /** Least tolerance of the mean. */
  public static final double MEAN_FLOOR = 2.5e-5;

  /** Least tolerance of lengths. */
  public static final double SCALE_FLOOR = 1e-3;

  /** Checks the ranges. */
  public ProbeTolerance {
    if (!(farthest > 0 && mean > 0 && scale > 0)) {
      throw new IllegalArgumentException(
          "tolerance: expected more than 0, got " + farthest + ", " + mean + " and " + scale);
    }
  }

  /**
   * Of repeats of one build.
   *
   * @param repeats two or more, of one width, with probes in common
   */
  static ProbeTolerance of(List<ProbeCycle> repeats) {
    double farthest = 0;
    double mean = 0;
    double scale = 0;
    for (int i = 0; i < repeats.size(); i++) {
      for (int j = 0; j < i; j++) {
        ProbeRows rows = ProbeRows.of(repeats.get(j), repeats.get(i));
        double[] deviations = rows.deviations();
        farthest = Math.max(farthest, Arrays.stream(deviations).max().orElseThrow());
        mean = Math.max(mean, mean(deviations));
        scale = Math.max(scale, Math.abs(rows.normRatio() - 1));
      }
    }
    return new ProbeTolerance(
        Math.max(FARTHEST_FLOOR, FACTOR * farthest),
        Math.max(MEAN_FLOOR, FACTOR * mean),
        Math.max(SCALE_FLOOR, FACTOR * scale));
  }

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
