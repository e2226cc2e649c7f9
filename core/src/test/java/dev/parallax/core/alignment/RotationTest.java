package dev.parallax.core.alignment;

import static dev.parallax.core.similarity.Statistics.assertUndefined;
import static dev.parallax.core.similarity.Statistics.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.GaussianRows;
import dev.parallax.core.similarity.Statistic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotationTest {

  private static Rotation between(double[][] earlier, double[][] later) {
    return Rotation.between(RowMatrix.of(earlier), RowMatrix.of(later));
  }

  /** Turns the first two coordinates. */
  private static double[][] turned(double[][] rows, double angle) {
    double[][] result = GaussianRows.copy(rows);
    for (double[] row : result) {
      double x = row[0];
      double y = row[1];
      row[0] = Math.cos(angle) * x - Math.sin(angle) * y;
      row[1] = Math.sin(angle) * x + Math.cos(angle) * y;
    }
    return result;
  }

  @ParameterizedTest(name = "angle {0}")
  @ValueSource(doubles = {0, 1e-4, 0.3, 1.5, 3.1})
  void aTurnOfOnePlaneIsItsShareOfTheDimensions(double angle) {
    double[][] rows = GaussianRows.of(100, 8, 1);
    Rotation rotation = between(rows, turned(rows, angle));
    assertThat(value(rotation.turn())).isCloseTo(2 * (1 - Math.cos(angle)) / 8, within(1e-13));
    assertThat(value(rotation.residual())).isCloseTo(0, within(1e-25));
  }

  @Test
  void fewerRowsThanDimensionsCountTheLeastTurnThatExplainsThem() {
    double[][] rows = GaussianRows.of(5, 40, 1);
    assertThat(value(between(rows, rows).turn())).isCloseTo(0, within(1e-13));
    double[][] onlyTwo = new double[30][40];
    double[][] source = GaussianRows.of(30, 2, 2);
    for (int i = 0; i < 30; i++) {
      System.arraycopy(source[i], 0, onlyTwo[i], 0, 2);
    }
    assertThat(value(between(onlyTwo, turned(onlyTwo, 0.5)).turn()))
        .isCloseTo(2 * (1 - Math.cos(0.5)) / 40, within(1e-13));
  }

  @Test
  void inTheSpanOfFewRowsARandomRotationIsAboutOneAndTheWholeTurnIsLess() {
    double[][] rows = GaussianRows.of(11, 40, 1);
    Rotation rotation = between(rows, GaussianRows.rotated(rows, 2));
    assertThat(value(rotation.turnInSpan())).isCloseTo(1, within(0.15));
    assertThat(value(rotation.turn())).isLessThan(0.5);
    assertThat(value(between(rows, GaussianRows.affine(rows, -1, 0)).turnInSpan()))
        .isCloseTo(2, within(1e-13));
  }

  @Test
  void whereEveryDirectionIsDecidedTheTurnInTheSpanIsTheTurn() {
    double[][] rows = GaussianRows.of(100, 8, 1);
    Rotation rotation = between(rows, turned(rows, 0.3));
    assertThat(value(rotation.turnInSpan())).isCloseTo(value(rotation.turn()), within(1e-13));
  }

  @Test
  void aReflectionOfEveryDirectionIsTwoAndARandomRotationAboutOne() {
    double[][] rows = GaussianRows.of(100, 30, 1);
    assertThat(value(between(rows, GaussianRows.affine(rows, -1, 0)).turn()))
        .isCloseTo(2, within(1e-13));
    assertThat(value(between(rows, GaussianRows.rotated(rows, 2)).turn()))
        .isCloseTo(1, within(0.15));
  }

  @Test
  void shiftIsNeitherTurnNorResidualAndScaleIsResidual() {
    double[][] rows = GaussianRows.of(50, 6, 1);
    Rotation shifted = between(rows, GaussianRows.affine(rows, 1, 100));
    assertThat(value(shifted.turn())).isCloseTo(0, within(1e-13));
    assertThat(value(shifted.residual())).isCloseTo(0, within(1e-13));
    Rotation doubled = between(rows, GaussianRows.affine(rows, 2, 0));
    assertThat(value(doubled.turn())).isCloseTo(0, within(1e-13));
    assertThat(value(doubled.residual())).isCloseTo(0.25, within(1e-13));
  }

  @Test
  void noiseIsResidual() {
    double[][] rows = GaussianRows.of(500, 6, 1);
    Rotation noisy = between(rows, GaussianRows.noisy(rows, 0.1, 2));
    assertThat(value(noisy.residual())).isCloseTo(0.01 / 1.01, within(1e-3));
    assertThat(value(noisy.turn())).isLessThan(1e-3);
  }

  @Test
  void whatCannotBeStatedSaysWhy() {
    double[][] rows = GaussianRows.of(10, 4, 1);
    assertUndefined(between(rows, GaussianRows.of(10, 5, 1)).turn(), Statistic.Cause.WIDTHS_DIFFER);
    assertUndefined(between(rows, new double[10][4]).residual(), Statistic.Cause.NO_VARIANCE);
    assertUndefined(
        between(new double[1][4], new double[1][4]).turn(), Statistic.Cause.TOO_FEW_PAIRS);
    double[][] nan = GaussianRows.of(10, 4, 1);
    nan[0][0] = Double.NaN;
    assertUndefined(between(nan, rows).turn(), Statistic.Cause.NOT_FINITE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> between(rows, GaussianRows.of(9, 4, 1)))
        .withMessage("expected as many later as earlier rows, got 9 and 10");
  }
}
