package dev.parallax.core.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaneLengthTest {

  private final PaneLength minute = new PaneLength(Duration.ofMinutes(1));

  @Test
  void panesAreAlignedAlsoBefore1970() {
    assertThat(minute.startOf(0)).isZero();
    assertThat(minute.startOf(59_999)).isZero();
    assertThat(minute.startOf(60_000)).isEqualTo(60_000);
    assertThat(minute.startOf(-1)).isEqualTo(-60_000);
    assertThat(minute.endOf(60_000)).isEqualTo(120_000);
  }

  @Test
  void aPaneWithoutLengthIsRefused() {
    assertThatThrownBy(() -> new PaneLength(Duration.ZERO))
        .hasMessage("pane=PT0S: expected 1 ms or more");
  }
}
