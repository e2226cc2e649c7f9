package dev.parallax.cli.demo.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class SimulatedClockTest {

  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

  private final SimulatedClock clock = new SimulatedClock(START);

  @Test
  void standsUntilItIsMoved() {
    assertThat(clock.instant()).isEqualTo(START);

    clock.advanceTo(START.plusSeconds(60).toEpochMilli());

    assertThat(clock.instant()).isEqualTo(START.plusSeconds(60));
    assertThat(clock.millis()).isEqualTo(START.plusSeconds(60).toEpochMilli());
  }

  @Test
  void neverGoesBack() {
    clock.advanceTo(START.minusSeconds(1).toEpochMilli());

    assertThat(clock.instant()).isEqualTo(START);
  }

  @Test
  void aViewInAnotherZoneMovesWithIt() {
    Clock view = clock.withZone(ZoneId.of("Asia/Tokyo"));

    clock.advanceTo(START.plusSeconds(1).toEpochMilli());

    assertThat(view.instant()).isEqualTo(START.plusSeconds(1));
    assertThat(view.getZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
  }
}
