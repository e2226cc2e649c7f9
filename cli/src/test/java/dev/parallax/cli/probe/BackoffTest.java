package dev.parallax.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");

  private final Random random = new Random(1);

  @Test
  void waitsGrowUpToAnEndAndAreSpread() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ZERO, 9);

    for (int failures = 1; failures < 9; failures++) {
      double sum = 0;
      for (int i = 0; i < 1_000; i++) {
        Duration wait = backoff.after(failures, Optional.empty(), random).orElseThrow();
        assertThat(wait.toMillis()).isBetween(0L, Math.min(5_000, 1_000L << (failures - 1)));
        sum += wait.toMillis();
      }
      // The mean is half of the upper end; its deviation with 1,000 draws is 1%.
      assertThat(sum / 1_000).isBetween(0.45, 0.55 * Math.min(5_000, 1_000L << (failures - 1)));
    }
    assertThat(backoff.after(9, Optional.empty(), random)).isEmpty();
  }

  @Test
  void whatTheEndpointAsksForIsKeptUnlessItIsTooLong() {
    assertThat(Backoff.DEFAULT.after(1, Optional.of(Duration.ofSeconds(40)), random))
        .contains(Duration.ofSeconds(40));
    assertThat(Backoff.DEFAULT.after(1, Optional.of(Duration.ofHours(1)), random)).isEmpty();
  }

  @Test
  void aHeaderAsksInSecondsOrForADate() {
    assertThat(Backoff.asked(" 7 ", NOW)).contains(Duration.ofSeconds(7));
    assertThat(Backoff.asked("Sun, 22 Nov 2026 10:16:00 GMT", NOW))
        .contains(Duration.ofSeconds(30));
    assertThat(Backoff.asked("Sun, 22 Nov 2026 10:15:00 GMT", NOW)).contains(Duration.ZERO);
    assertThat(Backoff.asked("soon", NOW)).isEmpty();
    assertThat(Backoff.asked("-3", NOW)).isEmpty();
  }
}
