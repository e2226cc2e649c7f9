package dev.parallax.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parallax.cli.demo.models.DemoFleet;
import dev.parallax.cli.demo.view.EventTotals;
import dev.parallax.cli.demo.view.FleetView;
import dev.parallax.cli.demo.view.ModelView;
import dev.parallax.cli.demo.view.Scores;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.drill.FaultKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoReportTest {

  private static final EventTotals EVENTS = new EventTotals(110, 100, 70, 20, 10, 4, 6);

  private static List<ModelView> models() {
    FleetView fleet = new FleetView(DemoFleet.MODELS);
    for (int pane = 0; pane < 6; pane++) {
      fleet.accept(Scores.reading(DemoFleet.MODELS.get(0), pane, Verdict.HEALTHY, 0.99));
      fleet.accept(
          Scores.reading(
              DemoFleet.MODELS.get(1),
              pane,
              pane < 4 ? Verdict.HEALTHY : Verdict.DIVERGED,
              pane < 4 ? 0.75 : 0.5));
    }
    return fleet.models();
  }

  @Test
  void everyFieldIsThereWithNullWhereItDoesNotApply(@TempDir Path folder) throws IOException {
    List<ModelView> models = models();
    DemoReport report =
        DemoReport.of(
            EVENTS,
            List.of(
                DemoReport.Model.healthy(models.get(2)),
                DemoReport.Model.broken(
                    models.get(1), FaultKind.TRUNCATION, Scores.START.plusSeconds(180))),
            Optional.of(Duration.ofMillis(12_340)),
            Duration.ofMillis(189_000));
    Path file = folder.resolve("r.json");
    report.writeTo(file);

    JsonNode read = new ObjectMapper().readTree(file.toFile());
    String expected =
        """
        {"events": {"produced": 110, "ingested": 100, "scored": 70, "sampledOut": 20,
                    "rejected": 10, "late": 4, "duplicate": 6},
         "models": [
           {"model": "product-matcher", "version": "3.0.1", "faultInjected": null,
            "faultAt": null, "firstFlaggedAt": null, "verdict": "warming", "cka": null,
            "ckaLow": null, "ckaHigh": null, "panes": 0},
           {"model": "support-router", "version": "1.4.2", "faultInjected": "truncation",
            "faultAt": "2026-01-05T00:03:00.000Z", "firstFlaggedAt": "2026-01-05T00:05:00.000Z",
            "verdict": "diverged", "cka": 0.5, "ckaLow": 0.49, "ckaHigh": 0.51, "panes": 6}],
         "firstScoreSeconds": 12.34, "wallSeconds": 189.0}
        """;
    assertThat(read).isEqualTo(new ObjectMapper().readTree(expected));
  }

  /** A model that falls silent is not flagged, and still that is what should be said of it. */
  @Test
  void theRightWordForAFaultCountsAsFlaggedButNotThatForSomethingHarmless() {
    FleetView fleet = new FleetView(DemoFleet.MODELS);
    for (int pane = 0; pane < 6; pane++) {
      Verdict verdict = pane < 4 ? Verdict.HEALTHY : Verdict.SILENT;
      fleet.accept(Scores.reading(DemoFleet.MODELS.get(1), pane, verdict, 0.75));
    }
    ModelView model = fleet.models().get(1);

    assertThat(broken(model, FaultKind.NO_EVENTS).firstFlaggedAt())
        .isEqualTo("2026-01-05T00:05:00.000Z");
    assertThat(broken(model, FaultKind.TRUNCATION).firstFlaggedAt()).isNull();
    assertThat(broken(model, FaultKind.INT8).firstFlaggedAt()).isNull();
  }

  private static DemoReport.Model broken(ModelView model, FaultKind fault) {
    return DemoReport.Model.broken(model, fault, Scores.START);
  }

  @Test
  void aRunWithoutAScoreSaysSo() throws IOException {
    DemoReport report =
        DemoReport.of(EventTotals.NONE, List.of(), Optional.empty(), Duration.ofSeconds(1));

    assertThat(new ObjectMapper().readTree(report.toJson()).get("firstScoreSeconds").isNull())
        .isTrue();
  }
}
