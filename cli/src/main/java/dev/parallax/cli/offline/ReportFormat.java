package dev.parallax.cli.offline;

import dev.parallax.core.json.CanonicalJson;
import dev.parallax.core.report.SimilarityFigure;
import dev.parallax.core.report.SimilarityMetric;
import dev.parallax.core.report.SimilarityReport;
import dev.parallax.core.report.SimilarityReport.Absent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints a {@link SimilarityReport} for programs and for people. */
final class ReportFormat {

  private ReportFormat() {}

  /** One JSON object; figures that cannot be stated are absent and have an entry in reasons. */
  static String json(SimilarityReport report) {
    return CanonicalJson.object(
        json -> {
          json.field("pairs", report.pairs())
              .field("widthProduction", report.widthProduction())
              .field("widthReference", report.widthReference());
          for (SimilarityMetric metric : SimilarityMetric.values()) {
            metric(json, report, metric);
          }
          json.objects(
              "reasons",
              report.reasons(),
              (entry, absent) -> entry.field("key", absent.key()).field("reason", absent.reason()));
        });
  }

  private static void metric(CanonicalJson json, SimilarityReport report, SimilarityMetric metric) {
    List<SimilarityFigure> stated =
        metric.figures().stream().filter(report.figures()::containsKey).toList();
    if (stated.isEmpty()) {
      return;
    }
    if (stated.get(0).part().isEmpty()) {
      json.field(metric.key(), value(report, stated.get(0)));
      return;
    }
    json.object(
        metric.key(),
        parts -> {
          stated.forEach(figure -> parts.field(figure.part(), value(report, figure)));
          if (metric == SimilarityMetric.SUBSPACE) {
            parts.numbers("anglesRadians", report.anglesRadians());
          }
        });
  }

  private static double value(SimilarityReport report, SimilarityFigure figure) {
    Double value = report.figures().get(figure);
    if (value == null) {
      throw new IllegalArgumentException(figure + " is not stated");
    }
    return value;
  }

  /** A few lines of text; six digits, as more are noise to a reader. */
  static String table(SimilarityReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "%d pairs, production width %d, reference width %d",
            report.pairs(), report.widthProduction(), report.widthReference()));
    report.figures().forEach((figure, value) -> row(lines, report, figure, value));
    if (!report.anglesRadians().isEmpty()) {
      lines.add(
          String.format("%-30s", "subspace angles, degrees")
              + report.anglesRadians().stream()
                  .map(angle -> String.format(Locale.ROOT, "%6.1f", Math.toDegrees(angle)))
                  .collect(Collectors.joining(" ")));
    }
    absentByReason(report)
        .forEach((reason, keys) -> lines.add("no " + String.join(", ", keys) + ": " + reason));
    return String.join(System.lineSeparator(), lines);
  }

  private static Map<String, List<String>> absentByReason(SimilarityReport report) {
    return report.reasons().stream()
        .collect(
            Collectors.groupingBy(
                Absent::reason,
                LinkedHashMap::new,
                Collectors.mapping(Absent::key, Collectors.toList())));
  }

  /** The ends of the interval stand behind the figure that they belong to. */
  private static void row(
      List<String> lines, SimilarityReport report, SimilarityFigure figure, double value) {
    if (figure != SimilarityFigure.CKA_LOW && figure != SimilarityFigure.CKA_HIGH) {
      String suffix = figure == SimilarityFigure.CKA_MINIBATCH ? interval(report.figures()) : "";
      lines.add(String.format(Locale.ROOT, "%-30s%12.6f%s", figure.label(), value, suffix));
    }
  }

  private static String interval(Map<SimilarityFigure, Double> figures) {
    @Nullable Double low = figures.get(SimilarityFigure.CKA_LOW);
    @Nullable Double high = figures.get(SimilarityFigure.CKA_HIGH);
    return low == null || high == null
        ? ""
        : String.format(Locale.ROOT, "  95%% interval %.6f to %.6f", low, high);
  }
}
