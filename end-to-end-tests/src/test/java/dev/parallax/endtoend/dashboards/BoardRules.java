package dev.parallax.endtoend.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The rules for dashboards: of the board and its panels here, of what they ask for in {@link
 * QueryRules}, of where they lead and how they look in {@link LinkRules} and {@link LookRules}.
 */
final class BoardRules {

  private static final int COLUMNS = 24;
  private static final int LEAST_COLUMNS_OF_A_NUMBER = 4;
  private static final int LEAST_COLUMNS = 8;
  private static final Set<String> TYPES =
      Set.of("row", "text", "stat", "timeseries", "table", "bargauge", "state-timeline");

  private final Catalogue catalogue;

  BoardRules(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Everything that is wrong with the board. */
  List<Finding> check(Board board) {
    List<Finding> findings = new ArrayList<>();
    Report report = new Report(board.uid(), findings::add);
    checkBoard(board, report);
    checkSource(board, report);
    checkPanels(board, report);
    checkGrid(board, report);
    new QueryRules(catalogue, board, report).check();
    new LinkRules(catalogue, board, report).check();
    new LookRules(board, report).check();
    return findings;
  }

  /** Where rules say what they found. */
  record Report(String board, Consumer<Finding> to) {

    void that(boolean holds, String rule, String panel, String what) {
      if (!holds) {
        to.accept(new Finding(rule, board, panel, what));
      }
    }

    void that(boolean holds, String rule, JsonNode panel, String what) {
      that(holds, rule, Board.title(panel), what);
    }
  }

  private static void checkBoard(Board board, Report report) {
    JsonNode json = board.json();
    String file = board.file().replaceFirst(".*/", "").replaceFirst("\\.json$", "");
    boolean runbook = board.file().contains("/runbooks/");
    String uid = (runbook ? "parallax-runbook-" : "parallax-") + file;
    report.that(
        board.uid().equals(uid), "uid", "", "expected the uid " + uid + ", got " + board.uid());
    report.that(uid.length() <= 40, "uid", "", "expected at most 40 characters: " + uid);
    report.that(json.path("id").isNull(), "uid", "", "expected no id of a database");
    report.that(!json.path("editable").asBoolean(true), "editable", "", "expected not editable");
    report.that(!json.path("title").asText().isBlank(), "title", "", "expected a title");
    report.that(
        !json.path("description").asText().isBlank(), "description", "", "expected a description");
    report.that(json.path("schemaVersion").asInt() > 30, "schema", "", "expected a schemaVersion");
    String tag = runbook ? "parallax-runbook" : "parallax";
    report.that(
        json.path("tags").path(0).asText().equals(tag), "tag", "", "expected the tag " + tag);
  }

  private static void checkSource(Board board, Report report) {
    if (board.queries().isEmpty()) {
      return;
    }
    JsonNode source =
        board.variables().stream()
            .filter(variable -> variable.path("name").asText().equals("datasource"))
            .findFirst()
            .orElse(board.json().path("no variable of this name"));
    report.that(
        source.path("type").asText().equals("datasource")
            && source.path("query").asText().equals("prometheus"),
        "datasource",
        "",
        "expected a variable datasource over data sources of the type prometheus");
    report.that(
        source.at("/current/value").asText().equals("parallax-prometheus"),
        "datasource",
        "",
        "expected the variable datasource to start on parallax-prometheus");
  }

  private static void checkPanels(Board board, Report report) {
    Set<Integer> ids = new HashSet<>();
    Set<String> titles = new HashSet<>();
    for (JsonNode panel : board.panels()) {
      String type = panel.path("type").asText();
      int id = panel.path("id").asInt();
      report.that(id > 0 && ids.add(id), "id", panel, "expected an id of its own, got " + id);
      String title = Board.title(panel);
      report.that(
          !title.isBlank() && titles.add(title), "title", panel, "expected a title of its own");
      report.that(
          TYPES.contains(type), "type", panel, "expected one of " + TYPES + ", got " + type);
      if (!type.equals("row")) {
        report.that(
            !panel.path("description").asText().isBlank(),
            "description",
            panel,
            "expected a description");
      }
      if (Board.hasData(panel)) {
        JsonNode defaults = panel.at("/fieldConfig/defaults");
        report.that(!defaults.path("unit").asText().isBlank(), "unit", panel, "expected a unit");
        report.that(
            !defaults.path("noValue").asText().isBlank(),
            "empty",
            panel,
            "expected a text for when there is nothing to show");
        report.that(!panel.path("targets").isEmpty(), "query", panel, "expected a query");
      }
    }
  }

  private static void checkGrid(Board board, Report report) {
    List<JsonNode> panels = board.panels();
    for (int i = 0; i < panels.size(); i++) {
      JsonNode panel = panels.get(i);
      Place place = Place.of(panel);
      int least =
          panel.path("type").asText().equals("stat") ? LEAST_COLUMNS_OF_A_NUMBER : LEAST_COLUMNS;
      report.that(
          place.width() >= least && place.height() >= 1,
          "grid",
          panel,
          "expected a width of at least " + least + ", got " + place.width());
      report.that(
          place.x() >= 0 && place.x() + place.width() <= COLUMNS,
          "grid",
          panel,
          "expected it within " + COLUMNS + " columns, got " + place);
      for (JsonNode other : panels.subList(i + 1, panels.size())) {
        report.that(
            !place.overlaps(Place.of(other)), "grid", panel, "it covers " + Board.title(other));
      }
    }
  }

  private record Place(int x, int y, int width, int height) {

    static Place of(JsonNode panel) {
      JsonNode grid = panel.path("gridPos");
      return new Place(
          grid.path("x").asInt(-1),
          grid.path("y").asInt(-1),
          grid.path("w").asInt(),
          grid.path("h").asInt());
    }

    boolean overlaps(Place other) {
      return x < other.x + other.width
          && other.x < x + width
          && y < other.y + other.height
          && other.y < y + height;
    }
  }

  /** The names that lines or columns of a panel can have, as regular expressions. */
  static Stream<String> names(JsonNode panel) {
    Stream<String> legends =
        Board.list(panel.path("targets")).stream()
            .map(target -> target.path("legendFormat").asText())
            .filter(legend -> !legend.isEmpty())
            .map(legend -> "\\Q" + legend.replaceAll("\\{\\{[^}]+}}", "\\\\E.+\\\\Q") + "\\E");
    Stream<String> headings =
        Board.list(panel.path("transformations")).stream()
            .flatMap(
                transformation ->
                    transformation.at("/options/renameByName").properties().stream()
                        .map(Map.Entry::getValue))
            .map(heading -> "\\Q" + heading.asText() + "\\E");
    return Stream.concat(legends, headings);
  }
}
