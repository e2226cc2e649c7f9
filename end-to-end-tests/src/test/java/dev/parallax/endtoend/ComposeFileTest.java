package dev.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The compose file starts what it says, from pinned images, and opens nothing beyond loopback. */
final class ComposeFileTest {

  private final JsonNode file = RepositoryFiles.yaml("docker-compose.yml");

  @Test
  void everyPartOfThePipelineIsAService() {
    assertThat(file.path("services").fieldNames())
        .toIterable()
        .contains("kafka", "topics", "ingest", "monitor", "exporter", "prometheus", "grafana");
  }

  @Test
  void everyImageIsPinnedToAnExactVersion() {
    for (JsonNode service : services()) {
      assertThat(setting(service, "image").asText()).containsPattern(":v?\\d+\\.\\d+\\.\\d+");
    }
  }

  @Test
  void everyPortIsPublishedOnLoopback() {
    List<String> ports = new ArrayList<>();
    services().forEach(service -> service.path("ports").forEach(p -> ports.add(p.asText())));

    assertThat(ports).isNotEmpty().allMatch(port -> port.startsWith("127.0.0.1:"));
  }

  @Test
  void everyServiceDropsItsCapabilities() {
    for (JsonNode service : services()) {
      assertThat(setting(service, "cap_drop").path(0).asText()).isEqualTo("ALL");
      assertThat(setting(service, "security_opt").path(0).asText())
          .isEqualTo("no-new-privileges:true");
    }
  }

  @Test
  void everyMountedFileIsThere() {
    List<String> mounted = new ArrayList<>();
    for (JsonNode service : services()) {
      for (JsonNode volume : service.path("volumes")) {
        if (volume.asText().startsWith("./")) {
          mounted.add(volume.asText().replaceFirst(":.*", ""));
        }
      }
    }

    assertThat(mounted).isNotEmpty().allMatch(path -> Files.exists(RepositoryFiles.path(path)));
  }

  @Test
  void grafanaDoesNotStartWithoutAPasswordOfOnesOwn() {
    assertThat(file.at("/services/grafana/environment/GF_SECURITY_ADMIN_PASSWORD").asText())
        .startsWith("${GRAFANA_ADMIN_PASSWORD:?");
    assertThat(RepositoryFiles.text(".env.example"))
        .containsPattern("(?m)^GRAFANA_ADMIN_PASSWORD=$");
  }

  @Test
  void prometheusScrapesServicesOfTheFile() {
    JsonNode prometheus = RepositoryFiles.yaml("grafana/prometheus/prometheus.yml");
    for (JsonNode job : prometheus.path("scrape_configs")) {
      for (JsonNode target : job.at("/static_configs/0/targets")) {
        assertThat(file.path("services").fieldNames())
            .toIterable()
            .contains(target.asText().replaceFirst(":\\d+$", ""));
      }
    }
  }

  private List<JsonNode> services() {
    List<JsonNode> services = new ArrayList<>();
    file.path("services").forEach(services::add);
    return services;
  }

  /** A setting of a service, or of the anchor that it merges in. */
  private static JsonNode setting(JsonNode service, String name) {
    return service.has(name) ? service.path(name) : service.path("<<").path(name);
  }
}
