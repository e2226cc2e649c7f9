package dev.parallax.core.twosample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.Statistic;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomFourierFeaturesTest {

  private static final double SIGMA = 3;
  private static final RowMatrix X = Samples.gaussian(120, 6, 0, 1);
  private static final RowMatrix Y = Samples.gaussian(90, 6, 0.5, 2);

  private static double exact() {
    return MaximumMeanDiscrepancy.of(X, Y, SIGMA).squared().asOptional().orElseThrow();
  }

  private static double approximate(int features, long seed) {
    RandomFourierFeatures map = RandomFourierFeatures.of(6, features, SIGMA, seed);
    return RandomFourierFeatures.squaredDiscrepancy(map.sums(X), map.sums(Y))
        .asOptional()
        .orElseThrow();
  }

  /** Errors over 60 seeds. */
  private static double[] errors(int features) {
    double exact = exact();
    double[] errors = new double[60];
    Arrays.setAll(errors, seed -> approximate(features, seed) - exact);
    return errors;
  }

  private static double rootMeanSquare(double[] errors) {
    return Math.sqrt(Arrays.stream(errors).map(e -> e * e).average().orElseThrow());
  }

  @Test
  void theErrorHalvesWithFourTimesTheFeatures() {
    double few = rootMeanSquare(errors(16));
    double more = rootMeanSquare(errors(64));
    double most = rootMeanSquare(errors(256));
    // A root mean square of 60 errors is itself off by about 9%, a ratio by 13%: three of those.
    assertThat(few / more).isBetween(1.3, 3.0);
    assertThat(more / most).isBetween(1.3, 3.0);
    assertThat(most).isLessThan(0.1 * exact());
  }

  @Test
  void theMeanOverSeedsIsTheFigureOfTheWholeKernel() {
    double[] errors = errors(64);
    double mean = Arrays.stream(errors).average().orElseThrow();
    assertThat(mean).isCloseTo(0, within(4 * rootMeanSquare(errors) / Math.sqrt(60)));
  }

  @Test
  void sumsOfPanesAreThoseOfTheWindow() {
    RandomFourierFeatures map = RandomFourierFeatures.of(6, 100, SIGMA, 7);
    RandomFourierFeatures.Sums whole = map.sums(X);
    RandomFourierFeatures.Sums panes =
        map.sums(X.rows(0, 50)).plus(map.sums(X.rows(50, 51))).plus(map.sums(X.rows(51, 120)));
    assertThat(panes.count()).isEqualTo(120);
    double ofWhole = value(RandomFourierFeatures.squaredDiscrepancy(whole, map.sums(Y)));
    double ofPanes = value(RandomFourierFeatures.squaredDiscrepancy(panes, map.sums(Y)));
    assertThat(ofPanes).isCloseTo(ofWhole, within(1e-13));
  }

  private static double value(Statistic statistic) {
    return statistic.asOptional().orElseThrow();
  }

  @Test
  void theSeedDecidesEveryBit() {
    assertThat(RandomFourierFeatures.of(6, 33, SIGMA, 5).sums(X))
        .isEqualTo(RandomFourierFeatures.of(6, 33, SIGMA, 5).sums(X))
        .isNotEqualTo(RandomFourierFeatures.of(6, 33, SIGMA, 6).sums(X));
  }

  @Test
  void undefinedOfASingleRow() {
    RandomFourierFeatures map = RandomFourierFeatures.of(6, 10, SIGMA, 5);
    assertThat(RandomFourierFeatures.squaredDiscrepancy(map.sums(X.rows(0, 1)), map.sums(Y)))
        .isEqualTo(
            new Statistic.Undefined(
                Statistic.Cause.TOO_FEW_PAIRS,
                "expected 2 or more rows on both sides, got 1 and 90"));
  }

  @Test
  void refusesSumsOfOtherFeaturesAndRowsOfAnotherWidth() {
    RandomFourierFeatures map = RandomFourierFeatures.of(6, 10, SIGMA, 5);
    RandomFourierFeatures other = RandomFourierFeatures.of(6, 10, SIGMA, 6);
    assertThatIllegalArgumentException().isThrownBy(() -> map.sums(X).plus(other.sums(Y)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RandomFourierFeatures.squaredDiscrepancy(map.sums(X), other.sums(Y)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> map.sums(Samples.gaussian(3, 5, 0, 1)))
        .withMessage("expected rows of width 6, got 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RandomFourierFeatures.of(6, 10, -1, 5))
        .withMessage("sigma=-1.0: expected more than 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RandomFourierFeatures.of(6, 0, 1, 5))
        .withMessage("expected width and features of 1 or more, got 6 and 0");
  }
}
