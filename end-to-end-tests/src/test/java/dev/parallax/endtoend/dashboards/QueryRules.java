package dev.parallax.endtoend.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parallax.endtoend.dashboards.Board.Query;
import dev.parallax.endtoend.dashboards.BoardRules.Report;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The rules for what a board asks of its data source. */
final class QueryRules {

  private static final String SOURCE = "${datasource}";
  private static final Set<String> RANGES =
      Set.of("$__rate_interval", "$__range", "$__range:$__interval");

  /** What Grafana itself fills in. */
  private static final Set<String> BUILT_IN =
      Set.of(
          "__rate_interval",
          "__all",
          "__range",
          "__interval",
          "__data",
          "__field",
          "__value",
          "__url_time_range");

  private final Catalogue catalogue;
  private final Board board;
  private final Report report;

  QueryRules(Catalogue catalogue, Board board, Report report) {
    this.catalogue = catalogue;
    this.board = board;
    this.report = report;
  }

  void check() {
    board.panels().stream().filter(Board::hasData).forEach(this::checkTargets);
    board.marks().forEach(mark -> checkSource(mark.path("name").asText(), mark));
    for (Query query : board.queries()) {
      checkMetrics(query.panel(), query.expr());
      for (String range : PromQl.ranges(query.expr())) {
        report.that(
            RANGES.contains(range),
            "range",
            query.panel(),
            "expected one of " + RANGES + ", got " + range);
      }
    }
    checkVariables();
  }

  private void checkTargets(JsonNode panel) {
    checkSource(Board.title(panel), panel);
    Set<String> refIds = new HashSet<>();
    for (JsonNode target : panel.path("targets")) {
      checkSource(Board.title(panel), target);
      String refId = target.path("refId").asText();
      report.that(
          !refId.isBlank() && refIds.add(refId), "refId", panel, "expected its own, got " + refId);
      report.that(!target.path("expr").asText().isBlank(), "query", panel, "expected an expr");
      boolean range = target.path("range").asBoolean();
      report.that(
          range != target.path("instant").asBoolean(),
          "query",
          panel,
          refId + ": expected either range or instant");
      report.that(
          !range || !target.path("legendFormat").asText().isBlank(),
          "legend",
          panel,
          refId + ": expected names for its lines");
    }
  }

  private void checkSource(String where, JsonNode holder) {
    report.that(
        holder.at("/datasource/uid").asText().equals(SOURCE)
            && holder.at("/datasource/type").asText().equals("prometheus"),
        "datasource",
        where,
        "expected " + SOURCE + " of the type prometheus, got " + holder.path("datasource"));
  }

  private void checkMetrics(String where, String expr) {
    Set<String> known = new TreeSet<>(Set.of("job", "instance"));
    for (PromQl.Selector selector : PromQl.selectors(expr)) {
      Optional<Set<String>> labels = catalogue.labelsOf(selector.metric());
      report.that(labels.isPresent(), "metric", where, "nobody declares " + selector.metric());
      known.addAll(labels.orElse(Set.of()));
      for (String label : selector.labels()) {
        report.that(
            labels.isEmpty()
                || labels.get().contains(label)
                || Set.of("job", "instance").contains(label),
            "label",
            where,
            selector.metric() + " has no label " + label);
      }
    }
    for (String label : PromQl.groupings(expr)) {
      report.that(known.contains(label), "label", where, "no metric here has a label " + label);
    }
  }

  private void checkVariables() {
    Set<String> defined = new TreeSet<>();
    for (JsonNode variable : board.variables()) {
      String name = variable.path("name").asText();
      defined.add(name);
      LabelValues.of(variable)
          .ifPresent(
              values -> {
                checkSource(name, variable);
                checkMetrics(name, values.selector());
                List<PromQl.Selector> selectors = PromQl.selectors(values.selector());
                report.that(
                    selectors.size() == 1
                        && catalogue
                            .labelsOf(selectors.get(0).metric())
                            .orElse(Set.of())
                            .contains(values.label()),
                    "label",
                    name,
                    "no label " + values.label() + " in " + values.selector());
              });
      checkMatchers(variable, name);
    }
    Set<String> used = PromQl.variables(withoutProse().toString());
    for (String name : used) {
      report.that(
          defined.contains(name) || BUILT_IN.contains(name),
          "variable",
          "",
          "nobody defines $" + name);
    }
    for (String name : defined) {
      report.that(used.contains(name), "variable", name, "nobody uses it");
    }
  }

  /** The board less its texts, where a dollar may be that of a shell. */
  private JsonNode withoutProse() {
    JsonNode copy = board.json().deepCopy();
    for (JsonNode panel : copy.path("panels")) {
      if (panel.path("options") instanceof ObjectNode options) {
        options.remove("content");
      }
    }
    return copy;
  }

  /** One value is compared, several are a regular expression; Grafana escapes accordingly. */
  private void checkMatchers(JsonNode variable, String name) {
    boolean several = variable.path("multi").asBoolean() || variable.path("includeAll").asBoolean();
    for (Query query : board.queries()) {
      for (String operator : PromQl.matchersOn(name, query.expr())) {
        report.that(
            operator.endsWith("~") == several,
            "matcher",
            query.panel(),
            "$"
                + name
                + " holds "
                + (several ? "several values" : "one value")
                + ", got "
                + operator);
      }
    }
  }
}
