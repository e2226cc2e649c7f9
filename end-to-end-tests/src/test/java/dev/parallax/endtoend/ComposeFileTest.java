package dev.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The compose file starts what it says, from pinned images, and opens nothing beyond loopback. */
final class ComposeFileTest {

  /** They do something and end, or publish for as long as they run. */
  private static final List<String> WITHOUT_PORT = List.of("topics", "input-key", "demo-traffic");

  private final JsonNode file = RepositoryFiles.yaml("docker-compose.yml");

  @Test
  void everyPartOfThePipelineIsAService() {
    assertThat(file.path("services").fieldNames())
        .toIterable()
        .contains(
            "kafka",
            "topics",
            "ingest",
            "jobmanager",
            "taskmanager",
            "exporter",
            "prometheus",
            "alertmanager",
            "grafana");
  }

  @Test
  void everyImageIsPinnedToAnExactVersion() {
    for (JsonNode service : services()) {
      assertThat(setting(service, "image").asText()).containsPattern(":v?\\d+\\.\\d+\\.\\d+");
    }
    for (String dockerfile :
        List.of("cli/Dockerfile", "cli/flink/Dockerfile", "cli/flink/gpu.Dockerfile")) {
      assertThat(RepositoryFiles.text(dockerfile).lines().filter(line -> line.startsWith("ARG ")))
          .filteredOn(line -> !line.startsWith("ARG UID="))
          .isNotEmpty()
          .allMatch(line -> line.matches("ARG [A-Z]+=[a-z/-]+:\\d+\\.\\d+\\.\\d+.*"));
    }
  }

  @Test
  void theJobRunsOnTheFlinkThatItIsBuiltWith() {
    String version =
        RepositoryFiles.text("pom.xml").replaceFirst("(?s).*<flink.version>([^<]+)<.*", "$1");

    for (String dockerfile : List.of("cli/flink/Dockerfile", "cli/flink/gpu.Dockerfile")) {
      assertThat(RepositoryFiles.text(dockerfile)).contains("=flink:" + version + "-java17\n");
    }
  }

  @Test
  void everyServiceThatServesHasAHealthCheck() {
    file.path("services")
        .fieldNames()
        .forEachRemaining(
            name ->
                assertThat(file.path("services").path(name).has("healthcheck"))
                    .as(name)
                    .isEqualTo(!WITHOUT_PORT.contains(name)));
  }

  @Test
  void everyServiceWaitsForAnotherByWhatThatOneHasReached() {
    for (JsonNode service : services()) {
      for (JsonNode other : service.path("depends_on")) {
        assertThat(other.path("condition").asText())
            .isIn("service_healthy", "service_completed_successfully");
      }
    }
  }

  @Test
  void everyPortIsPublishedOnLoopback() {
    List<String> ports = new ArrayList<>();
    services().forEach(service -> service.path("ports").forEach(p -> ports.add(p.asText())));

    assertThat(ports).isNotEmpty().allMatch(port -> port.startsWith("127.0.0.1:"));
  }

  @Test
  void everyServiceDropsItsCapabilitiesAndCannotWriteToItsImage() {
    for (JsonNode service : services()) {
      assertThat(setting(service, "cap_drop").path(0).asText()).isEqualTo("ALL");
      assertThat(setting(service, "security_opt").path(0).asText())
          .isEqualTo("no-new-privileges:true");
      assertThat(setting(service, "read_only").asText()).isEqualTo("true");
    }
  }

  @Test
  void everyMountedFileIsThere() {
    List<String> mounted = new ArrayList<>();
    for (JsonNode service : services()) {
      for (JsonNode volume : service.path("volumes")) {
        String source = volume.asText().replaceFirst("^\\$\\{[A-Z_]+:-([^}]*)}", "$1");
        if (source.startsWith("./")) {
          mounted.add(source.replaceFirst(":.*", ""));
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
  void prometheusScrapesServicesOfTheFileAndTellsOneOfThem() {
    JsonNode prometheus = RepositoryFiles.yaml("grafana/prometheus/prometheus.yml");
    List<String> targets = new ArrayList<>();
    for (JsonNode job : prometheus.path("scrape_configs")) {
      targets.addAll(targets(job));
    }
    targets.addAll(targets(prometheus.at("/alerting/alertmanagers/0")));

    assertThat(targets).hasSizeGreaterThan(4);
    assertThat(targets)
        .allSatisfy(
            target ->
                assertThat(file.path("services").fieldNames())
                    .toIterable()
                    .contains(target.replaceFirst(":\\d+$", "")));
  }

  private static List<String> targets(JsonNode of) {
    List<String> targets = new ArrayList<>();
    of.at("/static_configs/0/targets").forEach(target -> targets.add(target.asText()));
    return targets;
  }

  private List<JsonNode> services() {
    List<JsonNode> services = new ArrayList<>();
    file.path("services").forEach(services::add);
    return services;
  }

  /** A setting of a service, or of the anchors that it merges in. */
  private static JsonNode setting(JsonNode service, String name) {
    return service.has(name) || !service.has("<<")
        ? service.path(name)
        : setting(service.path("<<"), name);
  }
}
