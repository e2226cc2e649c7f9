package dev.parallax.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadingTest {

  @Test
  void storedNumbersAreTheOnesThatWereReleased() {
    assertThat(Arrays.stream(Reading.values()).map(reading -> reading.code() + " " + reading))
        .contains(
            "0 RESIDUAL",
            "1 RESIDUAL_MEDIAN",
            "2 OFFSET",
            "3 LOG_NORM",
            "4 CKA",
            "5 MEAN_LENGTH",
            "6 DIMENSIONS",
            "7 MUTUAL_KNN",
            "8 EFFECTIVE_RANK",
            "9 SUBSPACE_OVERLAP",
            "10 PROCRUSTES",
            "11 TRAFFIC",
            "12 NOVELTY",
            "13 REPEATS",
            "14 UNMATCHED",
            "15 LIVE_LENGTH");
  }

  @Test
  void everyNumberStandsForOneReading() {
    for (Reading reading : Reading.values()) {
      assertThat(Reading.ofCode(reading.code())).isEqualTo(reading);
    }
    assertThatThrownBy(() -> Reading.ofCode(99))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("reading: expected a known code, got 99");
  }

  @Test
  void marginsAreSharesOfTheHealthyMeanOrAbsolute() {
    assertThat(Reading.RESIDUAL.margin(0.2)).isCloseTo(0.01, within(1e-12));
    assertThat(Reading.DIMENSIONS.margin(-50)).isCloseTo(5, within(1e-12));
    assertThat(Reading.CKA.margin(0.2)).isEqualTo(Reading.CKA.margin(0.9));
  }

  @Test
  void whatIsNotFiniteWasNotRead() {
    Readings readings = Readings.of(Map.of(Reading.CKA, Double.NaN, Reading.RESIDUAL, 0.2));

    assertThat(readings.get(Reading.CKA)).isEmpty();
    assertThat(readings.get(Reading.RESIDUAL)).hasValue(0.2);
    assertThat(readings.with(Reading.RESIDUAL, Double.POSITIVE_INFINITY).get(Reading.RESIDUAL))
        .isEmpty();
  }

  @Test
  void meansAreOverThePanesThatHaveTheReading() {
    Readings mean =
        Readings.mean(
            List.of(
                Readings.of(Map.of(Reading.CKA, 0.4, Reading.RESIDUAL, 0.1)),
                Readings.of(Map.of(Reading.RESIDUAL, 0.3))));

    assertThat(mean.get(Reading.CKA)).hasValue(0.4);
    assertThat(mean.get(Reading.RESIDUAL).orElseThrow()).isCloseTo(0.2, within(1e-12));
    assertThat(mean.get(Reading.OFFSET)).isEmpty();
  }

  @Test
  void theLengthOfTheBaselineCountsInStandardErrorsToo() {
    HealthyRange range = new HealthyRange(1, 0.1, 4);

    assertThat(range.standardErrors(1.2, 4)).isCloseTo(0.2 / (0.1 * Math.sqrt(0.5)), within(1e-9));
    assertThat(range.standardErrors(0.8, 4)).isNegative();
    assertThat(new HealthyRange(1, 0, 4).standardErrors(1, 4)).isZero();
    assertThat(new HealthyRange(1, 0, 4).standardErrors(1.1, 4))
        .isEqualTo(Double.POSITIVE_INFINITY);
  }
}
