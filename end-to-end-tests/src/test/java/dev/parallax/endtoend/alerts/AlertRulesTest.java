package dev.parallax.endtoend.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parallax.endtoend.RepositoryFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Rules name metrics that exist, explain themselves and are tested. That they fire and stay silent
 * when they should is what {@code promtool test rules} checks.
 */
final class AlertRulesTest {

  private static final int LEAST_SILENT = 2;

  /** level:metric:operations */
  private static final Pattern RECORDED = Pattern.compile("[a-z]+:[a-z0-9_]+:[a-z0-9_]+");

  /** Metrics of Flink and Prometheus themselves. */
  private static final Pattern OF_OTHERS = Pattern.compile("flink_.+|up");

  /** What a rule may name: words that are followed by neither a bracket nor a colon. */
  private static final Pattern METRIC =
      Pattern.compile("(?<![A-Za-z0-9_:])((?:parallax|flink)_[a-z_A-Z0-9]+|up\\b)(?![a-z0-9_:])");

  private static final Pattern RECORDED_IN_QUERY = Pattern.compile("[a-z]+:[a-z0-9_]+:[a-z0-9_]+");

  /** Set by operators, for single models. */
  private static final Set<String> BY_OPERATORS = Set.of("model:parallax_cka_floor:ratio");

  private final RuleTests rules = RuleTests.ofRepository();

  @Test
  void everyRuleAsksForMetricsThatExist() {
    Set<String> documented = RepositoryFiles.documentedMetrics();
    for (JsonNode rule : all()) {
      METRIC
          .matcher(rule.path("expr").asText())
          .results()
          .map(m -> m.group(1))
          .filter(metric -> !OF_OTHERS.matcher(metric).matches())
          .forEach(metric -> assertThat(documented).as(rule.toString()).contains(metric));
    }
  }

  @Test
  void everyRecordedSeriesThatARuleAsksForIsRecorded() {
    Set<String> recorded = new HashSet<>(BY_OPERATORS);
    recording().forEach(rule -> recorded.add(rule.path("record").asText()));
    for (JsonNode rule : all()) {
      RECORDED_IN_QUERY
          .matcher(rule.path("expr").asText())
          .results()
          .forEach(m -> assertThat(recorded).as(rule.toString()).contains(m.group()));
    }
  }

  @Test
  void everyRecordedSeriesIsNamedByLevelMetricAndOperations() {
    assertThat(recording()).hasSizeGreaterThan(15);
    assertThat(recording())
        .allMatch(rule -> RECORDED.matcher(rule.path("record").asText()).matches());
  }

  @Test
  void everyAlertHasASeverityASummaryADescriptionAndARunbook() {
    assertThat(alerts()).hasSize(14);
    for (JsonNode alert : alerts()) {
      String name = alert.path("alert").asText();
      JsonNode annotations = alert.path("annotations");
      assertThat(alert.at("/labels/severity").asText())
          .as(name)
          .isIn("info", "warning", "critical");
      assertThat(annotations.path("summary").asText()).as(name).isNotBlank();
      assertThat(annotations.path("description").asText()).as(name).isNotBlank();
      assertThat(RepositoryFiles.text(annotations.path("runbook_url").asText()))
          .as(name)
          .startsWith("# " + name + ":");
    }
  }

  @Test
  void everyAlertButTheDrillsLeavesDrillsOut() {
    for (JsonNode alert : alerts()) {
      String expression = alert.path("expr").asText();
      if (!alert.path("alert").asText().equals("DrillRang") && expression.contains("series:")) {
        assertThat(expression).contains("model!~\"drill[.].+\"");
      }
    }
  }

  @Test
  void everyAlertHasACaseInWhichItFiresAndTwoInWhichItDoesNot() {
    Map<String, Integer> firing = new HashMap<>();
    Map<String, Integer> silent = new HashMap<>();
    for (JsonNode test : rules.cases()) {
      Set<String> fires = new HashSet<>();
      Set<String> never = new HashSet<>();
      for (JsonNode expectation : test.path("alert_rule_test")) {
        (expectation.path("exp_alerts").isEmpty() ? never : fires)
            .add(expectation.path("alertname").asText());
      }
      never.removeAll(fires);
      fires.forEach(name -> firing.merge(name, 1, Integer::sum));
      never.forEach(name -> silent.merge(name, 1, Integer::sum));
    }
    for (JsonNode alert : alerts()) {
      String name = alert.path("alert").asText();
      assertThat(firing.getOrDefault(name, 0)).as(name).isPositive();
      assertThat(silent.getOrDefault(name, 0)).as(name).isGreaterThanOrEqualTo(LEAST_SILENT);
    }
  }

  private List<JsonNode> all() {
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode file : rules.rules().values()) {
      file.path("groups").forEach(group -> group.path("rules").forEach(all::add));
    }
    return all;
  }

  private List<JsonNode> alerts() {
    return all().stream().filter(rule -> rule.has("alert")).toList();
  }

  private List<JsonNode> recording() {
    return all().stream().filter(rule -> rule.has("record")).toList();
  }
}
