package dev.parallax.exporter.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.drift.Verdict;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ManualTest {

  private static final Path DOCS = Path.of("..", "docs");
  private static final Pattern HREF = Pattern.compile("href=\"([^\"]+)\"");

  private final Manual manual = new Manual();
  private final PageAssets assets = new PageAssets();

  @ParameterizedTest
  @EnumSource(Verdict.class)
  void everyVerdictHasItsRunbook(Verdict verdict) {
    assertThat(html("/docs/runbooks/" + verdict.label() + ".md"))
        .startsWith("<!doctype html>")
        .contains("<h1", "<title>");
  }

  @Test
  void everyPageOfTheDocumentationIsHereAndItsLinksLeadSomewhere() throws IOException {
    assertThat(pages()).hasSizeGreaterThan(20).allSatisfy(this::leadsSomewhere);
  }

  @Test
  void whatIsNotHereIsNoLinkAndNoPicture() {
    assertThat(html("/docs/operations.md")).contains("grafana/prometheus/rules");
    assertThat(html("/docs/status-page.md"))
        .contains("The fleet while one of three models has diverged")
        .doesNotContain("<img src=\"images");
  }

  @Test
  void tablesAndHeadingsAreWhatTheyAre() {
    assertThat(html("/docs/verdicts.md"))
        .contains(
            "<table>", "<h2 id=\"what-the-reasons-mean\">", "<td><code>collapsed</code></td>");
  }

  private void leadsSomewhere(String page) {
    List<String> hrefs =
        HREF.matcher(html(page)).results().map((MatchResult result) -> result.group(1)).toList();
    assertThat(hrefs)
        .as(page)
        .allSatisfy(
            href -> {
              URI target = URI.create(page).resolve(href);
              assertThat(
                      "https".equals(target.getScheme())
                          || assets.get(target.getPath()).isPresent()
                          || manual.get(target.getPath()).isPresent())
                  .as(href)
                  .isTrue();
            });
  }

  private static List<String> pages() throws IOException {
    try (Stream<Path> files = Files.walk(DOCS, 2)) {
      return files
          .map(file -> "/docs/" + DOCS.relativize(file))
          .filter(path -> path.matches("/docs/(runbooks/)?[^/]+\\.md"))
          .sorted()
          .toList();
    }
  }

  private String html(String path) {
    return new String(manual.get(path).orElseThrow().body(), StandardCharsets.UTF_8);
  }
}
