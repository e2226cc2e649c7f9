package dev.parallax.exporter.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class MetricsDocumentTest {

  @Test
  void theDocumentListsExactlyTheDeclaredMetrics() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("..", "docs", "metrics.md")).stream()
            .filter(line -> line.startsWith("| `parallax_"))
            .toList();

    assertThat(rows)
        .containsExactlyElementsOf(
            ParallaxMetrics.declared().stream().map(MetricsDocumentTest::row).toList());
  }

  private static String row(Metric metric) {
    String labels =
        metric.labels().isEmpty() ? "none" : "`" + String.join("`, `", metric.labels()) + "`";
    return String.format(
        Locale.ROOT,
        "| `%s` | %s | %s | %s | %s | %s |",
        metric.name(),
        metric.type().name().toLowerCase(Locale.ROOT),
        labels,
        metric.unit(),
        metric.range(),
        metric.meaning());
  }
}
