package dev.parallax.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditMetricsTest {

  @TempDir private Path folder;

  @Test
  void bothRunsAreWrittenSeriesBySeriesAtTheEndsOfTheirPanes() throws IOException {
    PaneScore second = score("a", "", 2, ",\"cka\":0.75");
    PaneScore first = score("a", "", 1, ",\"cka\":0.5");
    PaneScore slice = score("a", "tenant=x", 1, ",\"cka\":-0.01");

    String text = written(List.of(second, slice, first), List.of(first));

    assertThat(text.lines().filter(line -> line.startsWith("parallax_audit_cka_ratio{")))
        .containsExactly(
            line("live", "a", "", "0.5", 1),
            line("live", "a", "", "0.75", 2),
            line("live", "a", "tenant=x", "-0.01", 1),
            line("replay", "a", "", "0.5", 1));
  }

  @Test
  void aFigureThatAScoreDoesNotStateHasNoSample() throws IOException {
    String text = written(List.of(score("a", "", 1, ",\"windowPairs\":12")), List.of());

    assertThat(text.lines().filter(line -> !line.startsWith("#")))
        .containsExactly(
            "parallax_audit_window_pairs{run=\"live\",model=\"a\",version=\"1\",reference=\"r\",slice=\"\"} 12.0 60.000");
    assertThat(text).endsWith("# EOF\n");
  }

  private String written(List<PaneScore> live, List<PaneScore> replayed) throws IOException {
    Path file = folder.resolve("scores.om");
    AuditMetrics.write(file, live, replayed);
    return Files.readString(file);
  }

  private static String line(String run, String model, String slice, String value, int minute) {
    return "parallax_audit_cka_ratio{run=\"%s\",model=\"%s\",version=\"1\",reference=\"r\",slice=\"%s\"} %s %d.000"
        .formatted(run, model, slice, value, 60 * minute);
  }

  /** The score of the pane that ends at this minute. */
  private static PaneScore score(String model, String slice, int minute, String figures) {
    String value =
        ("{\"model\":\"%s\",\"version\":\"1\",\"reference\":\"r\",\"slice\":\"%s\","
                + "\"paneStart\":\"1970-01-01T00:%02d:00Z\",\"paneEnd\":\"1970-01-01T00:%02d:00Z\"%s}")
            .formatted(model, slice, minute - 1, minute, figures);
    String key = model + "|1|r|" + slice;
    return PaneScore.of(
        key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
  }
}
