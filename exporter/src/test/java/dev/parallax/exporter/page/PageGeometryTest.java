package dev.parallax.exporter.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.exporter.LocalSources;
import dev.parallax.exporter.SyntheticFleet;
import dev.parallax.exporter.fleet.FleetState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No text is cut, covered or outside the window, on any view, narrow or wide, light or dark. */
class PageGeometryTest extends BrowserTest {

  private static final String BANNER =
      "A demo: at 00:30 of event time support-router/1.4.2 breaks: its maximal length was set to 5"
          + " tokens; product-matcher/3.0.1 changes: its traffic moves to other topics.";

  private static final String ALARMED_MODEL =
      "#/model/"
          + encoded(CrowdedFleet.LONG)
          + "/"
          + encoded(CrowdedFleet.LONG_VERSION)
          + "/"
          + encoded(CrowdedFleet.REFERENCE);

  private enum Fleet {
    EMPTY,
    THREE,
    CROWDED;

    FleetState create() {
      return switch (this) {
        case EMPTY -> new FleetState(Duration.ofHours(1), 10, 100, Clock.systemUTC());
        case THREE -> SyntheticFleet.create();
        case CROWDED -> CrowdedFleet.create();
      };
    }
  }

  private static Stream<Arguments> views() {
    return Stream.of(
            Arguments.of(Fleet.EMPTY, "", "empty"),
            Arguments.of(Fleet.THREE, "", "fleet"),
            Arguments.of(Fleet.THREE, "#/model/e5-small-q8/2.0/bge-small-en%401.5", "model"),
            Arguments.of(Fleet.THREE, "#/alerts", "alerts"),
            Arguments.of(Fleet.CROWDED, "", "fleet-crowded"),
            Arguments.of(Fleet.CROWDED, ALARMED_MODEL, "model-crowded"),
            Arguments.of(Fleet.CROWDED, ALARMED_MODEL + "/probe", "model-probes"),
            Arguments.of(
                Fleet.CROWDED,
                "#/model/of-degenerate/1/" + encoded(CrowdedFleet.REFERENCE),
                "model-degenerate"),
            Arguments.of(
                Fleet.CROWDED,
                "#/model/of-warming/1/" + encoded(CrowdedFleet.REFERENCE),
                "model-warming"),
            Arguments.of(Fleet.CROWDED, "#/model/nobody/1/r", "model-missing"),
            Arguments.of(Fleet.CROWDED, "#/alerts", "alerts-crowded"),
            Arguments.of(Fleet.THREE, "docs/runbooks/diverged.md", "runbook"),
            Arguments.of(Fleet.THREE, "docs/verdicts.md", "manual"))
        .flatMap(
            view ->
                Stream.of(
                    Arguments.of(view.get()[0], view.get()[1], view.get()[2], 1280, "light"),
                    Arguments.of(view.get()[0], view.get()[1], view.get()[2], 800, "light"),
                    Arguments.of(view.get()[0], view.get()[1], view.get()[2], 390, "dark")));
  }

  @ParameterizedTest(name = "{2}, {3} px")
  @MethodSource("views")
  void everyTextCanBeRead(Fleet fleet, String view, String name, int width, String theme)
      throws Exception {
    open(fleet.create(), LocalSources.NONE.withBanner(() -> BANNER), view, width, theme);
    if (!view.startsWith("docs/")) {
      browser.await("document.querySelector('#version').textContent !== 'Parallax'");
      if (fleet != Fleet.EMPTY && !view.contains("alerts") && !name.endsWith("missing")) {
        awaitCharts();
      }
    } else {
      browser.await("document.readyState === 'complete'");
    }

    browser.screenshot(SHOTS.resolve(name + "-" + width + "-" + theme + ".png"), width);

    assertThat(Geometry.findings(browser)).isEmpty();
    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(width);
  }

  @Test
  void theCheckSeesWhatCannotBeRead() {
    open(SyntheticFleet.create());
    awaitCharts();
    String plant =
        """
        document.querySelector('main').insertAdjacentHTML('beforeend', `
          <p id="wide">wide</p><p id="cut">cut</p><p id="over">over</p>`);
        Object.assign(document.querySelector('#wide').style,
          {position: 'absolute', left: (innerWidth - 5) + 'px'});
        Object.assign(document.querySelector('#cut').style, {height: '9px', overflow: 'hidden'});
        Object.assign(document.querySelector('#over').style,
          {position: 'relative', top: '-12px', height: '0'});
        0""";
    browser.evaluate(plant);

    assertThat(Geometry.findings(browser))
        .contains("outside the window: wide", "cut by P.null: cut", "on top of each other: ");
  }

  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8);
  }
}
