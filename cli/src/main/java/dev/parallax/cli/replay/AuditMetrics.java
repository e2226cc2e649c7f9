package dev.parallax.cli.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Live and replayed figures in OpenMetrics, each at the end of its pane (event time), for {@code
 * promtool tsdb create-blocks-from openmetrics}.
 *
 * <p>The names are not those of the exporter, so that no rule for live scores ever sees a replayed
 * one. Samples of one series follow each other in time, as blocks ask for. A figure that a score
 * does not state has no sample.
 */
final class AuditMetrics {

  private static final List<String> LABELS =
      List.of("run", "model", "version", "reference", "slice");

  private static final List<Figure> FIGURES =
      List.of(
          new Figure("parallax_audit_cka_ratio", "cka", "Rolling CKA of the window, debiased."),
          new Figure("parallax_audit_cka_lower_ratio", "ckaLow", "Lower end of its 95% interval."),
          new Figure("parallax_audit_cka_upper_ratio", "ckaHigh", "Upper end of its 95% interval."),
          new Figure(
              "parallax_audit_translation_residual_ratio",
              "residualStratified",
              "Stratified translation residual over that of the baseline."),
          new Figure(
              "parallax_audit_evidence_log10", "evidenceLog10", "Evidence against the baseline."),
          new Figure(
              "parallax_audit_evidence_threshold_log10",
              "thresholdLog10",
              "Evidence from which the verdict changes."),
          new Figure("parallax_audit_window_pairs", "windowPairs", "Pairs in the window."));

  /** In time, for each series. */
  private static final Comparator<PaneScore> ORDER =
      Comparator.comparing((PaneScore score) -> score.id().series())
          .thenComparing(score -> score.id().paneStart());

  private record Figure(String metric, String field, String help) {}

  private AuditMetrics() {}

  /** Writes the file anew. */
  static void write(Path file, Collection<PaneScore> live, Collection<PaneScore> replayed)
      throws IOException {
    List<MetricFamilySamples> families = new ArrayList<>();
    for (Figure figure : FIGURES) {
      List<Sample> samples = new ArrayList<>();
      add(samples, figure, "live", live);
      add(samples, figure, "replay", replayed);
      String unit = figure.metric.endsWith("_ratio") ? "ratio" : "";
      families.add(
          new MetricFamilySamples(figure.metric, unit, Collector.Type.GAUGE, figure.help, samples));
    }
    try (Writer writer = Files.newBufferedWriter(file)) {
      TextFormat.writeOpenMetrics100(writer, Collections.enumeration(families));
    }
  }

  private static void add(
      List<Sample> samples, Figure figure, String run, Collection<PaneScore> scores) {
    for (PaneScore score : scores.stream().sorted(ORDER).toList()) {
      JsonNode fields = score.fields();
      if (fields.path(figure.field).isNumber()) {
        samples.add(
            new Sample(
                figure.metric,
                LABELS,
                List.of(
                    run,
                    fields.path("model").asText(),
                    fields.path("version").asText(),
                    fields.path("reference").asText(),
                    fields.path("slice").asText()),
                fields.path(figure.field).asDouble(),
                null,
                Instant.parse(fields.path("paneEnd").asText()).toEpochMilli()));
      }
    }
  }
}
