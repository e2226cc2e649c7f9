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

class SvccaTest {

  private static Statistic of(double[][] x, double[][] y) {
    return Svcca.of(RowMatrix.of(x), RowMatrix.of(y));
  }

  @Test
  void columnsMayBeShiftedAndScaledEachByItsOwnFactor() {
    double[][] x = GaussianRows.of(80, 14, 1);
    double[][] y = GaussianRows.affine(x, 1, 5);
    for (double[] row : y) {
      for (int j = 0; j < row.length; j++) {
        row[j] *= Math.pow(10, 3 - j);
      }
    }
    assertThat(value(of(x, x))).isCloseTo(1, within(1e-12));
    assertThat(value(of(x, y))).isCloseTo(1, within(1e-9));
  }

  @Test
  void aRotationIsSeenUnlessAllDirectionsAreKept() {
    double[][] x = GaussianRows.of(80, 14, 1);
    double[][] y = GaussianRows.rotated(x, 2);
    assertThat(value(of(x, y))).isLessThan(0.99);
    assertThat(value(Svcca.of(RowMatrix.of(x), RowMatrix.of(y), 14))).isCloseTo(1, within(1e-12));
  }

  @Test
  void unrelatedSpacesReadAboutTheRootOfComponentsOverRows() {
    double mean = 0;
    for (int seed = 0; seed < 20; seed++) {
      mean += value(of(GaussianRows.of(400, 30, seed), GaussianRows.of(400, 30, 100 + seed))) / 20;
    }
    assertThat(mean).isBetween(0.7 * Math.sqrt(10.0 / 400), 1.5 * Math.sqrt(10.0 / 400));
  }

  @Test
  void theReleasedEpsilonShowsOnSmallColumnsOnly() {
    RowMatrix x = RowMatrix.of(GaussianRows.of(80, 14, 1));
    RowMatrix y = RowMatrix.of(GaussianRows.noisy(GaussianRows.of(80, 14, 1), 1, 2));
    assertThat(value(Svcca.withReleasedScaling(x, y)))
        .isCloseTo(value(Svcca.of(x, y)), within(1e-6));
    double[][] uneven = y.toRows();
    for (double[] row : uneven) {
      for (int j = 0; j < 7; j++) {
        row[j] *= 1e-8;
      }
    }
    RowMatrix small = RowMatrix.of(uneven);
    assertThat(value(Svcca.of(x, small))).isCloseTo(value(Svcca.of(x, y)), within(1e-9));
    assertThat(Math.abs(value(Svcca.withReleasedScaling(x, small)) - value(Svcca.of(x, y))))
        .isGreaterThan(1e-3);
  }

  @Test
  void constantColumnsAreLeftOut() {
    double[][] x = GaussianRows.of(80, 14, 1);
    double[][] y = GaussianRows.noisy(x, 1, 2);
    double[][] wider = new double[80][16];
    for (int i = 0; i < 80; i++) {
      System.arraycopy(x[i], 0, wider[i], 1, 14);
      wider[i][0] = 1e6;
    }
    assertThat(value(of(wider, y))).isCloseTo(value(of(x, y)), within(1e-12));
  }

  @Test
  void fewerDirectionsThanComponentsIsUndefined() {
    assertUndefined(
        of(GaussianRows.of(10, 20, 1), GaussianRows.of(10, 20, 2)),
        Statistic.Cause.TOO_FEW_DIRECTIONS);
    assertUndefined(
        of(GaussianRows.of(50, 9, 1), GaussianRows.of(50, 20, 2)),
        Statistic.Cause.TOO_FEW_DIRECTIONS);
    assertThat(of(GaussianRows.of(11, 20, 1), GaussianRows.of(11, 20, 2)))
        .isInstanceOf(Statistic.Stated.class);
  }

  @Test
  void whatCannotBeStatedSaysWhy() {
    double[][] x = GaussianRows.of(20, 12, 1);
    assertUndefined(of(x, new double[20][12]), Statistic.Cause.NO_VARIANCE);
    assertUndefined(of(new double[1][2], new double[1][2]), Statistic.Cause.TOO_FEW_PAIRS);
    double[][] infinite = GaussianRows.of(20, 12, 1);
    infinite[0][0] = Double.NEGATIVE_INFINITY;
    assertUndefined(of(infinite, x), Statistic.Cause.NOT_FINITE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Svcca.of(RowMatrix.of(x), RowMatrix.of(x), 0))
        .withMessage("expected 1 or more components, got 0");
  }
}
