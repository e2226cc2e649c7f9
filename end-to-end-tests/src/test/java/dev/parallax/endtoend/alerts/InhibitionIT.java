package dev.parallax.endtoend.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parallax.endtoend.RepositoryFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which alerts a running Alertmanager holds back while another one fires. */
final class InhibitionIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void aCauseHoldsBackWhatFollowsFromItAndNothingElse() throws Exception {
    ArrayNode alerts = JSON.createArrayNode();
    // A reference that fails, what is compared with it, and what is compared with another.
    add(alerts, "ReferenceFault", Map.of("reference", "r1"), false);
    add(alerts, "ModelDiverged", series("a", "r1", ""), true);
    add(alerts, "PairingFault", series("a", "r1", "lang=de"), true);
    add(alerts, "BaselineStale", series("a", "r1", ""), true);
    add(alerts, "ScoresMissing", series("b", "r1", ""), false);
    add(alerts, "DrillRang", series("drill.a", "r1", ""), false);
    // A model that pages, tickets on it and on its slices, and on another model.
    add(alerts, "ModelRotated", series("a", "r2", ""), false);
    add(alerts, "ModelWarning", series("a", "r2", ""), true);
    add(alerts, "ModelCkaLow", series("a", "r2", "lang=de"), true);
    add(alerts, "ModelWarning", series("b", "r2", ""), false);
    add(alerts, "ModelCollapsed", series("b", "r2", ""), false, "2");
    // Scores that are missing.
    add(alerts, "ScoresMissing", series("c", "r2", ""), false);
    add(alerts, "ModelCkaLow", series("c", "r2", ""), true);
    // One process of several that is down says nothing about scores.
    add(alerts, "JobUnhealthy", Map.of("job", "parallax-exporter", "problem", "down"), false);

    assertThat(heldBack(alerts)).isEqualTo(expected(alerts));
  }

  @Test
  void aJobThatDoesNotGetOnHoldsBackTheScoresThatAreMissing() throws Exception {
    for (String problem : List.of("stopped", "restarting", "checkpoints", "disconnected")) {
      ArrayNode alerts = JSON.createArrayNode();
      add(alerts, "JobUnhealthy", Map.of("job", "parallax-job", "problem", problem), false);
      add(alerts, "ScoresMissing", series("c", "r2", ""), true);
      add(alerts, "ScoresMissing", Map.of(), true);
      add(alerts, "ModelDiverged", series("c", "r2", ""), false);

      assertThat(heldBack(alerts)).isEqualTo(expected(alerts));
    }
  }

  private static Map<String, String> series(String model, String reference, String slice) {
    Map<String, String> labels = new TreeMap<>(Map.of("model", model, "reference", reference));
    if (!slice.isEmpty()) {
      labels.put("slice", slice);
    }
    return labels;
  }

  private static void add(
      ArrayNode alerts, String name, Map<String, String> labels, boolean heldBack) {
    add(alerts, name, labels, heldBack, "1");
  }

  private static void add(
      ArrayNode alerts, String name, Map<String, String> labels, boolean heldBack, String version) {
    ObjectNode alert = alerts.addObject();
    ObjectNode all = alert.putObject("labels").put("alertname", name);
    labels.forEach(all::put);
    if (labels.containsKey("model")) {
      all.put("version", version);
    }
    alert.putObject("annotations").put("expected", heldBack ? "held back" : "told");
  }

  private static Set<String> expected(ArrayNode alerts) {
    Set<String> held = new TreeSet<>();
    for (JsonNode alert : alerts) {
      if (alert.at("/annotations/expected").asText().equals("held back")) {
        held.add(sorted(alert.path("labels")));
      }
    }
    return held;
  }

  /** Gives the alerts to a real Alertmanager and asks which ones it holds back. */
  private Set<String> heldBack(ArrayNode alerts) throws Exception {
    Path config = RepositoryFiles.path("grafana/alertmanager/alertmanager.yml").toAbsolutePath();
    try (Daemon alertmanager =
        Daemon.start(
            folder,
            List.of(
                Program.find("prometheus-alertmanager", "alertmanager").toString(),
                "--config.file=" + config,
                "--storage.path=" + folder.resolve("data-" + alerts.hashCode()),
                "--cluster.listen-address="))) {
      alertmanager.post("/api/v2/alerts", alerts.toString());
      Set<String> held = new TreeSet<>();
      JsonNode told = JSON.readTree(alertmanager.get("/api/v2/alerts?inhibited=true"));
      assertThat(told).hasSameSizeAs(alerts);
      for (JsonNode alert : told) {
        if (!alert.at("/status/inhibitedBy").isEmpty()) {
          held.add(sorted(alert.path("labels")));
        }
      }
      return held;
    }
  }

  private static String sorted(JsonNode labels) {
    Map<String, String> sorted = new TreeMap<>();
    labels.properties().forEach(f -> sorted.put(f.getKey(), f.getValue().asText()));
    return sorted.toString();
  }
}
