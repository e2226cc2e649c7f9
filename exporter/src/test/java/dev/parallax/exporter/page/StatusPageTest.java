package dev.parallax.exporter.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.drift.Figure;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.window.Series;
import dev.parallax.exporter.LocalSources;
import dev.parallax.exporter.Scores;
import dev.parallax.exporter.SyntheticFleet;
import dev.parallax.exporter.accounting.IngestCounts;
import dev.parallax.exporter.accounting.IngestOutcome;
import dev.parallax.exporter.feed.FeedStatus;
import dev.parallax.exporter.fleet.FleetState;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StatusPageTest extends BrowserTest {

  private static final String CHARTS_DRAWN =
      "document.querySelectorAll('#cards .line').length === 3";

  @Test
  void saysInWordsWhichModelDivergedAndShowsItsFigures() {
    open(SyntheticFleet.create(), withIngest(), "", 1280, "light");
    browser.await(CHARTS_DRAWN);

    assertThat(text("#headline")).isEqualTo("1 of 3 models has diverged");
    assertThat(text("#detail")).isEqualTo("diverged: e5-small-q8 · 2 healthy");
    assertThat(text("#news li"))
        .contains(
            "e5-small-q8version 2.0divergedsince 11:34",
            "How sure: evidence 33.1 of 4.0 · CKA 0.48",
            "residual 1.9",
            "Why: translation residual 1.9 times its baseline for 30 panes",
            "What to do: runbook for diverged");
    assertThat(text("#rows tr:nth-child(1)"))
        .contains("e5-small-q8", "diverged", "since 11:34", "bge-small-en@1.5", "of 4.0");
    assertThat(text("#rows tr:nth-child(2)")).contains("minilm-l6", "healthy");
    assertThat(text("#rows tr:nth-child(3)")).contains("minilm-l6-q8", "3,840");
    assertThat(text("#alert-list"))
        .contains("healthy→diverged", "changed at about 11:30", "Runbook: diverged");
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
    open(empty, LocalSources.NONE, "", 390, "light");
    browser.await("document.querySelector('#headline').textContent.startsWith('Waiting')");

    browser.screenshot(SHOTS.resolve("empty-390-light.png"), 390);

    assertThat(text("#headline")).isEqualTo("Waiting for the first score");
    assertThat(isVisible("#empty")).isTrue();
    assertThat(isVisible("#fleet-table")).isFalse();
    assertThat(text("#problem")).contains("topic x does not exist yet");
  }

  @Test
  void showsWhatArrivesWithoutBeingReloaded() {
    FleetState fleet = emptyFleet();
    open(fleet);
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
    open(fleet);
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
    URI page = open(SyntheticFleet.create());
    browser.await(CHARTS_DRAWN);
    server.close();
    browser.await("!document.querySelector('#lost').hidden");

    assertThat(text("#lost")).startsWith("Connection lost. Shown is what was known at ");
    assertThat(text("#headline")).isEqualTo("1 of 3 models has diverged");

    serve(emptyFleet(), LocalSources.NONE, page.getPort());
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
    open(fleet, LocalSources.NONE.withBanner(() -> "<s>banner</s>"), "", 390, "light");
    browser.await("document.querySelectorAll('#cards .line').length === 1");

    assertThat(text("#rows tr")).contains(name, "<b>1</b>", "<i>r</i>");
    assertThat(text("#banner")).isEqualTo("<s>banner</s>");
    assertThat(
            browser
                .evaluate("document.querySelectorAll('main img, b, i:not(.meter i), u, s').length")
                .asInt())
        .isZero();
    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt()).isEqualTo(390);
  }

  @Test
  void theFullScaleShowsMinusATenthToOne() {
    open(SyntheticFleet.create());
    browser.await(CHARTS_DRAWN);
    assertThat(text("#cards article:nth-child(2) .chart")).contains("axis 0.8", "zoomed");

    browser.evaluate("document.querySelector('#scale').click()");

    assertThat(text("#cards article:nth-child(2) .chart"))
        .contains("axis \u22120.1 to 1.0")
        .doesNotContain("zoomed");
  }

  @Test
  void leadsFromTheFleetToTheModelToItsRunbookAndBack() {
    open(SyntheticFleet.create());
    browser.await(CHARTS_DRAWN);

    click("#news a");
    awaitText("#series-title", "e5-small-q8: diverged");
    awaitCharts();
    assertThat(text("#series-particulars"))
        .isEqualTo("version 2.0 · against bge-small-en@1.5 · since 2026-11-22 11:34");
    assertThat(text("#sure-evidence"))
        .isEqualTo(
            "Evidence 33.1 of 4.0 (log₁₀): past the threshold, which a healthy model passes at most"
                + " once in 10,000 panes on average.");
    assertThat(text("#sure-cka")).matches("CKA 0.48\\d \\(95%: 0.47\\d to 0.49\\d\\).*baseline.");
    assertThat(text("#why"))
        .contains("translation residual 1.9 times", "below its baseline interval 0.79 to 0.82");
    assertThat(text("#advice")).contains("what was deployed", "Roll back");
    assertThat(text("#in-short-text")).isEqualTo("1 of 3 models has diverged");
    assertThat(text("#provenance")).contains("b-1", "c0ffee", "cpu", "1,000 in", "ab".repeat(32));
    assertThat(text("#series-replay"))
        .contains(
            "./parallax replay --config parallax.yaml --from 2026-11-22T11:45:00Z"
                + " --to 2026-11-22T12:00:00Z --out audit-e5-small-q8-2026-11-22T12-00-00Z");
    assertThat(text("#series-alerts")).contains("changed at about 11:30");

    click("#runbook");
    browser.await("document.title.startsWith('ModelDiverged')");
    assertThat(text("main")).contains("Who is hurt", "./parallax replay");

    click("nav a");
    browser.await(CHARTS_DRAWN);
    assertThat(text("#headline")).isEqualTo("1 of 3 models has diverged");
  }

  @Test
  void anAlertLeadsToTheModelAtItsTime() {
    open(SyntheticFleet.create());
    browser.await(CHARTS_DRAWN);
    click("#to-alerts");
    awaitText("#alerts-note", "1, newest first");
    click("#all-alerts summary");
    assertThat(text("#all-alerts .command code"))
        .contains("--from 2026-11-22T11:19:00Z --to 2026-11-22T11:34:00Z");

    click("#all-alerts .what a");

    awaitText("#figures-title", "Figures of the pane that ended 2026-11-22 11:34");
    assertThat(text("#figures-title")).doesNotContain("newest");
    assertThat(text("#figures")).contains("Traffic, MMD²", "Effective rank", "Subspace overlap");
    assertThat(count("#series-charts .cursor[d^=M]")).isEqualTo(2);
    assertThat(browser.evaluate("document.activeElement.id").asText()).isEqualTo("series-title");
  }

  @Test
  void aFigureThatCannotBeStatedIsNotANumber() {
    FleetState fleet = emptyFleet();
    fleet.accept(Scores.of(Scores.series("a"), 1, Verdict.DEGENERATE, Map.of(), "no variance"));
    open(fleet, LocalSources.NONE, "#/model/a/1/bge-small@1.5", 1280, "light");
    awaitCharts();

    assertThat(text("#sure-cka")).isEqualTo("CKA cannot be stated.");
    assertThat(text("#series-charts"))
        .contains("none before there is a baseline", "cannot be stated");
    assertThat(text("#figures")).contains("Rolling CKA", "–");
    assertThat(text("main")).doesNotContain("NaN", "undefined", "null", "Infinity");
  }

  @Test
  void anAddressOfAModelThatIsNotShownSaysSo() {
    open(SyntheticFleet.create(), LocalSources.NONE, "#/model/gone/1/r/lang%3Dde", 1280, "light");
    awaitText("#series-title", "gone is not shown");

    assertThat(text("#series-particulars")).isEqualTo("version 1 · slice lang=de · against r");
    assertThat(isVisible("#series-missing")).isTrue();
    assertThat(isVisible("#series-charts")).isFalse();
  }

  @Test
  void twoHundredSeriesAreNarrowedByNameAndVerdictInAnAddressToShare() {
    URI page = open(CrowdedFleet.create());
    browser.await("document.querySelectorAll('#rows tr').length === 50");
    assertThat(text("#rows tr:nth-child(1) .verdict")).isIn("collapsed", "diverged", "degenerate");
    assertThat(text("#more")).isEqualTo("Show all 200 series");

    click("#filter-find");
    browser.type("of-");
    browser.await("document.querySelectorAll('#rows tr').length === 12");
    assertThat(text("#filtered")).isEqualTo("12 of 200 series");
    assertThat(browser.evaluate("location.hash").asText()).isEqualTo("#/?find=of-");

    browser.evaluate(
        "document.querySelector('#filter-verdict').value = 'silent';"
            + "document.querySelector('#filter-verdict').dispatchEvent(new Event('change'))");
    browser.await("document.querySelectorAll('#rows tr').length === 1");
    assertThat(text("#rows tr")).contains("of-silent", "silent");
    assertThat(browser.evaluate("location.hash").asText()).isEqualTo("#/?find=of-&verdict=silent");

    String shared = browser.evaluate("location.hash").asText();
    browser.open(page.resolve("/?sent-to-a-colleague" + shared));
    browser.await("document.querySelectorAll('#rows tr').length === 1");
    assertThat(text("#rows tr")).contains("of-silent");

    browser.evaluate("location.hash = '#/?find=nobody'");
    browser.await("document.querySelectorAll('#rows tr').length === 0");
    assertThat(isVisible("#none-wanted")).isTrue();
  }

  @Test
  void aDrillIsMarkedAsOneAndComesAfterWhatIsReal() {
    FleetState fleet = SyntheticFleet.create();
    fleet.accept(Scores.of(Scores.series("drill.minilm-l6"), 1, Verdict.COLLAPSED, Map.of(), "x"));
    open(fleet);
    browser.await("document.querySelectorAll('#rows tr').length === 4");

    assertThat(text("#headline")).isEqualTo("1 of 3 models has diverged");
    assertThat(text("#detail")).endsWith("1 drill");
    assertThat(text("#rows tr:nth-child(4) th")).contains("drill.minilm-l6", " drill");
    assertThat(count("#rows .tag")).isEqualTo(1);

    click("#rows tr:nth-child(4) a");
    awaitText("#series-title", "drill.minilm-l6 (a drill): collapsed");
    assertThat(text("#relative-rows")).contains("minilm-l6").doesNotContain("e5-small-q8");
  }

  @Test
  void slicesAndProbesOfAModelAreBesideIt() {
    open(CrowdedFleet.create());
    browser.await("document.querySelectorAll('#rows tr').length === 50");
    browser.evaluate(
        "[...document.querySelectorAll('#rows a')]"
            + ".find((a) => a.textContent === `%s`).click()".formatted(CrowdedFleet.LONG));
    browser.await("document.querySelectorAll('#relative-rows tr').length === 4");
    assertThat(text("#relative-rows"))
        .contains(
            "slice tenant=a-customer-with-a-long-name", "slice language=de", "probes", "drill");

    browser.evaluate(
        "[...document.querySelectorAll('#relative-rows tr')]"
            + ".find((r) => r.textContent.includes('probes')).querySelector('a').click()");
    awaitText("#series-charts", "Smallest probe cosine");
    assertThat(text("#sure-evidence")).contains("Probes are compared one to one");
  }

  @Test
  void theKeyboardReachesEverythingAndStepsThroughTheCharts() {
    open(SyntheticFleet.create());
    browser.await(CHARTS_DRAWN);
    StringBuilder reached = new StringBuilder();
    for (int i = 0; i < 40 && !reached.toString().contains("/metrics"); i++) {
      browser.press("Tab", 9);
      reached.append(
          browser
              .evaluate(
                  "(({tagName, textContent, className}) => tagName + ' '"
                      + " + (tagName === 'svg' ? '' : textContent) + '\\n')(document.activeElement)")
              .asText());
    }
    assertThat(reached)
        .contains(
            "A Fleet",
            "A Alerts",
            "A e5-small-q8",
            "A runbook for diverged",
            "A minilm-l6",
            "BUTTON Full scale",
            "svg",
            "A Runbook: diverged",
            "A All alerts (1)",
            "A /metrics");

    browser.evaluate("document.querySelector('#cards .chart').focus()");
    browser.press("ArrowLeft", 37);
    browser.press("ArrowLeft", 37);
    assertThat(text("#cards .readout")).startsWith("2026-11-22 11:59");
  }

  @Test
  void whatAScreenReaderNeedsIsThere() {
    open(SyntheticFleet.create());
    browser.await(CHARTS_DRAWN);

    assertThat(browser.evaluate("document.querySelector('#headline').ariaLive").asText())
        .isEqualTo("polite");
    assertThat(browser.evaluate("document.querySelector('#to-fleet').ariaCurrent").asText())
        .isEqualTo("page");
    assertThat(browser.evaluate("document.querySelector('#cards .chart').ariaLabel").asText())
        .startsWith("e5-small-q8 over 120 panes. Newest: 2026-11-22 12:00 · CKA 0.48")
        .endsWith("Arrow keys step through the panes.");
    assertThat(
            browser
                .evaluate(
                    "[...document.querySelectorAll('h1, h2, h3')].filter((h) => h.checkVisibility())"
                        + ".map((h) => h.tagName + ' ' + h.textContent).join('|')")
                .asText())
        .isEqualTo(
            "H1 1 of 3 models has diverged|H2 Fleet|H2 Over event time|H3 e5-small-q8|"
                + "H3 minilm-l6|H3 minilm-l6-q8|H2 Newest alerts|H2 Where every event went");
    // Shape and word beside every colour.
    assertThat(
            browser
                .evaluate(
                    "[...document.querySelectorAll('.verdict')].every((v) =>"
                        + " v.querySelector('svg.mark path') && v.textContent.length > 3)")
                .asBoolean())
        .isTrue();
  }

  @Test
  void nothingMovesWhenNewScoresArrive() {
    FleetState fleet = SyntheticFleet.create();
    open(fleet);
    browser.await(CHARTS_DRAWN);
    browser.evaluate(
        "globalThis.shifts = 0; new PerformanceObserver((list) => list.getEntries().forEach((e) =>"
            + " { shifts += e.value; })).observe({type: 'layout-shift'})");

    for (int pane = 120; pane < 123; pane++) {
      for (String model : new String[] {"minilm-l6", "minilm-l6-q8"}) {
        Series series = Series.of(model, "2026-10", "bge-small-en@1.5");
        fleet.accept(Scores.of(series, pane, Verdict.HEALTHY, Map.of(Figure.CKA, 0.86)));
      }
      String ended = "12:0" + (pane - 119);
      awaitText("#cards article:nth-child(2) .readout", ended);
    }
    browser.awaitFrame();

    assertThat(browser.evaluate("shifts").asDouble()).isLessThan(0.001);
  }

  @Test
  void nothingIsAskedOfAnyOtherServer() {
    URI page = open(SyntheticFleet.create(), LocalSources.NONE, "", 1280, "light");
    browser.await(CHARTS_DRAWN);

    assertThat(
            browser
                .evaluate(
                    "performance.getEntriesByType('resource').map((e) => new URL(e.name).origin)"
                        + ".filter((o, i, all) => all.indexOf(o) === i).join(' ')")
                .asText())
        .isEqualTo("http://127.0.0.1:" + page.getPort());
  }

  private static FleetState emptyFleet() {
    return new FleetState(Duration.ofHours(1), 10, 100, Clock.systemUTC());
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
}
