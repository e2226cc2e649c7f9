package dev.parallax.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ThreadReplacementsTest {

  private static final Duration WITHIN = Duration.ofMinutes(10);

  private final MovableClock clock = new MovableClock(TestEvents.NOW);
  private final ThreadReplacements replacements = new ThreadReplacements(5, WITHIN, clock);

  @Test
  void aFaultThatComesBackAtOnceUsesThemUp() {
    for (int i = 0; i < 5; i++) {
      assertThat(replacements.allowOne()).isTrue();
    }
    assertThat(replacements.allowOne()).isFalse();
  }

  @Test
  void faultsFarApartAreReplacedForEver() {
    for (int i = 0; i < 100; i++) {
      assertThat(replacements.allowOne()).isTrue();
      clock.advance(Duration.ofMinutes(3));
    }
  }

  @Test
  void whatWasUsedComesBackAfterAWhile() {
    while (replacements.allowOne()) {
      clock.advance(Duration.ofSeconds(1));
    }
    clock.advance(WITHIN);

    assertThat(replacements.allowOne()).isTrue();
  }
}
