package dev.parallax.exporter.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.drift.Figure;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.fleet.PageBudget;
import dev.parallax.core.window.Series;
import dev.parallax.exporter.LocalSources;
import dev.parallax.exporter.Scores;
import dev.parallax.exporter.SyntheticFleet;
import dev.parallax.exporter.accounting.IngestCounts;
import dev.parallax.exporter.accounting.IngestOutcome;
import dev.parallax.exporter.feed.FeedStatus;
import dev.parallax.exporter.fleet.FleetState;
import dev.parallax.exporter.web.WebConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusPageTest {

  private static final Path SHOTS = Path.of("target", "screenshots");
  private static final String CHARTS_DRAWN =
      "document.querySelectorAll('#cards .line').length === 3";

  private static Chromium browser;

  private final FakeFeed feed = new FakeFeed();
  private StatusServer server;

  @BeforeAll
  static void startBrowser() throws Exception {
    Optional<Path> binary = Chromium.find();
    Assumptions.assumeTrue(
        binary.isPresent(), "skipped: no chromium on the PATH (apt-get install chromium)");
    browser = Chromium.start(binary.get());
  }

  @AfterAll
  static void stopBrowser() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void saysInWordsWhichModelDivergedAndShowsItsFigures() {
    open(SyntheticFleet.create(), withIngest(), 1280, 900, "light");
    browser.await(CHARTS_DRAWN);

    assertThat(text("#headline")).isEqualTo("1 of 3 models has diverged");
    assertThat(text("#detail")).isEqualTo("diverged: e5-small-q8 · 2 healthy");
    assertThat(text("#rows tr:nth-child(1)"))
        .contains("e5-small-q8", "diverged", "bge-small-en@1.5", "of 4.0");
    assertThat(text("#rows tr:nth-child(2)")).contains("minilm-l6", "healthy");
    assertThat(text("#rows tr:nth-child(3)")).contains("minilm-l6-q8", "3,840");
    assertThat(text("#alert-list")).contains("diverged", "was healthy", "changed at about 11:30");
    assertThat(text("#cards article:nth-child(1)"))
        .contains(
            "Rolling CKA", "zoomed", "Pairs per pane", "threshold 4.0, cut at 12.0", "CKA 0.48");
    assertThat(text("#equations")).contains("360,000", "92,160", "sampled out", "balances");
    assertThat(text("#banner")).isEqualTo("demo: e5-small-q8 breaks at pane 90");
    assertThat(text("footer")).contains("The reference is an instrument, not the truth");
    assertThat(browser.evaluate("document.title").asText())
        .isEqualTo("1 of 3 models has diverged · Parallax");
  }

  @Test
  void explainsWhatIsWaitedForWhileThereIsNoScore() throws Exception {
    FleetState empty = emptyFleet();
    feed.status =
        new FeedStatus(
            true,
            true,
            false,
            Optional.of("topic x does not exist yet"),
            Map.of(),
            Map.of(),
            Map.of());
    open(empty, LocalSources.NONE, 360, 800, "light");
    browser.await("document.querySelector('#headline').textContent.startsWith('Waiting')");

    browser.screenshot(SHOTS.resolve("empty-360-light.png"), 360);

    assertThat(text("#headline")).isEqualTo("Waiting for the first score");
    assertThat(isVisible("#empty")).isTrue();
    assertThat(isVisible("#fleet")).isFalse();
    assertThat(text("#problem")).contains("topic x does not exist yet");
  }

  @Test
  void showsWhatArrivesWithoutBeingReloaded() {
    FleetState fleet = emptyFleet();
    open(fleet, LocalSources.NONE, 1280, 900, "light");
    browser.await("document.querySelector('#headline').textContent.startsWith('Waiting')");
    browser.evaluate("globalThis.sameDocument = true");

    fleet.accept(Scores.healthy("a", 1));
    browser.await("document.querySelector('#headline').textContent === 'The model is healthy'");
    fleet.accept(Scores.of(Scores.series("a"), 2, Verdict.ROTATED, Map.of(Figure.CKA, 0.9)));
    browser.await("document.querySelector('#headline').textContent === 'The model has rotated'");

    assertThat(text("#rows tr")).contains("rotated", "no interval");
    assertThat(browser.evaluate("globalThis.sameDocument").asBoolean()).isTrue();
    assertThat(text("#no-alerts")).contains("no verdict has changed");
  }

  @Test
  void keepsTheNodesOfWhatDidNotChange() {
    FleetState fleet = emptyFleet();
    fleet.accept(Scores.healthy("a", 1));
    open(fleet, LocalSources.NONE, 1280, 900, "light");
    browser.await("document.querySelectorAll('#cards .line').length === 1");
    browser.evaluate("globalThis.row = document.querySelector('#rows tr')");

    fleet.accept(Scores.healthy("a", 2));
    fleet.accept(Scores.healthy("A", 2));
    browser.await("document.querySelectorAll('#rows tr').length === 2");

    assertThat(browser.evaluate("row === document.querySelectorAll('#rows tr')[1]").asBoolean())
        .isTrue();
  }

  @Test
  void saysSoWhenTheServerIsGoneAndRecoversWhenItIsBack() {
    URI page = open(SyntheticFleet.create(), LocalSources.NONE, 1280, 900, "light");
    browser.await(CHARTS_DRAWN);
    server.close();
    browser.await("!document.querySelector('#lost').hidden");

    assertThat(text("#lost")).startsWith("Connection lost. Shown is what was known at ");
    assertThat(text("#headline")).isEqualTo("1 of 3 models has diverged");

    server =
        new StatusServer(
            "127.0.0.1",
            page.getPort(),
            WebConfig.NONE,
            emptyFleet(),
            feed,
            LocalSources.NONE,
            PageBudget.DEFAULT,
            "0.1.0");
    server.start();
    browser.await("document.querySelector('#lost').hidden");
    assertThat(text("#headline")).isEqualTo("Waiting for the first score");
  }

  @Test
  void aNameIsShownAsTextAndNeverRun() {
    FleetState fleet = emptyFleet();
    String name = "<img src=x onerror=document.title=1>";
    fleet.accept(
        Scores.of(
            Series.of(name, "<b>1</b>", "<i>r</i>"),
            1,
            Verdict.HEALTHY,
            Map.of(Figure.CKA, 0.5),
            "<u>why</u>"));
    open(fleet, LocalSources.NONE.withBanner(() -> "<s>banner</s>"), 360, 800, "light");
    browser.await("document.querySelectorAll('#cards .line').length === 1");

    assertThat(text("#rows tr")).contains(name, "<b>1</b>", "<i>r</i>");
    assertThat(text("#banner")).isEqualTo("<s>banner</s>");
    assertThat(
            browser
                .evaluate("document.querySelectorAll('main img, b, i:not(.meter i), u, s').length")
                .asInt())
        .isZero();
    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt()).isEqualTo(360);
  }

  @Test
  void theFullScaleShowsMinusATenthToOne() {
    open(SyntheticFleet.create(), LocalSources.NONE, 1280, 900, "light");
    browser.await(CHARTS_DRAWN);
    assertThat(text("#cards article:nth-child(2) .chart")).contains("axis 0.8", "zoomed");

    browser.evaluate("document.querySelector('#scale').click()");

    assertThat(text("#cards article:nth-child(2) .chart"))
        .contains("axis \u22120.1 to 1.0")
        .doesNotContain("zoomed");
  }

  @ParameterizedTest(name = "{0} px, {2}")
  @CsvSource({"1280, 900, light", "1280, 900, dark", "360, 800, light", "360, 800, dark"})
  void nothingIsWiderThanTheWindow(int width, int height, String theme) throws Exception {
    open(SyntheticFleet.create(), withIngest(), width, height, theme);
    browser.await(CHARTS_DRAWN);

    browser.screenshot(SHOTS.resolve("page-" + width + "-" + theme + ".png"), width);

    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(width);
    assertThat(browser.evaluate(OUTSIDE).asText()).isEmpty();
  }

  /** What sticks out to the right, though an ancestor may clip it. */
  private static final String OUTSIDE =
      """
      [...document.querySelectorAll('body *')]
        .filter((e) => !e.closest('thead') && e.getBoundingClientRect().right > innerWidth + 0.5)
        .map((e) => e.tagName + '.' + e.getAttribute('class') + ' ' + e.textContent)
        .join('\\n')""";

  private static FleetState emptyFleet() {
    return new FleetState(Duration.ofHours(1), 10, 100, Clock.systemUTC());
  }

  private static boolean isVisible(String selector) {
    return browser
        .evaluate("document.querySelector('" + selector + "').getClientRects().length > 0")
        .asBoolean();
  }

  private URI open(FleetState fleet, LocalSources local, int width, int height, String theme) {
    server =
        new StatusServer(
            "127.0.0.1", 0, WebConfig.NONE, fleet, feed, local, PageBudget.DEFAULT, "0.1.0");
    server.start();
    URI page = URI.create("http://127.0.0.1:" + server.port() + "/");
    browser.emulate(width, height, theme);
    browser.open(page);
    return page;
  }

  private static LocalSources withIngest() {
    IngestCounts counts =
        new IngestCounts(
            OptionalLong.of(360_640),
            true,
            List.of(
                new IngestCounts.Records("demo", IngestOutcome.ACCEPTED, 360_512),
                new IngestCounts.Records("demo", IngestOutcome.DUPLICATE, 64),
                new IngestCounts.Records("demo", IngestOutcome.REJECTED, 64)),
            List.of(new IngestCounts.Rejected("demo", "not_finite", 64)));
    return LocalSources.NONE
        .withIngest(() -> counts)
        .withBanner(() -> "demo: e5-small-q8 breaks at pane 90");
  }

  private static String text(String selector) {
    return browser.evaluate("document.querySelector('" + selector + "').textContent").asText();
  }
}
