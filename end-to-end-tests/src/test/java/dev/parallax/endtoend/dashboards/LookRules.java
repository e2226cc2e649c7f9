package dev.parallax.endtoend.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parallax.endtoend.dashboards.BoardRules.Report;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules for how a board looks, also to those who tell few colours apart. */
final class LookRules {

  /** Okabe and Ito (2008). */
  private static final Set<String> PALETTE =
      Set.of(
          "#009E73", "#0072B2", "#56B4E9", "#F0E442", "#E69F00", "#D55E00", "#CC79A7", "#999999");

  private static final Set<String> COLOUR_KEYS = Set.of("color", "fixedColor", "iconColor");
  private static final Pattern COLOUR =
      Pattern.compile("\"(" + String.join("|", COLOUR_KEYS) + ")\":\"([^\"]*)\"");
  private static final Set<String> COLOUR_MODES = Set.of("fixed", "shades", "thresholds");

  private final Board board;
  private final Report report;

  LookRules(Board board, Report report) {
    this.board = board;
    this.report = report;
  }

  void check() {
    Matcher colour = COLOUR.matcher(board.json().toString());
    while (colour.find()) {
      report.that(
          PALETTE.contains(colour.group(2)),
          "colour",
          "",
          "not of the palette: " + colour.group(2));
    }
    for (JsonNode panel : board.panels()) {
      checkColours(panel);
      checkOverrides(panel);
      checkStacking(panel);
      checkAxis(panel);
    }
  }

  private void checkColours(JsonNode panel) {
    String mode = panel.at("/fieldConfig/defaults/color/mode").asText();
    if (Set.of("timeseries", "state-timeline", "bargauge").contains(panel.path("type").asText())) {
      report.that(
          COLOUR_MODES.contains(mode),
          "colour",
          panel,
          "expected one of " + COLOUR_MODES + ", got " + mode);
    }
  }

  /** A line or column that was renamed keeps its old look silently. */
  private void checkOverrides(JsonNode panel) {
    List<String> names = BoardRules.names(panel).toList();
    for (JsonNode override : panel.at("/fieldConfig/overrides")) {
      if (override.at("/matcher/id").asText().equals("byName")) {
        String name = override.at("/matcher/options").asText();
        report.that(
            names.stream().anyMatch(name::matches), "override", panel, "nothing is called " + name);
      }
    }
  }

  /** Ratios do not add up. */
  private void checkStacking(JsonNode panel) {
    String mode = panel.at("/fieldConfig/defaults/custom/stacking/mode").asText("none");
    boolean ratios = panel.path("targets").toString().contains("_ratio");
    report.that(mode.equals("none") || !ratios, "stacking", panel, "ratios do not add up");
  }

  /** A free axis makes noise of 0.001 look like a fall. */
  private void checkAxis(JsonNode panel) {
    boolean similarity =
        panel.path("type").asText().equals("timeseries")
            && Board.list(panel.path("targets")).stream()
                .map(target -> target.path("expr").asText())
                .anyMatch(
                    expr ->
                        expr.matches("(?s).*parallax_(audit_)?cka_ratio.*")
                            && !expr.contains(" - "));
    if (similarity) {
      JsonNode defaults = panel.at("/fieldConfig/defaults");
      report.that(
          defaults.path("min").asDouble(Double.NaN) == -0.1
              && defaults.path("max").asDouble(Double.NaN) == 1,
          "axis",
          panel,
          "expected an axis from -0.1 to 1");
    }
  }
}
