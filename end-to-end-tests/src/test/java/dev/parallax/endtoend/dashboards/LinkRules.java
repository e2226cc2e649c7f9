package dev.parallax.endtoend.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parallax.endtoend.dashboards.BoardRules.Report;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules for where a board leads: to boards that are there, whatever is filled into the link.
 */
final class LinkRules {

  private static final Pattern BOARD = Pattern.compile("^/d/([^?]*?)(\\$\\{([^}]+)})?(\\?.*)?$");
  private static final Pattern MARKDOWN = Pattern.compile("\\]\\(([^)]*)\\)");
  private static final Pattern PASSED = Pattern.compile("[?&]var-([a-z]+)=");

  private final Catalogue catalogue;
  private final Board board;
  private final Report report;

  LinkRules(Catalogue catalogue, Board board, Report report) {
    this.catalogue = catalogue;
    this.board = board;
    this.report = report;
  }

  void check() {
    for (JsonNode link : board.json().path("links")) {
      String tag = link.path("tags").path(0).asText();
      report.that(
          link.path("type").asText().equals("dashboards")
              && Set.of("parallax", "parallax-runbook").contains(tag),
          "link",
          "",
          "expected a list of boards of Parallax, got " + link.path("title"));
    }
    for (JsonNode panel : board.panels()) {
      panel.at("/fieldConfig/defaults/links").forEach(link -> check(panel, panel, link));
      for (JsonNode override : panel.at("/fieldConfig/overrides")) {
        for (JsonNode property : override.path("properties")) {
          if (property.path("id").asText().equals("links")) {
            property.path("value").forEach(link -> check(panel, override, link));
          }
        }
      }
      Matcher matcher = MARKDOWN.matcher(panel.at("/options/content").asText());
      while (matcher.find()) {
        String target = matcher.group(1);
        report.that(
            target.startsWith("https:")
                || catalogue.uids().contains(target.replaceFirst("^/d/", "")),
            "link",
            panel,
            "it leads nowhere: " + target);
      }
    }
  }

  /** What may be filled in: a verdict, or the texts that values of the field are mapped to. */
  private void check(JsonNode panel, JsonNode field, JsonNode link) {
    String url = link.path("url").asText();
    Matcher matcher = BOARD.matcher(url);
    if (!matcher.matches()) {
      report.that(false, "link", panel, "expected a board, got " + url);
      return;
    }
    for (String ending : endings(field, matcher.group(3))) {
      String uid = matcher.group(1) + ending;
      report.that(catalogue.uids().contains(uid), "link", panel, "there is no board " + uid);
    }
    Matcher passed = PASSED.matcher(url);
    while (passed.find()) {
      Board target =
          Board.all().stream()
              .filter(b -> b.uid().equals(matcher.group(1)))
              .findFirst()
              .orElse(board);
      String name = passed.group(1);
      report.that(
          target.variables().stream().anyMatch(v -> v.path("name").asText().equals(name)),
          "link",
          panel,
          target.uid() + " has no variable " + name);
    }
  }

  private Set<String> endings(JsonNode field, @Nullable String filledIn) {
    if (filledIn == null) {
      return Set.of("");
    }
    if (filledIn.matches("__data\\.fields\\.verdict(:percentencode)?|__field\\.labels\\.verdict")) {
      return catalogue.verdicts();
    }
    Set<String> texts = new TreeSet<>();
    for (JsonNode property : field.path("properties")) {
      if (property.path("id").asText().equals("mappings")) {
        property
            .path("value")
            .forEach(m -> m.path("options").forEach(o -> texts.add(o.path("text").asText())));
      }
    }
    return texts.isEmpty() ? Set.of("${" + filledIn + "}") : texts;
  }
}
