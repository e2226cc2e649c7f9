package dev.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Alert rules name metrics that exist, explain themselves and are tested. That they fire and stay
 * silent when they should is what {@code promtool test rules} checks.
 */
final class AlertRulesTest {

  private final JsonNode file = RepositoryFiles.yaml("grafana/prometheus/rules/parallax.yml");
  private final JsonNode tests =
      RepositoryFiles.yaml("grafana/prometheus/rules/tests/parallax_test.yml");

  @Test
  void everyAlertAsksForMetricsThatExist() {
    Set<String> documented = RepositoryFiles.documentedMetrics();
    for (JsonNode alert : alerts()) {
      assertThat(RepositoryFiles.metricsIn(alert.path("expr").asText()))
          .as(alert.path("alert").asText())
          .isNotEmpty()
          .isSubsetOf(documented);
    }
  }

  @Test
  void everyAlertHasASeverityASummaryADescriptionAndARunbookThatIsThere() {
    assertThat(alerts()).isNotEmpty();
    for (JsonNode alert : alerts()) {
      String name = alert.path("alert").asText();
      JsonNode annotations = alert.path("annotations");
      assertThat(alert.at("/labels/severity").asText())
          .as(name)
          .isIn("info", "warning", "critical");
      assertThat(annotations.path("summary").asText()).as(name).isNotBlank();
      assertThat(annotations.path("description").asText()).as(name).isNotBlank();
      String runbook = annotations.path("runbook_url").asText();
      assertThat(RepositoryFiles.text(runbook)).as(name).startsWith("# " + name + ":");
    }
  }

  @Test
  void everyAlertHasACaseInWhichItFiresAndOneInWhichItDoesNot() {
    Set<String> firing = new TreeSet<>();
    Set<String> silent = new TreeSet<>();
    for (JsonNode test : tests.path("tests")) {
      for (JsonNode expectation : test.path("alert_rule_test")) {
        boolean fires = !expectation.path("exp_alerts").isEmpty();
        (fires ? firing : silent).add(expectation.path("alertname").asText());
      }
    }
    Set<String> names = new TreeSet<>();
    alerts().forEach(alert -> names.add(alert.path("alert").asText()));

    assertThat(firing).isEqualTo(names);
    assertThat(silent).isEqualTo(names);
  }

  private List<JsonNode> alerts() {
    List<JsonNode> alerts = new ArrayList<>();
    for (JsonNode group : file.path("groups")) {
      group.path("rules").forEach(alerts::add);
    }
    return alerts;
  }
}
