package dev.parallax.benchmarks.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BinomialBoundTest {

  @Test
  void withoutEventsItIsTheRateThatLeavesNoneWithTheRestOfTheConfidence() {
    assertThat(BinomialBound.upper(0, 100, 0.95))
        .isCloseTo(1 - Math.pow(0.05, 0.01), within(1e-12));
  }

  @Test
  void itIsTheQuantileOfABetaDistribution() {
    // qbeta(0.95, 2, 9).
    assertThat(BinomialBound.upper(1, 10, 0.95)).isCloseTo(0.394_163, within(1e-6));
    assertThat(BinomialBound.upper(10, 10, 0.95)).isEqualTo(1);
  }
}
