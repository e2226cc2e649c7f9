package dev.parallax.exporter.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.util.ArrayList;
import java.util.List;

/**
 * Declaration of one metric.
 *
 * @param name name, as it is written in both exposition formats
 * @param type its Prometheus type
 * @param labels its labels, in order
 * @param unit what it is counted in
 * @param range the values it can take
 * @param meaning one sentence
 */
public record Metric(
    String name,
    Collector.Type type,
    List<String> labels,
    String unit,
    String range,
    String meaning) {

  /** Copies the labels. */
  public Metric {
    labels = List.copyOf(labels);
  }

  /** The help text: meaning, unit and range. */
  public String help() {
    return meaning + " Unit: " + unit + ". Range: " + range + ".";
  }

  Sample sample(double value, String... labelValues) {
    return sample(value, List.of(labelValues));
  }

  Sample sample(double value, List<String> labelValues) {
    return new Sample(name, labels, labelValues, value);
  }

  MetricFamilySamples family(List<Sample> samples) {
    return new MetricFamilySamples(familyName(), familyUnit(), type, help(), samples);
  }

  /** A family of one histogram without labels. */
  MetricFamilySamples family(BatchTimes times) {
    return family(histogram(times, List.of()));
  }

  /** The samples of one histogram with these values of the labels. */
  List<Sample> histogram(BatchTimes times, List<String> labelValues) {
    List<Sample> samples = new ArrayList<>();
    List<String> withBound = new ArrayList<>(labels);
    withBound.add("le");
    long accumulated = 0;
    for (int i = 0; i < times.counts().size(); i++) {
      accumulated += times.counts().get(i);
      double bound =
          i < times.upperBoundsSeconds().size()
              ? times.upperBoundsSeconds().get(i)
              : Double.POSITIVE_INFINITY;
      List<String> values = new ArrayList<>(labelValues);
      values.add(Collector.doubleToGoString(bound));
      samples.add(new Sample(name + "_bucket", withBound, values, accumulated));
    }
    samples.add(new Sample(name + "_count", labels, labelValues, accumulated));
    samples.add(new Sample(name + "_sum", labels, labelValues, times.sumSeconds()));
    return samples;
  }

  /**
   * OpenMetrics names the family of a counter or of information without the ending of its samples.
   */
  private String familyName() {
    return switch (type) {
      case COUNTER -> withoutEnding("_total");
      case INFO -> withoutEnding("_info");
      default -> name;
    };
  }

  private String withoutEnding(String ending) {
    if (!name.endsWith(ending)) {
      throw new IllegalArgumentException(name + ": expected the ending " + ending);
    }
    return name.substring(0, name.length() - ending.length());
  }

  /** OpenMetrics knows a unit only where the name ends with it. */
  private String familyUnit() {
    for (String known : List.of("ratio", "seconds")) {
      if (name.endsWith("_" + known)) {
        return known;
      }
    }
    return "";
  }
}
