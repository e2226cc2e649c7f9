package dev.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What can be said of a dashboard without a Grafana server: it loads the provisioned data source,
 * asks only for metrics that exist, and its panels do not cover each other.
 */
final class DashboardTest {

  private static final int GRID_COLUMNS = 24;
  private static final Set<String> WITHOUT_DATA = Set.of("row", "text");

  private final JsonNode dashboard = RepositoryFiles.json("grafana/dashboards/fleet.json");

  @TestFactory
  Stream<DynamicTest> everyPanelHasATitleADescriptionAndAUnit() {
    return each(
        panel -> {
          assertThat(panel.path("title").asText()).isNotBlank();
          if (!panel.path("type").asText().equals("row")) {
            assertThat(panel.path("description").asText()).isNotBlank();
          }
          if (hasData(panel)) {
            assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotBlank();
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> everyQueryAsksTheChosenDataSourceForMetricsThatExist() {
    Set<String> documented = RepositoryFiles.documentedMetrics();
    return each(
        panel -> {
          if (!hasData(panel)) {
            return;
          }
          assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
          assertThat(panel.path("targets")).isNotEmpty();
          for (JsonNode target : panel.path("targets")) {
            String query = target.path("expr").asText();
            assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
            assertThat(RepositoryFiles.metricsIn(query)).isNotEmpty().isSubsetOf(documented);
            if (query.contains("rate(") || query.contains("increase(")) {
              assertThat(query).contains("[$__rate_interval]");
            }
          }
          assertThat(texts(panel.path("targets"), "refId")).doesNotHaveDuplicates();
        });
  }

  @Test
  void panelIdsAreUnique() {
    assertThat(texts(dashboard.path("panels"), "id")).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void panelsLieInsideTheGridAndDoNotOverlap() {
    List<JsonNode> panels = panels();
    for (int i = 0; i < panels.size(); i++) {
      JsonNode a = panels.get(i).path("gridPos");
      assertThat(a.path("x").asInt() + a.path("w").asInt()).isLessThanOrEqualTo(GRID_COLUMNS);
      for (int j = i + 1; j < panels.size(); j++) {
        assertThat(overlap(a, panels.get(j).path("gridPos")))
            .as("%s covers %s", title(panels.get(i)), title(panels.get(j)))
            .isFalse();
      }
    }
  }

  @Test
  void theDataSourceItStartsOnIsTheProvisionedOne() {
    JsonNode provisioned =
        RepositoryFiles.yaml("grafana/provisioning/datasources/prometheus.yaml")
            .at("/datasources/0");
    JsonNode variable = variable("datasource");

    assertThat(variable.path("type").asText()).isEqualTo("datasource");
    assertThat(variable.path("query").asText()).isEqualTo(provisioned.path("type").asText());
    assertThat(variable.at("/current/value").asText()).isEqualTo(provisioned.path("uid").asText());
  }

  @Test
  void everyVariableIsUsedAndFilledFromMetricsThatExist() {
    String panels = dashboard.path("panels").toString();
    for (JsonNode variable : dashboard.at("/templating/list")) {
      String name = variable.path("name").asText();
      assertThat(panels).containsPattern("\\$\\{?" + name + "\\b");
      assertThat(RepositoryFiles.metricsIn(variable.at("/query/query").asText()))
          .isSubsetOf(RepositoryFiles.documentedMetrics());
    }
  }

  @Test
  void ckaIsDrawnWithItsIntervalOnAFixedAxisThatReachesBelowZero() {
    JsonNode panel =
        panels().stream().filter(p -> title(p).startsWith("Rolling CKA")).findFirst().orElseThrow();

    assertThat(panel.at("/fieldConfig/defaults/min").asDouble()).isEqualTo(-0.1);
    assertThat(panel.at("/fieldConfig/defaults/max").asDouble()).isEqualTo(1);
    assertThat(RepositoryFiles.metricsIn(panel.path("targets").toString()))
        .containsExactly(
            "parallax_cka_lower_ratio", "parallax_cka_ratio", "parallax_cka_upper_ratio");
    assertThat(panel.path("fieldConfig").path("overrides").toString())
        .contains("\"custom.fillBelowTo\",\"value\":\"lower\"");
  }

  private Stream<DynamicTest> each(Consumer<JsonNode> check) {
    return panels().stream()
        .map(panel -> DynamicTest.dynamicTest(title(panel), () -> check.accept(panel)));
  }

  private List<JsonNode> panels() {
    List<JsonNode> panels = new ArrayList<>();
    dashboard.path("panels").forEach(panels::add);
    return panels;
  }

  private JsonNode variable(String name) {
    for (JsonNode variable : dashboard.at("/templating/list")) {
      if (variable.path("name").asText().equals(name)) {
        return variable;
      }
    }
    throw new AssertionError("no variable " + name);
  }

  private static boolean hasData(JsonNode panel) {
    return !WITHOUT_DATA.contains(panel.path("type").asText());
  }

  private static String title(JsonNode panel) {
    return panel.path("title").asText();
  }

  private static List<String> texts(JsonNode array, String field) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.path(field).asText()));
    return texts;
  }

  private static boolean overlap(JsonNode a, JsonNode b) {
    return a.path("x").asInt() < b.path("x").asInt() + b.path("w").asInt()
        && b.path("x").asInt() < a.path("x").asInt() + a.path("w").asInt()
        && a.path("y").asInt() < b.path("y").asInt() + b.path("h").asInt()
        && b.path("y").asInt() < a.path("y").asInt() + a.path("h").asInt();
  }
}
