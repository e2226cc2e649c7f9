package dev.parallax.endtoend.dashboards;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of PromQL as the rules of the boards need: which series an expression asks for. Whether
 * it is an expression at all is asked of Prometheus.
 */
final class PromQl {

  private static final String TEXT = "\"(?:[^\"\\\\]|\\\\.)*\"";
  private static final Pattern SELECTOR =
      Pattern.compile(
          TEXT
              + "|(?<![\\w.])([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\{(?:[^{}\"]|"
              + TEXT
              + ")*})?(\\s*\\(|)");
  private static final Pattern MATCHER =
      Pattern.compile("([a-zA-Z_]\\w*)\\s*(=~|!~|!=|=)\\s*(" + TEXT + ")");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\(([^()]*)\\)");

  /** Texts, and what stands beside selectors: groupings, ranges, offsets and moments. */
  private static final Pattern UNSELECTIVE =
      Pattern.compile(
          TEXT
              + "|\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^()]*\\)"
              + "|\\[[^\\]]*]|\\boffset\\s+\\S+|@\\s*(?:start|end)\\(\\)");

  private static final Pattern DURATION = Pattern.compile("\\[([^\\]]+)]");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_]\\w*)");
  private static final Set<String> WORDS =
      Set.of(
          "and",
          "or",
          "unless",
          "by",
          "without",
          "on",
          "ignoring",
          "group_left",
          "group_right",
          "offset",
          "bool",
          "inf",
          "nan");

  private PromQl() {}

  /**
   * A selector of series.
   *
   * @param metric name of the metric
   * @param text as it is written, without range and offset
   * @param labels the labels that it matches on
   */
  record Selector(String metric, String text, Set<String> labels) {
    Selector {
      labels = Set.copyOf(labels);
    }
  }

  /** Every selector of the expression, in order. */
  static List<Selector> selectors(String expr) {
    String rest = UNSELECTIVE.matcher(expr).replaceAll(PromQl::textOrNothing);
    List<Selector> selectors = new ArrayList<>();
    Matcher matcher = SELECTOR.matcher(rest);
    while (matcher.find()) {
      String name = matcher.group(1);
      boolean function = name != null && matcher.group(2) == null && !matcher.group(3).isEmpty();
      if (name != null && !function && !WORDS.contains(name)) {
        String labels = matcher.group(2) == null ? "" : matcher.group(2);
        selectors.add(new Selector(name, name + labels, labelsOf(labels)));
      }
    }
    return selectors;
  }

  /** The labels that the expression groups or joins by. */
  static Set<String> groupings(String expr) {
    Set<String> labels = new TreeSet<>();
    Matcher matcher = GROUPING.matcher(expr);
    while (matcher.find()) {
      for (String label : matcher.group(2).split(",")) {
        if (!label.isBlank()) {
          labels.add(label.trim());
        }
      }
    }
    return labels;
  }

  /** What stands in brackets: the ranges of the expression, and the steps of its subqueries. */
  static List<String> ranges(String expr) {
    List<String> ranges = new ArrayList<>();
    Matcher matcher = DURATION.matcher(expr.replaceAll(TEXT, "\"\""));
    while (matcher.find()) {
      ranges.add(matcher.group(1));
    }
    return ranges;
  }

  /** The names of variables in a text; {@code $1} is a part of a regular expression and none. */
  static Set<String> variables(String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = VARIABLE.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /** Matchers on variables, as {@code label operator $variable}. */
  static List<String> matchersOn(String variable, String expr) {
    List<String> operators = new ArrayList<>();
    Matcher matcher = MATCHER.matcher(expr);
    while (matcher.find()) {
      if (variables(matcher.group(3)).contains(variable)) {
        operators.add(matcher.group(2));
      }
    }
    return operators;
  }

  private static Set<String> labelsOf(String matchers) {
    Set<String> labels = new TreeSet<>();
    Matcher matcher = MATCHER.matcher(matchers);
    while (matcher.find()) {
      labels.add(matcher.group(1));
    }
    return labels;
  }

  private static String textOrNothing(MatchResult found) {
    return found.group().startsWith("\"") ? Matcher.quoteReplacement(found.group()) : " ";
  }
}
