package dev.parallax.endtoend.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parallax.endtoend.RepositoryFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A dashboard as Grafana loads it.
 *
 * @param file path in the repository
 * @param json its content
 */
record Board(String file, JsonNode json) {

  private static final String FOLDER = "grafana/dashboards";
  private static final Set<String> WITHOUT_DATA = Set.of("row", "text");

  /**
   * A query of a board.
   *
   * @param board uid of the board
   * @param panel title of the panel, name of the variable or of the marks
   * @param refId name of the query within the panel
   * @param expr the query, with variables
   */
  record Query(String board, String panel, String refId, String expr) {}

  /** Every board that Grafana would load. */
  static List<Board> all() {
    Path folder = RepositoryFiles.path(FOLDER);
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(file -> FOLDER + "/" + folder.relativize(file).toString().replace('\\', '/'))
          .map(file -> new Board(file, RepositoryFiles.json(file)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String uid() {
    return json.path("uid").asText();
  }

  List<JsonNode> panels() {
    return list(json.path("panels"));
  }

  List<JsonNode> variables() {
    return list(json.at("/templating/list"));
  }

  /** What marks the time axis. */
  List<JsonNode> marks() {
    return list(json.at("/annotations/list"));
  }

  /**
   * The queries of panels and marks; those of variables ask for values of labels, see {@link
   * LabelValues}.
   */
  List<Query> queries() {
    List<Query> queries = new ArrayList<>();
    for (JsonNode panel : panels()) {
      for (JsonNode target : panel.path("targets")) {
        queries.add(
            new Query(
                uid(), title(panel), target.path("refId").asText(), target.path("expr").asText()));
      }
    }
    for (JsonNode mark : marks()) {
      queries.add(
          new Query(
              uid(),
              mark.path("name").asText(),
              mark.at("/target/refId").asText(),
              mark.at("/target/expr").asText()));
    }
    return queries;
  }

  static boolean hasData(JsonNode panel) {
    return !WITHOUT_DATA.contains(panel.path("type").asText());
  }

  static String title(JsonNode panel) {
    return panel.path("title").asText();
  }

  static List<JsonNode> list(JsonNode array) {
    List<JsonNode> nodes = new ArrayList<>();
    array.forEach(nodes::add);
    return nodes;
  }
}
