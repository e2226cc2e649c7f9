package dev.parallax.core.drift;

import java.util.List;

/**
 * A reading on the hold-out panes.
 *
 * @param mean over panes
 * @param sd standard deviation over panes
 * @param panes number of panes
 */
public record HealthyRange(double mean, double sd, int panes) {

  /** Of values, at least two. */
  static HealthyRange of(List<Double> values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.size();
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new HealthyRange(mean, Math.sqrt(squares / (values.size() - 1)), values.size());
  }

  /**
   * How many standard errors the mean of {@code count} panes lies from here, positive above. Where
   * healthy panes do not vary at all, any difference is infinitely far.
   */
  double standardErrors(double value, int count) {
    double error = sd * Math.sqrt(1.0 / count + 1.0 / panes);
    double difference = value - mean;
    return difference == 0 ? 0 : difference / error;
  }
}
