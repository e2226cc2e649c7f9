package dev.parallax.exporter.metrics;

import java.util.List;

/**
 * A histogram of durations, as the part of the process that measures them has counted.
 *
 * @param upperBoundsSeconds upper bounds of the buckets, ascending, without infinity
 * @param counts durations per bucket (not accumulated), one more than there are bounds
 * @param sumSeconds all durations added up
 */
public record BatchTimes(List<Double> upperBoundsSeconds, List<Long> counts, double sumSeconds) {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if their sizes do not fit
   */
  public BatchTimes {
    upperBoundsSeconds = List.copyOf(upperBoundsSeconds);
    counts = List.copyOf(counts);
    if (counts.size() != upperBoundsSeconds.size() + 1) {
      throw new IllegalArgumentException(
          "expected one count more than bounds, got "
              + counts.size()
              + " and "
              + upperBoundsSeconds.size());
    }
  }
}
