package dev.parallax.core.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RbfCkaTest {

  @ParameterizedTest(name = "offset {0}")
  @ValueSource(doubles = {0, 1e4, 1e8})
  void oneWhenASpaceIsRotatedShiftedAndScaled(double offset) {
    double[][] rows = GaussianRows.of(50, 6, 1);
    double[][] moved = GaussianRows.affine(GaussianRows.rotated(rows, 2), 0.01, offset);
    RbfCka ours = RbfCka.of(RowMatrix.of(rows), RowMatrix.of(moved), 1);
    // An offset of 1e8 leaves entries of spread 0.01 six digits.
    double tolerance = offset == 1e8 ? 1e-5 : 1e-9;
    assertThat(value(ours.biased())).isCloseTo(1, within(tolerance));
    assertThat(value(ours.debiased())).isCloseTo(1, within(tolerance));
  }

  private static double value(Statistic statistic) {
    return statistic.asOptional().orElseThrow();
  }

  @Test
  void symmetric() {
    RowMatrix x = RowMatrix.of(GaussianRows.of(40, 5, 3));
    RowMatrix y = RowMatrix.of(GaussianRows.of(40, 9, 4));
    RbfCka xy = RbfCka.of(x, y, 0.5);
    RbfCka yx = RbfCka.of(y, x, 0.5);
    assertThat(value(xy.biased())).isCloseTo(value(yx.biased()), within(1e-15));
    assertThat(value(xy.debiased())).isCloseTo(value(yx.debiased()), within(1e-15));
  }

  @Test
  void ofUnrelatedSpacesTheBiasedOneIsHighAndTheDebiasedOneIsNot() {
    RowMatrix x = RowMatrix.of(GaussianRows.of(64, 200, 5));
    RowMatrix y = RowMatrix.of(GaussianRows.of(64, 200, 6));
    RbfCka ours = RbfCka.of(x, y, 1);
    assertThat(value(ours.biased())).isGreaterThan(0.7);
    assertThat(value(ours.debiased())).isCloseTo(0, within(0.1));
  }

  @Test
  void forAWideKernelItIsLinearCka() {
    double[][] rows = GaussianRows.of(60, 4, 7);
    RowMatrix x = RowMatrix.of(rows);
    RowMatrix y = RowMatrix.of(GaussianRows.noisy(rows, 0.8, 8));
    LinearCka linear = LinearCka.of(x, y);
    // The next term of the exponential is 1/(4t²) of the first.
    RbfCka wide = RbfCka.of(x, y, 1000);
    assertThat(value(wide.biased())).isCloseTo(value(linear.biased()), within(1e-5));
    assertThat(value(wide.debiased())).isCloseTo(value(linear.debiased()), within(1e-5));
  }

  @Test
  void itSeesWhatIsNotLinear() {
    double[][] rows = GaussianRows.of(300, 1, 9);
    double[][] squares = new double[300][1];
    for (int i = 0; i < rows.length; i++) {
      squares[i][0] = rows[i][0] * rows[i][0];
    }
    RowMatrix x = RowMatrix.of(rows);
    RowMatrix y = RowMatrix.of(squares);
    assertThat(value(RbfCka.of(x, y, 0.5).debiased())).isGreaterThan(0.3);
    assertThat(value(LinearCka.of(x, y).debiased())).isLessThan(0.1);
  }

  @Test
  void undefinedRatherThanANumberOfNothing() {
    RowMatrix x = RowMatrix.of(GaussianRows.of(10, 3, 10));
    double[][] equal = GaussianRows.of(10, 3, 11);
    for (int i = 1; i < 8; i++) {
      equal[i] = equal[0].clone();
    }
    assertCause(RbfCka.of(x, RowMatrix.of(equal), 1).biased(), Statistic.Cause.DEGENERATE);
    assertCause(RbfCka.of(x, RowMatrix.of(equal), 1).debiased(), Statistic.Cause.DEGENERATE);
    double[][] constant = new double[10][2];
    assertCause(RbfCka.of(x, RowMatrix.of(constant), 1).biased(), Statistic.Cause.NO_VARIANCE);
    double[][] odd = GaussianRows.of(10, 3, 12);
    odd[4][1] = Double.NaN;
    assertCause(RbfCka.of(x, RowMatrix.of(odd), 1).biased(), Statistic.Cause.NOT_FINITE);
    RbfCka three = RbfCka.of(x.rows(0, 3), x.rows(0, 3), 1);
    assertThat(value(three.biased())).isCloseTo(1, within(1e-12));
    assertCause(three.debiased(), Statistic.Cause.TOO_FEW_PAIRS);
    RowMatrix many = RowMatrix.of(GaussianRows.of(RbfCka.MAX_PAIRS + 1, 1, 13));
    assertCause(RbfCka.of(many, many, 1).debiased(), Statistic.Cause.TOO_MANY_PAIRS);
  }

  @Test
  void rowsThatAreAllEquallyFarHaveNoDebiasedOne() {
    double[][] simplex = new double[9][9];
    for (int i = 0; i < 9; i++) {
      simplex[i][i] = 0.7;
    }
    RowMatrix equallyFar = RowMatrix.of(GaussianRows.rotated(simplex, 14));
    RowMatrix x = RowMatrix.of(GaussianRows.of(9, 3, 15));
    assertCause(RbfCka.of(x, equallyFar, 1).debiased(), Statistic.Cause.DEGENERATE);
    assertCause(RbfCka.of(equallyFar, x, 1).debiased(), Statistic.Cause.DEGENERATE);
    assertThat(RbfCka.of(x, equallyFar, 1).biased().asOptional()).isPresent();
  }

  private static void assertCause(Statistic statistic, Statistic.Cause cause) {
    assertThat(statistic)
        .isInstanceOfSatisfying(
            Statistic.Undefined.class, none -> assertThat(none.cause()).isEqualTo(cause));
  }

  @Test
  void refusesABandwidthOfNothing() {
    RowMatrix x = RowMatrix.of(GaussianRows.of(5, 3, 16));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RbfCka.of(x, x, 0))
        .withMessage("bandwidth t=0.0: expected more than 0");
  }
}
