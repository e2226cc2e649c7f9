package dev.parallax.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EDetectorTest {

  private static final double THRESHOLD_LOG10 = 3;
  private static final double CEILING = Math.log(1e4);
  private static final EDetector.Parameters PARAMETERS =
      new EDetector.Parameters(1.05, 0.987, CEILING);

  private static EDetector after(int panes, double mean, double sd, long seed, EDetector from) {
    Random random = new Random(seed);
    EDetector detector = from;
    for (int i = 0; i < panes; i++) {
      detector = detector.next(mean + sd * random.nextGaussian(), i * 60_000L);
    }
    return detector;
  }

  @Test
  void thePlainRecursionOfOneBetIsTheDefinition() {
    double[] figures = {1.0, 1.1, 0.9, 1.3, 1.2};
    double[] bets = {0.01, 0.03, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9};
    double[] plain = new double[bets.length];
    EDetector detector = EDetector.start(PARAMETERS);
    for (double figure : figures) {
      detector = detector.next(figure, 0);
      for (int j = 0; j < bets.length; j++) {
        double bet = bets[j] / (1.05 - 0.987);
        plain[j] = (plain[j] + 1) * (1 + bet * (Math.max(figure, 0.987) - 1.05));
      }
    }
    double mean = 0;
    for (double value : plain) {
      mean += value / bets.length;
    }

    // A few roundings of logarithms near 5.
    assertThat(Math.pow(10, detector.evidenceLog10())).isCloseTo(mean, within(1e-12 * mean));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void healthyPanesGiveNoAlarmInFourThousandPanes(long seed) {
    Random random = new Random(seed);
    EDetector detector = EDetector.start(PARAMETERS);
    for (int i = 0; i < 4_000; i++) {
      detector = detector.next(1 + 0.01 * random.nextGaussian(), i);
      assertThat(detector.evidenceLog10()).isLessThan(THRESHOLD_LOG10);
    }
  }

  @Test
  void evenAtTheEdgeOfTheHypothesisAlarmsAreRarerThanPromised() {
    int alarms = 0;
    int panes = 0;
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      EDetector detector = EDetector.start(PARAMETERS);
      for (int i = 0; i < 2_000; i++, panes++) {
        detector = detector.next(1.05 + 0.01 * random.nextGaussian(), i);
        if (detector.evidenceLog10() >= THRESHOLD_LOG10) {
          alarms++;
          detector = EDetector.start(PARAMETERS);
        }
      }
    }

    // At least 1,000 panes between alarms on average: at most 40 expected in 40,000.
    assertThat(panes).isEqualTo(40_000);
    assertThat(alarms).isLessThanOrEqualTo(40);
  }

  @Test
  void aRiseIsFoundWithinAFewPanes() {
    EDetector detector = after(500, 1, 0.01, 1, EDetector.start(PARAMETERS));
    int delay = 0;
    while (detector.evidenceLog10() < THRESHOLD_LOG10) {
      detector = detector.next(1.2, 500L * 60_000 + delay * 60_000L);
      delay++;
      assertThat(delay).isLessThanOrEqualTo(10);
    }
    assertThat(detector.estimatedChange()).hasValue(500L * 60_000);
  }

  @Test
  void evidenceFallsBackOnceTheCauseIsMended() {
    EDetector detector = after(50, 3, 0.01, 1, EDetector.start(PARAMETERS));
    assertThat(detector.evidenceLog10()).isGreaterThan(THRESHOLD_LOG10);

    assertThat(after(100, 1, 0.01, 2, detector).evidenceLog10()).isLessThan(THRESHOLD_LOG10);
  }

  @Test
  void clearEvidenceFallsBackWithinAHandfulOfHealthyPanesHoweverLongItLasted() {
    EDetector detector = after(5_000, 3, 0.01, 1, EDetector.start(PARAMETERS));

    assertThat(after(5, 1, 0.01, 2, detector).evidenceLog10()).isLessThan(THRESHOLD_LOG10);
  }

  @Test
  void calmPanesAreThoseInARowAtOrBelowTheMeanUnderTest() {
    EDetector detector = EDetector.start(PARAMETERS);
    assertThat(detector.calmPanes()).isZero();
    int[] expected = {1, 2, 0, 1, 0, 1};
    double[] figures = {1, 1.05, 1.06, 0, 1e300, -5};
    for (int i = 0; i < figures.length; i++) {
      detector = detector.next(figures[i], i);

      assertThat(detector.calmPanes()).as("after %s", figures[i]).isEqualTo(expected[i]);
    }
  }

  @Test
  void aSecondRiseIsDatedByItselfAndNotByTheFirst() {
    EDetector detector = after(200, 3, 0.01, 1, EDetector.start(PARAMETERS));
    detector = after(30, 1, 0.01, 2, detector);
    for (int i = 0; i < 5; i++) {
      detector = detector.next(3, 1_000_000_000L + i);
    }

    assertThat(detector.evidenceLog10()).isGreaterThan(THRESHOLD_LOG10);
    assertThat(detector.estimatedChange()).hasValue(1_000_000_000L);
  }

  @Test
  void aFigureThatIsNotFiniteIsRefused() {
    EDetector detector = EDetector.start(PARAMETERS);

    assertThatThrownBy(() -> detector.next(Double.NaN, 0))
        .hasMessage("detector: expected a finite number, got NaN");
    assertThatThrownBy(() -> detector.next(Double.POSITIVE_INFINITY, 0))
        .hasMessage("detector: expected a finite number, got Infinity");
  }

  @Test
  void aRiseFromAResidualOfZeroIsBeyondDoubtAndFinite() {
    EDetector detector =
        EDetector.start(new EDetector.Parameters(2 * Double.MIN_NORMAL, 0, CEILING));
    for (int i = 0; i < 3; i++) {
      detector = detector.next(1e10, i);
    }

    assertThat(detector.evidenceLog10()).isCloseTo(CEILING / Math.log(10), within(1e-12));
    assertThat(after(20, 0, 0, 1, detector).evidenceLog10()).isLessThan(THRESHOLD_LOG10);
  }

  @Test
  void evidenceIsHeldAtTheCeilingHoweverHugeTheFigure() {
    EDetector detector = EDetector.start(PARAMETERS);
    for (int i = 0; i < 100; i++) {
      detector = detector.next(1e300, i);
    }
    assertThat(detector.evidenceLog10()).isLessThanOrEqualTo(CEILING / Math.log(10));
  }

  @Test
  void whatHasSeenNothingHasNoEvidenceAndNoChange() {
    EDetector detector = EDetector.start(PARAMETERS);

    assertThat(detector.evidenceLog10()).isZero();
    assertThat(detector.estimatedChange()).isEmpty();
  }

  @Test
  void aClipAtTheMeanIsRefused() {
    assertThatThrownBy(() -> new EDetector.Parameters(1, 1, CEILING))
        .hasMessage("detector: expected the clip below the mean, got 1.0 and 1.0");
  }
}
