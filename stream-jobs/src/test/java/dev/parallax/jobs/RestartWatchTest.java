package dev.parallax.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RestartWatchTest {

  private final Now clock = new Now();
  private final RestartWatch watch = new RestartWatch(clock);

  @Test
  void fiveRestartsWithinTenMinutesAreTooMany() {
    assertThat(watch.problem(0)).isEmpty();
    for (int restarts = 1; restarts <= 4; restarts++) {
      clock.advance(Duration.ofMinutes(2));
      assertThat(watch.problem(restarts)).isEmpty();
    }
    clock.advance(Duration.ofMinutes(2));
    assertThat(watch.problem(5))
        .hasValue("the monitoring job fails again and again: 5 restarts within 10 minutes");
  }

  @Test
  void aJobThatRunsAgainIsWellAgain() {
    assertThat(watch.problem(7)).isPresent();
    clock.advance(RestartWatch.WITHIN);
    assertThat(watch.problem(7)).isPresent();
    clock.advance(Duration.ofMillis(1));
    assertThat(watch.problem(7)).isEmpty();
    assertThat(watch.problem(11)).isEmpty();
    assertThat(watch.problem(12)).isPresent();
  }

  @Test
  void aRestartNowAndThenIsNothing() {
    for (int restarts = 0; restarts < 100; restarts++) {
      assertThat(watch.problem(restarts)).isEmpty();
      clock.advance(Duration.ofMinutes(3));
    }
  }

  private static final class Now extends Clock {

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
