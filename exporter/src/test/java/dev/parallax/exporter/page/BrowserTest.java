package dev.parallax.exporter.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.fleet.PageBudget;
import dev.parallax.exporter.LocalSources;
import dev.parallax.exporter.fleet.FleetState;
import dev.parallax.exporter.web.WebConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/**
 * Tests of the page as a browser shows it. Where there is no Chromium they are skipped, unless the
 * system property {@code parallax.browser} is {@code required}.
 */
abstract class BrowserTest {

  static final Path SHOTS = Path.of("target", "screenshots");

  static Chromium browser;

  final FakeFeed feed = new FakeFeed();
  StatusServer server;

  @BeforeAll
  static void startBrowser() throws Exception {
    Optional<Path> binary = Chromium.find();
    if ("required".equals(System.getProperty("parallax.browser"))) {
      assertThat(binary).as("chromium on the PATH, since -Dparallax.browser=required").isPresent();
    }
    Assumptions.assumeTrue(
        binary.isPresent(), "skipped: no chromium on the PATH (apt-get install chromium)");
    browser = Chromium.start(binary.get());
  }

  @AfterAll
  static void stopBrowser() throws Exception {
    if (browser != null) {
      browser.close();
      browser = null;
    }
  }

  @AfterEach
  void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  /** Serves this fleet, and opens its page in a desktop's window. */
  URI open(FleetState fleet) {
    return open(fleet, LocalSources.NONE, "", 1280, "light");
  }

  /**
   * Serves this fleet and opens a view of it.
   *
   * @param view the address after {@code /}, such as {@code #/alerts}
   */
  URI open(FleetState fleet, LocalSources local, String view, int width, String theme) {
    serve(fleet, local, 0);
    URI page = URI.create("http://127.0.0.1:" + server.port() + "/" + view);
    browser.emulate(width, 900, theme);
    browser.open(page);
    return page;
  }

  void serve(FleetState fleet, LocalSources local, int port) {
    server =
        new StatusServer(
            "127.0.0.1", port, WebConfig.NONE, fleet, feed, local, PageBudget.DEFAULT, "0.1.0");
    server.start();
  }

  static String text(String selector) {
    return browser.evaluate("document.querySelector(`" + selector + "`).textContent").asText();
  }

  static int count(String selector) {
    return browser.evaluate("document.querySelectorAll(`" + selector + "`).length").asInt();
  }

  static boolean isVisible(String selector) {
    return browser
        .evaluate("document.querySelector(`" + selector + "`).getClientRects().length > 0")
        .asBoolean();
  }

  /** Clicks in the middle of an element, which must be in sight there. */
  static void click(String selector) {
    browser.click(selector);
  }

  /** Waits for the text of an element. */
  static void awaitText(String selector, String part) {
    browser.await(
        "document.querySelector(`" + selector + "`).textContent.includes(`" + part + "`)");
  }

  /** Waits until every chart that is in sight is drawn. */
  static void awaitCharts() {
    browser.await(
        "((all) => all.length > 0 && all.every((c) => c.querySelector('.title')))"
            + "([...document.querySelectorAll('.chart')].filter((c) => c.getClientRects().length))");
  }
}
