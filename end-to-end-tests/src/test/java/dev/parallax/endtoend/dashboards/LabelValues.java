package dev.parallax.endtoend.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What fills a variable: the values of a label of some series.
 *
 * @param selector the series, with variables
 * @param label the label
 */
record LabelValues(String selector, String label) {

  private static final Pattern FORM = Pattern.compile("label_values\\((.+), *([a-z_]+)\\)");

  /** The one of this variable, if it is filled from labels. */
  static Optional<LabelValues> of(JsonNode variable) {
    if (!variable.path("type").asText().equals("query")) {
      return Optional.empty();
    }
    String query = variable.at("/query/query").asText();
    Matcher matcher = FORM.matcher(query);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          variable.path("name").asText() + ": expected label_values(series, label), got " + query);
    }
    return Optional.of(new LabelValues(matcher.group(1), matcher.group(2)));
  }
}
