package dev.parallax.endtoend.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parallax.endtoend.RepositoryFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the boards may refer to.
 *
 * @param labels the labels of each metric that is declared; those that Prometheus adds are left out
 * @param uids uids of the boards
 * @param verdicts the verdicts that there are
 */
record Catalogue(Map<String, Set<String>> labels, Set<String> uids, Set<String> verdicts) {

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\| (gauge|counter|info|histogram) \\| ([^|]*) \\|");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern VERDICT = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| ");

  /** Copies the collections. */
  Catalogue {
    labels = Map.copyOf(labels);
    uids = Set.copyOf(uids);
    verdicts = Set.copyOf(verdicts);
  }

  /** Reads the documents that declare metrics, the list of those of others, and the boards. */
  static Catalogue read() {
    Map<String, Set<String>> labels = new TreeMap<>();
    for (String document : List.of("docs/metrics.md", "docs/dashboards.md")) {
      Matcher row = ROW.matcher(RepositoryFiles.text(document));
      while (row.find()) {
        declare(labels, row.group(1), row.group(2), codes(row.group(3)));
      }
    }
    for (JsonNode entry : TestResources.yaml("other-metrics.yaml")) {
      for (JsonNode metric : entry.path("metrics")) {
        labels.put(metric.asText(), texts(entry.path("labels")));
      }
    }
    Set<String> uids = new TreeSet<>();
    Board.all().forEach(board -> uids.add(board.uid()));
    return new Catalogue(labels, uids, verdictsOfTheGlossary());
  }

  /** The labels of this metric, or nothing if nobody declares it. */
  Optional<Set<String>> labelsOf(String metric) {
    return Optional.ofNullable(labels.get(metric));
  }

  private static void declare(
      Map<String, Set<String>> labels, String metric, String type, Set<String> own) {
    if (!type.equals("histogram")) {
      labels.put(metric, own);
      return;
    }
    labels.put(metric + "_sum", own);
    labels.put(metric + "_count", own);
    Set<String> withBound = new TreeSet<>(own);
    withBound.add("le");
    labels.put(metric + "_bucket", withBound);
  }

  private static Set<String> verdictsOfTheGlossary() {
    String text = RepositoryFiles.text("docs/glossary.md");
    Set<String> verdicts = new TreeSet<>();
    Matcher matcher = VERDICT.matcher(text.substring(text.indexOf("## Verdicts")));
    while (matcher.find()) {
      verdicts.add(matcher.group(1));
    }
    return verdicts;
  }

  private static Set<String> codes(String cell) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = CODE.matcher(cell);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new TreeSet<>();
    array.forEach(node -> texts.add(node.asText()));
    return texts;
  }
}
