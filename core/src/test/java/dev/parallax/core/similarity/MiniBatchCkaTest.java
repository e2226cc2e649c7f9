package dev.parallax.core.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MiniBatchCkaTest {

  private static Estimate.Stated stated(double[][] x, double[][] y) {
    return (Estimate.Stated) MiniBatchCka.of(new PairedRows(RowMatrix.of(x), RowMatrix.of(y)), 64);
  }

  @Test
  void isTheSumOverBatchesInOrderAndLeavesOutTheRest() {
    double[][] x = GaussianRows.of(200, 5, 1);
    double[][] y = GaussianRows.noisy(x, 1, 2);
    HsicTriple sum = new HsicTriple(0, 0, 0);
    for (int from : new int[] {0, 64, 128}) {
      HsicTriple h =
          DebiasedHsic.of(
              RowMatrix.of(Arrays.copyOfRange(x, from, from + 64)),
              RowMatrix.of(Arrays.copyOfRange(y, from, from + 64)));
      sum = new HsicTriple(sum.xy() + h.xy(), sum.xx() + h.xx(), sum.yy() + h.yy());
    }
    Estimate.Stated estimate = stated(x, y);
    assertThat(estimate.batches()).isEqualTo(3);
    assertThat(estimate.cka()).isCloseTo(sum.xy() / Math.sqrt(sum.xx() * sum.yy()), within(1e-14));
  }

  @Test
  void agreesWithTheWholeWithinItsError() {
    double[][] x = GaussianRows.of(2048, 24, 3);
    double[][] y = GaussianRows.noisy(GaussianRows.rotated(x, 4), 0.7, 5);
    double whole =
        LinearCka.of(RowMatrix.of(x), RowMatrix.of(y)).debiased().asOptional().orElseThrow();
    Estimate.Stated estimate = stated(x, y);
    // Two estimators on the same rows: four standard errors, twice the half-width of the interval.
    assertThat(whole)
        .isCloseTo(
            estimate.cka(), within(estimate.high().orElseThrow() - estimate.low().orElseThrow()));
  }

  @Test
  void doesNotSeeMeansThatMoveBetweenBatches() {
    double[][] x = GaussianRows.of(1024, 8, 6);
    double[][] y = GaussianRows.copy(x);
    double[][] jumps = GaussianRows.of(1024 / 64, 8, 7);
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < 8; j++) {
        y[i][j] += 3 * jumps[i / 64][j];
      }
    }
    double whole =
        LinearCka.of(RowMatrix.of(x), RowMatrix.of(y)).debiased().asOptional().orElseThrow();
    assertThat(stated(x, y).cka()).isCloseTo(1, within(1e-12));
    assertThat(whole).isLessThan(0.3);
  }

  @ParameterizedTest(name = "entries of about {0}")
  @ValueSource(doubles = {1e-200, 1e-30, 1e30, 1e200})
  void hugeAndTinyMagnitudesCostNothing(double scale) {
    double[][] x = GaussianRows.of(512, 4, 8);
    double[][] y = GaussianRows.noisy(x, 1, 9);
    Estimate.Stated plain = stated(x, y);
    Estimate.Stated scaled = stated(x, GaussianRows.affine(y, scale, 0));
    assertThat(scaled.cka()).isCloseTo(plain.cka(), within(1e-13));
    assertThat(scaled.low().orElseThrow()).isCloseTo(plain.low().orElseThrow(), within(1e-12));
  }

  @Test
  void fewerRowsThanABatchAreTooFewPairs() {
    RowMatrix x = RowMatrix.of(GaussianRows.of(63, 4, 1));
    assertThat(MiniBatchCka.of(new PairedRows(x, x), 64)).isEqualTo(new Estimate.TooFewPairs(0, 1));
  }

  @Test
  void refusesUnpairedRowsAndBatchesOfThree() {
    RowMatrix x = RowMatrix.of(GaussianRows.of(64, 4, 1));
    RowMatrix y = RowMatrix.of(GaussianRows.of(65, 4, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PairedRows(x, y))
        .withMessage("expected as many production as reference rows, got 64 and 65");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MiniBatchCka.of(new PairedRows(x, x), 3))
        .withMessage("expected batches of 4 or more pairs, got 3");
  }
}
