package dev.parallax.endtoend.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Configuration of Prometheus and Alertmanager with every time divided by one number, so that it
 * fits event time that runs as many times faster than the clock. Nothing else is changed.
 *
 * @param factor what times are divided by
 */
record ShorterTimes(int factor) {

  private static final Set<String> FIELDS =
      Set.of(
          "for",
          "keep_firing_for",
          "interval",
          "scrape_interval",
          "evaluation_interval",
          "group_wait",
          "group_interval",
          "repeat_interval");

  /** Ranges and offsets of a query; the names of recorded series have times in them, too. */
  private static final Pattern IN_QUERY = Pattern.compile("(\\[|\\boffset )(\\d+(?:ms|[smhd]))\\b");

  /** The same file with shorter times. */
  JsonNode of(JsonNode file) {
    JsonNode copy = file.deepCopy();
    shorten(copy);
    return copy;
  }

  private void shorten(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        if (FIELDS.contains(field.getKey())) {
          field.setValue(new TextNode(shorter(field.getValue().asText())));
        } else if (field.getKey().equals("expr")) {
          field.setValue(new TextNode(query(field.getValue().asText())));
        }
      }
    }
    node.forEach(this::shorten);
  }

  private String query(String query) {
    return IN_QUERY
        .matcher(query)
        .replaceAll(m -> Matcher.quoteReplacement(m.group(1) + shorter(m.group(2))));
  }

  private String shorter(String time) {
    return duration(time).dividedBy(factor).toMillis() + "ms";
  }

  /** A time as Prometheus writes it, of one unit. */
  static Duration duration(String time) {
    long number = Long.parseLong(time.replaceFirst("\\D+$", ""));
    return switch (time.replaceFirst("^\\d+", "")) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default ->
          throw new IllegalArgumentException(time + ": expected a number and ms, s, m, h, d");
    };
  }
}
