package dev.parallax.endtoend.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parallax.endtoend.RepositoryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What Grafana loads from files at its start, and what it loads only where somebody asks for it.
 */
final class ProvisioningTest {

  private static final String MANAGED = "grafana/managed-alerts/";

  private final JsonNode sources =
      RepositoryFiles.yaml("grafana/provisioning/datasources/prometheus.yaml").path("datasources");
  private final List<JsonNode> managed = rules(RepositoryFiles.yaml(MANAGED + "rules.yaml"));

  @Test
  void dataSourcesHaveFixedUidsAndCannotBeEdited() {
    assertThat(sources)
        .extracting(source -> source.path("type").asText() + " " + source.path("uid").asText())
        .containsExactly("prometheus parallax-prometheus", "alertmanager parallax-alertmanager");
    assertThat(sources).noneMatch(source -> source.path("editable").asBoolean(true));
  }

  @Test
  void boardsComeFromTheMountedFolderAndCannotBeChangedInThePage() {
    JsonNode provider =
        RepositoryFiles.yaml("grafana/provisioning/dashboards/parallax.yaml").at("/providers/0");
    List<String> mounts = new ArrayList<>();
    RepositoryFiles.yaml("docker-compose.yml")
        .at("/services/grafana/volumes")
        .forEach(volume -> mounts.add(volume.asText()));

    assertThat(provider.path("allowUiUpdates").asBoolean(true)).isFalse();
    assertThat(provider.path("folder").asText()).isEqualTo("Parallax");
    assertThat(mounts)
        .contains("./grafana/dashboards:" + provider.at("/options/path").asText() + ":ro")
        .contains("./grafana/provisioning:/etc/grafana/provisioning:ro");
  }

  @Test
  void aDollarIsAVariableOfTheEnvironmentAndWrittenWithBraces() throws IOException {
    for (String folder : List.of("grafana/provisioning", "grafana/managed-alerts")) {
      try (Stream<Path> files = Files.walk(RepositoryFiles.path(folder))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String outsideQueries =
              Files.readString(file)
                  .replaceAll("(?m)^ *(expr|expression): .*\\n(( {16,}).*\\n)*", "");
          assertThat(outsideQueries.replaceAll("\\$\\{[A-Z_]+}", ""))
              .as(file.toString())
              .doesNotContain("$");
        }
      }
    }
  }

  @Test
  void alertsOfGrafanaItselfAreNotLoadedUnlessAskedFor() {
    assertThat(RepositoryFiles.path("grafana/provisioning/alerting")).doesNotExist();
    assertThat(RepositoryFiles.text("docs/dashboards.md"))
        .contains("./grafana/managed-alerts:/etc/grafana/provisioning/alerting:ro");
  }

  @Test
  void alertsOfGrafanaItselfAreThoseOfPrometheus() {
    List<JsonNode> originals = prometheusAlerts();

    assertThat(managed)
        .extracting(rule -> rule.path("title").asText())
        .containsExactlyInAnyOrderElementsOf(
            originals.stream().map(rule -> rule.path("alert").asText()).toList());
    for (JsonNode original : originals) {
      JsonNode rule =
          managed.stream()
              .filter(m -> m.path("title").asText().equals(original.path("alert").asText()))
              .findFirst()
              .orElseThrow();
      assertThat(rule.at("/data/0/model/expr").asText())
          .isEqualTo(original.path("expr").asText().strip());
      assertThat(rule.path("for").asText()).isEqualTo(original.path("for").asText("0s"));
      assertThat(rule.path("keepFiringFor").asText())
          .isEqualTo(original.path("keep_firing_for").asText());
      assertThat(rule.path("labels")).isEqualTo(original.path("labels"));
    }
  }

  @Test
  void aGapIsNoAlertAndEveryAlertHasAUidARunbookAndAPanel() {
    Catalogue catalogue = Catalogue.read();
    Set<String> uids = new TreeSet<>();
    for (JsonNode rule : managed) {
      String uid = rule.path("uid").asText();
      assertThat(uids.add(uid)).as("%s is of one rule", uid).isTrue();
      assertThat(uid).startsWith("parallax-").hasSizeLessThanOrEqualTo(40);
      assertThat(rule.path("noDataState").asText()).isEqualTo("OK");
      assertThat(catalogue.uids())
          .contains(rule.at("/annotations/runbook_url").asText().replaceFirst("^/d/", ""))
          .contains(rule.path("dashboardUid").asText());
      assertThat(rule.at("/data/0/datasourceUid").asText())
          .isEqualTo(sources.path(0).path("uid").asText());
      assertThat(rule.at("/data/2/model/expression").asText())
          .isEqualTo(rule.at("/data/1/refId").asText());
      assertThat(rule.path("condition").asText()).isEqualTo(rule.at("/data/2/refId").asText());
    }
  }

  @Test
  void policiesSendToContactPointsThatThereAreAndDrillsToTheirOwn() {
    Set<String> points = new TreeSet<>();
    RepositoryFiles.yaml(MANAGED + "contact-points.yaml")
        .path("contactPoints")
        .forEach(point -> points.add(point.path("name").asText()));
    JsonNode policy = RepositoryFiles.yaml(MANAGED + "policies.yaml").at("/policies/0");

    assertThat(points).contains(policy.path("receiver").asText());
    for (JsonNode route : policy.path("routes")) {
      assertThat(points).contains(route.path("receiver").asText());
    }
    assertThat(policy.path("routes").toString()).contains("drill[.].+").contains("DrillRang");
  }

  private static List<JsonNode> prometheusAlerts() {
    List<JsonNode> alerts = new ArrayList<>();
    try (Stream<Path> files = Files.list(RepositoryFiles.path("grafana/prometheus/rules"))) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yml"))
          .forEach(
              name ->
                  rules(RepositoryFiles.yaml("grafana/prometheus/rules/" + name)).stream()
                      .filter(rule -> rule.has("alert"))
                      .forEach(alerts::add));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return alerts;
  }

  private static List<JsonNode> rules(JsonNode file) {
    List<JsonNode> rules = new ArrayList<>();
    for (JsonNode group : file.path("groups")) {
      group.path("rules").forEach(rules::add);
    }
    return rules;
  }
}
