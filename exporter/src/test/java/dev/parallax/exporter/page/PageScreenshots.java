package dev.parallax.exporter.page;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Takes the pictures of the documentation from a page that is being served; {@code
 * docs/images/make} starts a demo for it. Refuses a page on which a text is cut or covered, and
 * waits until a model has diverged and its charts have a story to tell.
 */
final class PageScreenshots {

  /** From when on, event time, the pictures are taken: well after the demo's fault. */
  private static final String ENOUGH_SEEN =
      """
      document.querySelector('#answer').dataset.severity === 'alarm'
        && (document.querySelector('#freshness').textContent.match(/\\d\\d:\\d\\d/) ?? [''])[0] >= '%s'""";

  private static final String CHARTS_DRAWN =
      """
      ((all) => all.length > 0 && all.every((c) => c.querySelector('.line')))(
        [...document.querySelectorAll('.chart')].filter((c) => c.checkVisibility()))""";

  private static final String NO_CHARTS = "true";

  private final Chromium browser;
  private final URI page;
  private final Path folder;

  private PageScreenshots(Chromium browser, URI page, Path folder) {
    this.browser = browser;
    this.page = page;
    this.folder = folder;
  }

  /**
   * A picture.
   *
   * @param file its name
   * @param view the address after {@code /}
   * @param ready what must be true before it is taken
   * @param last the element that is the last one in it
   */
  private record Picture(
      String file, String view, int width, String theme, String ready, String last) {}

  /**
   * Runs it.
   *
   * @param arguments address of the page, folder of the pictures, and the earliest time of day,
   *     event time, such as {@code 01:20}
   */
  public static void main(String[] arguments) throws Exception {
    Path binary =
        Chromium.find().orElseThrow(() -> new IllegalStateException("no chromium on the PATH"));
    try (Chromium browser = Chromium.start(binary)) {
      new PageScreenshots(browser, URI.create(arguments[0]), Path.of(arguments[1]))
          .run(arguments[2]);
    }
  }

  private void run(String earliest) throws IOException {
    browser.emulate(1280, 900, "light");
    browser.open(page);
    browser.awaitAtMost(900, ENOUGH_SEEN.formatted(earliest));
    String model = browser.evaluate("document.querySelector('#news a').hash").asText();
    for (Picture picture :
        List.of(
            new Picture(
                "status-page.png", "", 1280, "light", CHARTS_DRAWN, "#cards article:first-child"),
            new Picture("status-model.png", model, 1280, "light", CHARTS_DRAWN, "#series-charts"),
            new Picture(
                "status-page-390.png",
                "",
                390,
                "light",
                CHARTS_DRAWN,
                "#cards article:first-child"),
            new Picture("status-model-390.png", model, 390, "dark", CHARTS_DRAWN, "#series-charts"),
            new Picture(
                "status-page-dark.png",
                "",
                1280,
                "dark",
                CHARTS_DRAWN,
                "#cards article:first-child"),
            new Picture(
                "status-alerts.png", "#/alerts", 1280, "light", NO_CHARTS, "#view-alerts"))) {
      take(picture);
    }
  }

  private void take(Picture picture) throws IOException {
    browser.emulate(picture.width(), 900, picture.theme());
    // Another query, so that the page is loaded and not only told of another hash.
    browser.open(page.resolve("/?" + picture.file() + picture.view()));
    browser.await("document.querySelector('#version').textContent !== 'Parallax'");
    browser.await(picture.ready());
    String findings = Geometry.findings(browser);
    if (!findings.isEmpty()) {
      throw new IllegalStateException(picture.file() + ": " + findings);
    }
    int height =
        browser
            .evaluate(
                "Math.ceil(document.querySelector('%s').getBoundingClientRect().bottom + scrollY + 8)"
                    .formatted(picture.last()))
            .asInt();
    Files.write(folder.resolve(picture.file()), browser.screenshot(picture.width(), height));
    System.out.println(folder.resolve(picture.file()));
  }
}
