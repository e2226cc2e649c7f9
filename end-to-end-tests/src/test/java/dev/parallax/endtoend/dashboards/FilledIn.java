package dev.parallax.endtoend.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parallax.endtoend.dashboards.PrometheusServer.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;

/**
 * The variables of a board with the values that Grafana would offer: everything where that is an
 * option, else one value for each choice of the first variable, and the first value of those that
 * depend on it.
 */
final class FilledIn {

  private final Map<String, String> values;
  private final Map<String, String> empty;

  private FilledIn(Map<String, String> values, Map<String, String> empty) {
    this.values = new LinkedHashMap<>(values);
    this.empty = new LinkedHashMap<>(empty);
  }

  /**
   * Every way to fill in the board; asks for values in turn, as later variables depend on earlier.
   */
  static List<FilledIn> waysOf(Board board, PrometheusServer prometheus, Span span)
      throws IOException, InterruptedException {
    Map<String, String> fixed = new LinkedHashMap<>();
    fixed.put("__rate_interval", "15s");
    fixed.put("__range", span.length().toSeconds() + "s");
    fixed.put("__interval", span.step().toSeconds() + "s");
    List<FilledIn> ways = List.of(new FilledIn(fixed, Map.of()));
    for (JsonNode variable : board.variables()) {
      Optional<LabelValues> asked = LabelValues.of(variable);
      if (asked.isPresent()) {
        List<FilledIn> more = new ArrayList<>();
        for (FilledIn way : ways) {
          more.addAll(way.with(variable, asked.get(), prometheus, span, ways.size() == 1));
        }
        ways = more;
      }
    }
    return ways;
  }

  private List<FilledIn> with(
      JsonNode variable, LabelValues asked, PrometheusServer prometheus, Span span, boolean each)
      throws IOException, InterruptedException {
    String name = variable.path("name").asText();
    TreeSet<String> found = new TreeSet<>();
    for (JsonNode series : prometheus.series(in(asked.selector()), span)) {
      if (series.has(asked.label())) {
        found.add(series.path(asked.label()).asText());
      }
    }
    List<String> chosen =
        variable.path("includeAll").asBoolean()
            ? List.of(variable.path("allValue").asText())
            : found.stream().limit(each ? found.size() : 1).toList();
    List<FilledIn> filled = new ArrayList<>();
    for (String value : chosen.isEmpty() ? List.of("") : chosen) {
      FilledIn way = new FilledIn(values, empty);
      way.values.put(name, value);
      if (found.isEmpty()) {
        way.empty.put(name, asked.selector());
      }
      filled.add(way);
    }
    return filled;
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
