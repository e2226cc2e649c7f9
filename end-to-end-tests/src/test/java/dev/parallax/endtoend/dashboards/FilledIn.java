package dev.parallax.endtoend.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parallax.endtoend.dashboards.PrometheusServer.Span;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;

/**
 * The variables of a board with the values that Grafana would start with: everything where that is
 * an option, else the first value there is.
 */
final class FilledIn {

  private final Map<String, String> values = new LinkedHashMap<>();

  /** The variables that had nothing to choose from. */
  private final Map<String, String> empty = new LinkedHashMap<>();

  /** Asks for the values of each variable in turn, as later ones depend on earlier ones. */
  static FilledIn of(Board board, PrometheusServer prometheus, Span span)
      throws IOException, InterruptedException {
    FilledIn filledIn = new FilledIn();
    filledIn.values.put("__rate_interval", "15s");
    filledIn.values.put("__range", span.length().toSeconds() + "s");
    filledIn.values.put("__interval", span.step().toSeconds() + "s");
    for (JsonNode variable : board.variables()) {
      filledIn.fill(variable, prometheus, span);
    }
    return filledIn;
  }

  private void fill(JsonNode variable, PrometheusServer prometheus, Span span)
      throws IOException, InterruptedException {
    Optional<LabelValues> asked = LabelValues.of(variable);
    if (asked.isEmpty()) {
      return;
    }
    String name = variable.path("name").asText();
    TreeSet<String> found = new TreeSet<>();
    for (JsonNode series : prometheus.series(in(asked.get().selector()), span)) {
      if (series.has(asked.get().label())) {
        found.add(series.path(asked.get().label()).asText());
      }
    }
    if (found.isEmpty()) {
      empty.put(name, asked.get().selector());
    }
    if (variable.path("includeAll").asBoolean()) {
      values.put(name, variable.path("allValue").asText());
    } else {
      values.put(name, found.isEmpty() ? "" : found.first());
    }
  }

  /** The text with every variable replaced by its value. */
  String in(String text) {
    String replaced = text;
    for (Map.Entry<String, String> value : values.entrySet()) {
      replaced =
          replaced
              .replace("${" + value.getKey() + "}", value.getValue())
              .replaceAll(
                  "\\$" + value.getKey() + "\\b", Matcher.quoteReplacement(value.getValue()));
    }
    return replaced;
  }

  /** Variables without any value, by name. */
  Map<String, String> empty() {
    return Map.copyOf(empty);
  }
}
