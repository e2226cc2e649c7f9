package dev.parallax.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.core.window.PaneLength;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrackerSettingsTest {

  /** Settings that are fine but for one. */
  private static TrackerSettings with(String name, String value) {
    Map<String, String> settings =
        new LinkedHashMap<>(
            Map.of(
                "windowPanes", "15",
                "minPairs", "512",
                "fitPanes", "50",
                "holdOutPanes", "50",
                "strata", "16",
                "ridge", "0.01",
                "margin", "0.05",
                "floor", "0",
                "panesBetweenFalsePages", "10000",
                "silentAfter", "PT5M"));
    settings.put(name, value);
    return new TrackerSettings(
        new PaneLength(Duration.ofMinutes(1)),
        Integer.parseInt(settings.get("windowPanes")),
        Integer.parseInt(settings.get("minPairs")),
        Integer.parseInt(settings.get("fitPanes")),
        Integer.parseInt(settings.get("holdOutPanes")),
        Integer.parseInt(settings.get("strata")),
        Double.parseDouble(settings.get("ridge")),
        Double.parseDouble(settings.get("margin")),
        Double.parseDouble(settings.get("floor")),
        Double.parseDouble(settings.get("panesBetweenFalsePages")),
        Duration.parse(settings.get("silentAfter")),
        7,
        ArmingRule.DEFAULT);
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          windowPanes | 0 | monitor.window-panes=0: expected 1 or more
          minPairs | 0 | monitor.baseline.min-pairs=0: expected 1 or more
          fitPanes | 0 | monitor.baseline.fit-panes=0: expected 1 or more
          holdOutPanes | 1 | monitor.baseline.hold-out-panes=1: expected 2 or more
          strata | 0 | monitor.baseline.strata=0: expected 1 or more
          ridge | 0 | monitor.baseline.ridge=0.0: expected a finite number above 0
          ridge | NaN | monitor.baseline.ridge=NaN: expected a finite number above 0
          margin | -1 | monitor.detector.margin=-1.0: expected a finite number above 0
          margin | Infinity | monitor.detector.margin=Infinity: expected a finite number above 0
          floor | -0.1 | monitor.detector.floor=-0.1: expected a finite number, 0 or more
          floor | NaN | monitor.detector.floor=NaN: expected a finite number, 0 or more
          panesBetweenFalsePages | 1 | panes between false pages: expected a finite number above 1, got 1.0
          panesBetweenFalsePages | Infinity | panes between false pages: expected a finite number above 1, got Infinity
          silentAfter | PT30S | monitor.silent-after=PT30S: expected one or more whole panes of PT1M
          silentAfter | PT2M30S | monitor.silent-after=PT2M30S: expected one or more whole panes of PT1M
          silentAfter | PT-5M | monitor.silent-after=PT-5M: expected one or more whole panes of PT1M
          """)
  void aBadSettingIsRefusedWithItsKeyItsValueAndWhatWasExpected(
      String name, String value, String message) {
    assertThatThrownBy(() -> with(name, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void theSmallestSettingsAreFine() {
    assertThat(with("silentAfter", "PT1M").silentAfter()).isEqualTo(Duration.ofMinutes(1));
    assertThat(with("holdOutPanes", "2").holdOutPanes()).isEqualTo(2);
    assertThat(with("fitPanes", "1").fitPanes()).isEqualTo(1);
  }
}
