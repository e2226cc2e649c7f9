package dev.parallax.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.core.Topics;
import dev.parallax.core.fleet.PageBudget;
import dev.parallax.exporter.web.WebConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExporterConfigTest {

  @Test
  void listensOnLoopbackUnlessToldOtherwise() {
    ExporterConfig config = ExporterConfig.of("localhost:9092");

    assertThat(config.host()).isEqualTo("127.0.0.1");
    assertThat(config.withAddress("0.0.0.0", 9).host()).isEqualTo("0.0.0.0");
    assertThat(config.withAddress("0.0.0.0", 9).port()).isEqualTo(9);
  }

  @Test
  void namesTheKeyThatIsWrongItsValueAndWhatWasExpected() {
    assertThatThrownBy(() -> ExporterConfig.of(" ")).hasMessageContaining("bootstrap-servers= ");
    assertThatThrownBy(() -> ExporterConfig.of("k:9092").withAddress("127.0.0.1", 70_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("exporter.port=70000: expected 0 to 65535");
    assertThatThrownBy(() -> ExporterConfig.of("k:9092").withAddress("", 80))
        .hasMessage("exporter.host=: expected an address");
    assertThatThrownBy(() -> bounds(Duration.ZERO, 1, 1))
        .hasMessage("exporter.series-retention=PT0S: expected more than 0");
    assertThatThrownBy(() -> bounds(Duration.ofHours(1), 0, 1))
        .hasMessage("exporter.max-series=0: expected 1 or more");
    assertThatThrownBy(() -> bounds(Duration.ofHours(1), 1, 0))
        .hasMessage("exporter.history-points=0: expected 1 or more");
  }

  private static ExporterConfig bounds(Duration retention, int maxSeries, int historyPoints) {
    return new ExporterConfig(
        "k:9092",
        Topics.DEFAULT,
        "127.0.0.1",
        0,
        WebConfig.NONE,
        retention,
        maxSeries,
        historyPoints,
        PageBudget.DEFAULT,
        Set.of(),
        Map.of());
  }
}
