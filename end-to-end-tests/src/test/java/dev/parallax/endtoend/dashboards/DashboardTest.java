package dev.parallax.endtoend.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parallax.endtoend.RepositoryFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every board keeps the rules, and the rules find what is planted. */
final class DashboardTest {

  private final Catalogue catalogue = Catalogue.read();
  private final BoardRules rules = new BoardRules(catalogue);

  @Test
  void noBoardBreaksARuleWithoutAWrittenReason() {
    List<Finding> findings = new ArrayList<>();
    Board.all().forEach(board -> findings.addAll(rules.check(board)));
    List<JsonNode> exclusions = Board.list(TestResources.yaml("exclusions.yaml"));

    assertThat(findings)
        .filteredOn(finding -> exclusions.stream().noneMatch(e -> excludes(e, finding)))
        .isEmpty();
    assertThat(exclusions)
        .as("exclusions that exclude something, with a reason")
        .allMatch(exclusion -> findings.stream().anyMatch(f -> excludes(exclusion, f)))
        .allMatch(exclusion -> !exclusion.path("reason").asText().isBlank());
  }

  @Test
  void thereIsABoardForEachQuestionAndForEachRunbook() {
    Set<String> expected =
        new TreeSet<>(
            Set.of("parallax-fleet", "parallax-model", "parallax-pipeline", "parallax-audit"));
    runbooks().forEach(runbook -> expected.add("parallax-runbook-" + runbook));

    assertThat(catalogue.uids()).isEqualTo(expected);
  }

  @Test
  void runbooksOnBoardsSayWhatTheirPagesSay() {
    for (String runbook : runbooks()) {
      String page = RepositoryFiles.text("docs/runbooks/" + runbook + ".md");
      JsonNode board = RepositoryFiles.json("grafana/dashboards/runbooks/" + runbook + ".json");

      assertThat(words(board.at("/panels/0/options/content").asText()))
          .as("%s: run npm run generate in grafana/", runbook)
          .isEqualTo(words(page.substring(page.indexOf('\n'))));
    }
  }

  @Test
  void ckaIsDrawnWithItsIntervalAsAFilledBand() {
    JsonNode panel =
        board("model").panels().stream()
            .filter(each -> Board.title(each).startsWith("Rolling CKA with"))
            .findFirst()
            .orElseThrow();

    assertThat(RepositoryFiles.metricsIn(panel.path("targets").toString()))
        .containsExactly(
            "parallax_cka_lower_ratio",
            "parallax_cka_ratio",
            "parallax_cka_upper_ratio",
            "parallax_pane_cka_ratio");
    assertThat(panel.at("/fieldConfig/overrides").toString())
        .contains("\"custom.fillBelowTo\",\"value\":\"lower\"");
  }

