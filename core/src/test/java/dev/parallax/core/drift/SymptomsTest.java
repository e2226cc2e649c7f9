package dev.parallax.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymptomsTest {

  private static final Baseline BASELINE = HandMade.baseline();

  private static Symptoms of(int panes, Reading reading, double value) {
    return of(panes, HandMade.healthy().with(reading, value));
  }

  private static Symptoms of(int panes, Readings each) {
    return new Symptoms(BASELINE, HandMade.RESIDUAL, Collections.nCopies(panes, each));
  }

  private static double healthy(Reading reading) {
    return HandMade.healthy().get(reading).orElseThrow();
  }

  @Test
  void nothingHasMovedOnAHealthyPane() {
    assertThat(Reading.values()).noneMatch(reading -> of(5, HandMade.healthy()).moved(reading));
  }

  @ParameterizedTest(name = "{0} by {1}")
  @CsvSource({
    "RESIDUAL, 0.01",
    "RESIDUAL_MEDIAN, 0.0075",
    "LOG_NORM, 0.1",
    "CKA, 0.02",
    "MEAN_LENGTH, 0.004",
    "DIMENSIONS, 5",
    "MUTUAL_KNN, 0.03",
    "EFFECTIVE_RANK, 8",
    "SUBSPACE_OVERLAP, 0.1",
    "PROCRUSTES, 0.03",
    "TRAFFIC, 0.004",
    "NOVELTY, 0.05",
    "REPEATS, 0.1",
    "UNMATCHED, 0.1",
    "LIVE_LENGTH, 0.004"
  })
  void aReadingHasMovedOnceItIsFartherThanItsMarginEitherWay(Reading reading, double margin) {
    // A baseline that does not vary: any difference is certain, so the margin alone counts.
    Baseline steady = steady();
    for (double sign : new double[] {-1, 1}) {
      assertThat(steady(steady, reading, healthy(reading) + sign * 0.98 * margin).moved(reading))
          .isFalse();
      Symptoms beyond = steady(steady, reading, healthy(reading) + sign * 1.02 * margin);
      assertThat(beyond.moved(reading)).isTrue();
      assertThat(beyond.rose(reading)).isEqualTo(sign > 0);
    }
  }

  private static Baseline steady() {
    Map<Reading, HealthyRange> ranges = new EnumMap<>(Reading.class);
    BASELINE
        .ranges()
        .forEach(
            (reading, range) ->
                ranges.put(reading, new HealthyRange(range.mean(), 0, range.panes())));
    return HandMade.baseline(ranges, BASELINE.holdOutReadings());
  }

  private static Symptoms steady(Baseline steady, Reading reading, double value) {
    return new Symptoms(
        steady, HandMade.RESIDUAL, List.of(HandMade.healthy().with(reading, value)));
  }

  @Test
  void aDifferenceThatIsNotCertainIsNoMove() {
    // 0.035 is beyond the margin of CKA and 4.3 standard errors of one pane, 6 of two.
    assertThat(of(1, Reading.CKA, 0.765).moved(Reading.CKA)).isFalse();
    assertThat(of(2, Reading.CKA, 0.765).moved(Reading.CKA)).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "CKA, 0.8, 0.74, 0.68",
    "MEAN_LENGTH, 0.01, 0.02, 0.04",
    "LIVE_LENGTH, 0.3, 0.316, 0.33",
    "DIMENSIONS, 50, 40, 20",
    "MUTUAL_KNN, 0.5, 0.4, 0.3"
  })
  void whatDependsOnTheInputsMustMoveFiveTimesAsFarWhereTheTrafficMoved(
      Reading reading, double before, double somewhat, double far) {
    assertThat(healthy(reading)).isEqualTo(before);
    Readings shifted = HandMade.healthy().with(Reading.TRAFFIC, 0.05);

    assertThat(of(15, reading, somewhat).moved(reading)).isTrue();
    assertThat(of(15, shifted.with(reading, somewhat)).moved(reading)).isFalse();
    assertThat(of(15, shifted.with(reading, far)).moved(reading)).isTrue();
  }

  @Test
  void normsDoNotDependOnTheTraffic() {
    Readings shifted = HandMade.healthy().with(Reading.TRAFFIC, 0.05);

    assertThat(of(15, shifted.with(Reading.LOG_NORM, 1.15)).moved(Reading.LOG_NORM)).isTrue();
  }

  @Test
  void inputsFarFromTheBaselinesAreOtherTrafficToo() {
    assertThat(of(3, HandMade.healthy()).trafficMoved()).isFalse();
    assertThat(of(3, Reading.TRAFFIC, 0.05).trafficMoved()).isTrue();
    assertThat(of(3, Reading.NOVELTY, 1.2).trafficMoved()).isTrue();
  }

  @Test
  void whatIsMissingHasNotMoved() {
    Symptoms none = new Symptoms(BASELINE, HandMade.RESIDUAL, List.of(Readings.of(Map.of())));
    assertThat(none.moved(Reading.CKA)).isFalse();
    assertThat(none.compared("CKA", Reading.CKA)).isEqualTo("CKA cannot be stated");

    Baseline without = HandMade.baseline(Map.of(), List.of());
    assertThat(
            new Symptoms(without, HandMade.RESIDUAL, List.of(HandMade.healthy()))
                .moved(Reading.CKA))
        .isFalse();
  }

  @Test
  void mixedUpPairsAreReadOffTheResidualAndOffCkaAlike() {
    double share = 0.3;
    double residual = (1 - share) * HandMade.RESIDUAL + share * HandMade.SHUFFLED;
    double cka = 0.8 * (1 - share) * (1 - share);
    Symptoms symptoms =
        of(4, HandMade.healthy().with(Reading.RESIDUAL, residual).with(Reading.CKA, cka));

    assertThat(symptoms.misJoinedByResidual()).isCloseTo(share, within(1e-12));
    assertThat(symptoms.misJoinedByCka()).isCloseTo(share, within(1e-12));
  }

  @Test
  void ratiosAreOfTheHealthyResidual() {
    Symptoms symptoms =
        of(4, HandMade.healthy().with(Reading.RESIDUAL, 0.3).with(Reading.OFFSET, 0.05));

    assertThat(symptoms.residualRatio()).isCloseTo(1.5, within(1e-12));
    assertThat(symptoms.offsetRatio()).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void normsAreComparedAsAFactor() {
    assertThat(of(4, Reading.LOG_NORM, 1 + Math.log(12)).normFactor()).isCloseTo(12, within(1e-9));
  }

  @Test
  void theMedianShowsHowManyRowsShareTheRise() {
    Readings risen = HandMade.healthy().with(Reading.RESIDUAL, 0.3);

    assertThat(of(4, risen).medianShare()).isZero();
    assertThat(of(4, risen.with(Reading.RESIDUAL_MEDIAN, 0.25)).medianShare())
        .isCloseTo(1, within(1e-12));
    assertThat(of(4, HandMade.healthy()).medianShare()).isEqualTo(1);
  }

  @Test
  void panesCountByTheirMean() {
    Symptoms symptoms =
        new Symptoms(
            BASELINE,
            HandMade.RESIDUAL,
            List.of(
                HandMade.healthy().with(Reading.RESIDUAL, 0.2),
                HandMade.healthy().with(Reading.RESIDUAL, 0.4)));

    assertThat(symptoms.panes()).isEqualTo(2);
    assertThat(symptoms.residualRatio()).isCloseTo(1.5, within(1e-12));
  }

  @Test
  void aComparisonSaysWhetherAReadingMovedWhatItIsAndWhatItWas() {
    assertThat(of(4, Reading.CKA, 0.61).compared("CKA", Reading.CKA))
        .isEqualTo("CKA moved: at 0.6100, 0.8000 on the baseline");
    assertThat(of(4, HandMade.healthy()).compared("CKA", Reading.CKA))
        .isEqualTo("CKA holds: at 0.8000, 0.8000 on the baseline");
  }
}
