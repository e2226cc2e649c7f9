package dev.parallax.exporter.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.window.Series;
import dev.parallax.exporter.LocalSources;
import dev.parallax.exporter.Scores;
import dev.parallax.exporter.SyntheticFleet;
import dev.parallax.exporter.fleet.FleetState;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/**
 * Whether the charts show anything: counts the pixels that have the colour of a line or of bars in
 * each panel of a picture of the page.
 */
class PageChartsTest extends BrowserTest {

  private static final String MODEL = "#/model/e5-small-q8/2.0/bge-small-en%401.5";

  /** Where each panel is in the picture: from below its title to above the next. */
  private static final String PANELS =
      """
      [...document.querySelectorAll('.chart')].filter((c) => c.checkVisibility()).flatMap((chart) => {
        const box = chart.getBoundingClientRect();
        const titles = [...chart.querySelectorAll('.title')].map((t) => t.getBoundingClientRect());
        const names = [...chart.querySelectorAll('.title')].map((t) => t.textContent);
        return names.map((name, i) => ({
          name,
          left: Math.round(box.left + 50),
          right: Math.round(box.right - 10),
          top: Math.round(titles[i].bottom + scrollY + (i === 0 ? 14 : 4)),
          bottom: Math.round((titles[i + 1]?.top ?? box.bottom - 20) + scrollY),
        }));
      })""";

  private static final int LINE = 0x2b5cc9;
  private static final int EVIDENCE = 0x1b1f26;
  private static final int BARS = 0xa4a9b1;

  @Test
  void everyPanelOfTheFleetHasItsLineOrBars() throws Exception {
    open(SyntheticFleet.create());
    awaitCharts();

    assertThat(inkOfPanels())
        .hasSize(9)
        .allSatisfy((panel, ink) -> assertThat(ink).isGreaterThan(150));
  }

  @Test
  void everyPanelOfAModelHasItsLineOrBars() throws Exception {
    open(SyntheticFleet.create(), LocalSources.NONE, MODEL, 1280, "light");
    awaitCharts();

    assertThat(inkOfPanels())
        .hasSize(9)
        .allSatisfy((panel, ink) -> assertThat(ink).isGreaterThan(150));
  }

  @Test
  void theChartsOfANarrowWindowAreNotEmptyEither() throws Exception {
    open(SyntheticFleet.create(), LocalSources.NONE, MODEL, 390, "light");
    awaitCharts();

    assertThat(inkOfPanels())
        .hasSize(9)
        .allSatisfy((panel, ink) -> assertThat(ink).isGreaterThan(100));
  }

  @Test
  void theCheckSeesAnEmptyChart() throws Exception {
    FleetState fleet = new FleetState(Duration.ofHours(1), 10, 100, Clock.systemUTC());
    for (int pane = 0; pane < 60; pane++) {
      Series series = Series.of("e5-small-q8", "2.0", "bge-small-en@1.5");
      fleet.accept(Scores.of(series, pane, Verdict.HEALTHY, Map.of()));
    }
    open(fleet, LocalSources.NONE, MODEL, 1280, "light");
    awaitCharts();

    Map<String, Integer> ink = inkOfPanels();

    assertThat(ink.remove("Pairs per pane 0")).isGreaterThan(150);
    assertThat(ink).hasSize(8).allSatisfy((panel, pixels) -> assertThat(pixels).isZero());
  }

  private static Map<String, Integer> inkOfPanels() throws IOException {
    JsonNode panels = browser.evaluate(PANELS);
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(browser.screenshot(1280)));
    Map<String, Integer> ink = new LinkedHashMap<>();
    for (JsonNode panel : panels) {
      String name = panel.get("name").asText();
      int colour = name.startsWith("Pairs") ? BARS : name.startsWith("Evidence") ? EVIDENCE : LINE;
      int number = 0;
      while (ink.containsKey(name + " " + number)) {
        number++;
      }
      ink.put(name + " " + number, inkOf(picture, panel, colour));
    }
    return ink;
  }

  private static int inkOf(BufferedImage picture, JsonNode panel, int colour) {
    int count = 0;
    for (int y = panel.get("top").asInt(); y < panel.get("bottom").asInt(); y++) {
      for (int x = panel.get("left").asInt(); x < panel.get("right").asInt(); x++) {
        count += isNear(picture.getRGB(x, y), colour) ? 1 : 0;
      }
    }
    return count;
  }

  private static boolean isNear(int rgb, int colour) {
    int away = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      away = Math.max(away, Math.abs((rgb >> shift & 0xff) - (colour >> shift & 0xff)));
    }
    return away < 40;
  }
}