  @TestFactory
  Stream<DynamicTest> everyRuleFindsWhatIsPlanted() {
    return Stream.of(
        planted("uid", board -> board.put("uid", "parallax-other")),
        planted("uid", board -> board.put("id", 12)),
        planted("editable", board -> board.put("editable", true)),
        planted("title", board -> board.put("title", "")),
        planted("description", board -> board.remove("description")),
        planted("schema", board -> board.remove("schemaVersion")),
        planted("tag", board -> board.putArray("tags").add("other")),
        planted("datasource", board -> at(board, "/templating/list/0/current").put("value", "x")),
        planted("datasource", board -> panel(board).putObject("datasource").put("uid", "x")),
        planted("datasource", board -> target(board).putObject("datasource").put("uid", "x")),
        planted("id", board -> panel(board).put("id", 5)),
        planted("title", board -> panel(board).put("title", "")),
        planted("type", board -> panel(board).put("type", "graph")),
        planted("description", board -> panel(board).put("description", "")),
        planted("unit", board -> defaults(board).remove("unit")),
        planted("empty", board -> defaults(board).remove("noValue")),
        planted("query", board -> panel(board).putArray("targets")),
        planted("query", board -> target(board).put("range", false)),
        planted("query", board -> target(board).put("expr", "")),
        planted("grid", board -> at(board, PANEL + "/gridPos").put("x", 13)),
        planted("grid", board -> at(board, PANEL + "/gridPos").put("w", 6)),
        planted("grid", board -> at(board, PANEL + "/gridPos").put("y", 9)),
        planted("refId", board -> ((ObjectNode) board.at(PANEL + "/targets/1")).put("refId", "A")),
        planted("legend", board -> target(board).remove("legendFormat")),
        planted(
            "range", board -> target(board).put("expr", "sum(rate(parallax_events_total[5m]))")),
        planted("metric", board -> target(board).put("expr", "max(parallax_cka)")),
        planted("label", board -> target(board).put("expr", "parallax_series{model=\"a\"}")),
        planted(
            "label", board -> target(board).put("expr", "sum by (modell) (parallax_cka_ratio)")),
        planted(
            "variable", board -> target(board).put("expr", "parallax_cka_ratio{model=\"$who\"}")),
        planted("variable", board -> unused(board)),
        planted(
            "matcher", board -> target(board).put("expr", "parallax_cka_ratio{model=~\"$model\"}")),
        planted(
            "label",
            board ->
                at(board, "/templating/list/1/query")
                    .put("query", "label_values(parallax_cka_ratio, modell)")),
        planted("link", board -> link(board, "/d/parallax-elsewhere")),
        planted("link", board -> link(board, "/d/parallax-fleet?var-slice=a")),
        planted("link", board -> link(board, "https://example.org")),
        planted("link", board -> link(board, "/d/parallax-runbook-${__data.fields.model}")),
        planted(
            "colour", board -> defaults(board).putObject("color").put("mode", "palette-classic")),
        planted(
            "colour",
            board ->
                defaults(board).putObject("color").put("mode", "fixed").put("fixedColor", "red")),
        planted("override", board -> target(board).put("legendFormat", "low")),
        planted(
            "stacking",
            board ->
                at(board, PANEL + "/fieldConfig/defaults/custom")
                    .putObject("stacking")
                    .put("mode", "normal")),
        planted("axis", board -> defaults(board).remove("min")));
  }

  /** The panel of CKA with its interval. */
  private static final String PANEL = "/panels/6";

  private DynamicTest planted(String rule, Consumer<ObjectNode> fault) {
    Board sound = board("model");
    ObjectNode json = sound.json().deepCopy();
    fault.accept(json);
    return DynamicTest.dynamicTest(
        rule,
        () -> {
          assertThat(json).as("the planted board").isNotEqualTo(sound.json());
          assertThat(rules.check(new Board(sound.file(), json)))
              .extracting(Finding::rule)
              .contains(rule);
          assertThat(rules.check(sound)).extracting(Finding::rule).doesNotContain(rule);
        });
  }

  private static Board board(String name) {
    String file = "grafana/dashboards/" + name + ".json";
    return new Board(file, RepositoryFiles.json(file));
  }

  private static ObjectNode at(ObjectNode board, String pointer) {
    return (ObjectNode) board.at(pointer);
  }

  private static ObjectNode panel(ObjectNode board) {
    return at(board, PANEL);
  }

  private static ObjectNode target(ObjectNode board) {
    return at(board, PANEL + "/targets/0");
  }

  private static ObjectNode defaults(ObjectNode board) {
    return at(board, PANEL + "/fieldConfig/defaults");
  }

  private static void link(ObjectNode board, String url) {
    defaults(board).putArray("links").addObject().put("title", "there").put("url", url);
  }

  private static void unused(ObjectNode board) {
    ((ArrayNode) board.at("/templating/list"))
        .addObject()
        .put("name", "more")
        .put("type", "textbox");
  }

  private static boolean excludes(JsonNode exclusion, Finding finding) {
    return exclusion.path("rule").asText().equals(finding.rule())
        && exclusion.path("board").asText().equals(finding.board())
        && exclusion.path("panel").asText().equals(finding.panel());
  }

  /** The text without its links, which lead elsewhere on a board. */
  private static String words(String markdown) {
    return markdown.replaceAll("\\[([^\\]]*)]\\([^)\\s]*\\)", "$1").strip();
  }

  private static List<String> runbooks() {
    try (var files = Files.list(RepositoryFiles.path("docs/runbooks"))) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("\\.md$", ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
