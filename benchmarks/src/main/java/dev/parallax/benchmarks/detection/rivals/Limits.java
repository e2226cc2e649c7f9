package dev.parallax.benchmarks.detection.rivals;

import java.util.Arrays;

/**
 * Shewhart's control limits: the mean of healthy panes and so many standard deviations on both
 * sides.
 *
 * @param centre mean of the healthy panes
 * @param sd their standard deviation, with n − 1
 */
record Limits(double centre, double sd) {

  static final double SIGMAS = 3;

  /**
   * The limits that panes give.
   *
   * @throws IllegalArgumentException if there are fewer than two
   */
  static Limits of(double[] panes) {
    if (panes.length < 2) {
      throw new IllegalArgumentException("expected 2 or more panes, got " + panes.length);
    }
    double mean = Arrays.stream(panes).sum() / panes.length;
    double squares = Arrays.stream(panes).map(x -> (x - mean) * (x - mean)).sum();
    return new Limits(mean, Math.sqrt(squares / (panes.length - 1)));
  }

  /** Whether a figure lies more than three standard deviations from the mean. */
  boolean exclude(double figure) {
    return Math.abs(figure - centre) > SIGMAS * sd;
  }

  double upper() {
    return centre + SIGMAS * sd;
  }
}
