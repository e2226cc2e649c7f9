package dev.parallax.jobs.metrics;

import java.util.List;
import java.util.Map;

/**
 * One of Flink's metrics under its Prometheus name, with all its samples now.
 *
 * @param name name of the family
 * @param isSummary whether its samples are quantiles and a count, else each is a gauge
 * @param help Flink's own name and scope
 * @param samples at least one
 */
public record FlinkFamily(String name, boolean isSummary, String help, List<Sample> samples) {

  /** Copies the list. */
  public FlinkFamily {
    samples = List.copyOf(samples);
  }

  /**
   * One value.
   *
   * @param name the family's name, of a summary's count with {@code _count} behind
   * @param labels values of labels by name
   * @param value a finite number
   */
  public record Sample(String name, Map<String, String> labels, double value) {

    /** Copies the map. */
    public Sample {
      labels = Map.copyOf(labels);
    }
  }
}
