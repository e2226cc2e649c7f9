package dev.parallax.cli.demo.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final double NO_LIMIT = Double.MAX_VALUE;

  /** An odd start: readings of the clock mean nothing by themselves. */
  private static final long START = -987_654_321;

  private final Pace pace = new Pace(60, START);

  private static long at(double seconds) {
    return START + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
  }

  @Test
  void eventTimeRunsAtTheSpeed() {
    assertThat(pace.advance(at(1), NO_LIMIT)).isCloseTo(60_000, within(1e-6));
    assertThat(pace.advance(at(2.5), NO_LIMIT)).isCloseTo(150_000, within(1e-6));
  }

  @Test
  void itStandsAtItsLimitAndThenCatchesUpWithoutABurst() {
    pace.advance(at(1), NO_LIMIT);
    assertThat(pace.advance(at(10), 61_000)).isEqualTo(61_000);

    assertThat(pace.advance(at(11), NO_LIMIT)).isCloseTo(61_000 + 90_000, within(1e-6));
    for (int second = 12; second <= 60; second++) {
      pace.advance(at(second), NO_LIMIT);
    }
    assertThat(pace.advance(at(61), NO_LIMIT)).isCloseTo(61 * 60_000, within(1e-6));
  }

  @Test
  void itNeverRunsBackwards() {
    pace.advance(at(2), NO_LIMIT);

    assertThat(pace.advance(at(1), NO_LIMIT)).isCloseTo(120_000, within(1e-6));
    assertThat(pace.advance(at(3), 5)).isCloseTo(120_000, within(1e-6));
  }

  @Test
  void theWaitIsTheDistanceAtThatSpeed() {
    pace.advance(at(1), NO_LIMIT);

    assertThat(pace.nanosUntil(120_000)).isEqualTo(TimeUnit.SECONDS.toNanos(1));
    assertThat(pace.nanosUntil(1)).isZero();
  }

  @Test
  void aSpeedOfZeroIsRefused() {
    assertThatThrownBy(() -> new Pace(0, START))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("speed=0.0: expected more than 0");
  }
}
