package dev.parallax.cli.offline;

import dev.parallax.core.report.SimilarityMetric;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code all}, or names of metrics as a report writes them, separated by commas. */
final class MetricsConverter implements ITypeConverter<Set<SimilarityMetric>> {

  private static final String ALL = "all";

  @Override
  public Set<SimilarityMetric> convert(String text) {
    Set<SimilarityMetric> metrics = EnumSet.noneOf(SimilarityMetric.class);
    for (String name : text.split(",", -1)) {
      if (name.equals(ALL)) {
        metrics.addAll(EnumSet.allOf(SimilarityMetric.class));
      } else {
        metrics.add(metric(name));
      }
    }
    return metrics;
  }

  private static SimilarityMetric metric(String name) {
    return Stream.of(SimilarityMetric.values())
        .filter(metric -> metric.key().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + name + "' is not a metric: expected all, or of " + known()));
  }

  private static String known() {
    return Stream.of(SimilarityMetric.values())
        .map(SimilarityMetric::key)
        .collect(Collectors.joining(", "));
  }
}
