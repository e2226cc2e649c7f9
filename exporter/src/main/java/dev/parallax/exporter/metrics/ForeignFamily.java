package dev.parallax.exporter.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A metric that another part of the process names and declares, served as it is.
 *
 * @param name name of the family
 * @param isSummary whether its samples are quantiles and a count, else each is a gauge
 * @param help what it is
 * @param samples its samples
 */
public record ForeignFamily(String name, boolean isSummary, String help, List<Sample> samples) {

  /** Copies the list. */
  public ForeignFamily {
    samples = List.copyOf(samples);
  }

  /**
   * One sample.
   *
   * @param name its name
   * @param labels values of labels by name
   * @param value a finite number
   */
  public record Sample(String name, Map<String, String> labels, double value) {}

  MetricFamilySamples family() {
    List<MetricFamilySamples.Sample> written = new ArrayList<>();
    for (Sample sample : samples) {
      List<String> names = new ArrayList<>();
      List<String> values = new ArrayList<>();
      sample
          .labels()
          .forEach(
              (label, value) -> {
                names.add(label);
                values.add(value);
              });
      written.add(new MetricFamilySamples.Sample(sample.name(), names, values, sample.value()));
    }
    return new MetricFamilySamples(
        name, "", isSummary ? Collector.Type.SUMMARY : Collector.Type.GAUGE, help, written);
  }
}
