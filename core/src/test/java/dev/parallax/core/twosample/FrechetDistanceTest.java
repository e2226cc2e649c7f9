package dev.parallax.core.twosample;

import static dev.parallax.core.similarity.Statistics.assertUndefined;
import static dev.parallax.core.similarity.Statistics.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.GaussianRows;
import dev.parallax.core.similarity.Statistic;
import dev.parallax.core.spectrum.CentredMoments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrechetDistanceTest {

  private static FrechetDistance of(double[][] x, double[][] y) {
    return FrechetDistance.of(RowMatrix.of(x), RowMatrix.of(y));
  }

  @Test
  void inOneDimensionItIsTheDifferenceOfMeansAndOfDeviations() {
    FrechetDistance distance =
        of(new double[][] {{1}, {3}}, new double[][] {{10}, {12}, {14}, {16}});
    double deviations = Math.sqrt(2) - Math.sqrt(20.0 / 3);
    assertThat(value(distance.meanShiftSquared())).isCloseTo(121, within(1e-12));
    assertThat(value(distance.squared())).isCloseTo(121 + deviations * deviations, within(1e-12));
  }

  @Test
  void alignedAxesAddUp() {
    double[][] x = {{2, 0}, {-2, 0}, {0, 1}, {0, -1}};
    double[][] y = {{1, 0}, {-1, 0}, {0, 3}, {0, -3}};
    assertThat(value(of(x, y).squared())).isCloseTo((1 + 4) * 2.0 / 3, within(1e-13));
  }

  @Test
  void itDoesNotDependOnTheOrderOfRowsAndIsZeroForTheSameRows() {
    double[][] x = GaussianRows.of(30, 5, 1);
    double[][] shuffled = new double[30][];
    for (int i = 0; i < 30; i++) {
      shuffled[i] = x[(7 * i) % 30];
    }
    assertThat(value(of(x, x).squared())).isCloseTo(0, within(1e-25));
    assertThat(value(of(x, shuffled).squared())).isCloseTo(0, within(1e-25));
  }

  @ParameterizedTest(name = "spread of the shift {0}")
  @ValueSource(doubles = {1e-3, 1e-6, 1e-9})
  void smallDistancesKeepTheirDigits(double relative) {
    double[][] x = GaussianRows.of(50, 4, 1);
    double[][] y = GaussianRows.affine(x, 1 + relative, 0);
    double traceX = 0;
    for (int j = 0; j < 4; j++) {
      traceX += CentredMoments.crossProducts(RowMatrix.of(x), RowMatrix.of(x))[j][j] / 49;
    }
    double spread = value(of(x, y).squared()) - value(of(x, y).meanShiftSquared());
    assertThat(spread).isCloseTo(relative * relative * traceX, within(1e-5 * relative * relative));
  }

  @Test
  void itSeesARotationThatTheSpectrumDoesNot() {
    double[][] x = GaussianRows.of(200, 3, 1);
    for (double[] row : x) {
      row[0] *= 5;
    }
    assertThat(value(of(x, GaussianRows.rotated(x, 3)).squared())).isGreaterThan(1);
  }

  @Test
  void fewerRowsThanDimensionsAreNoObstacle() {
    double[][] x = GaussianRows.of(4, 20, 1);
    double[][] y = GaussianRows.of(6, 20, 2);
    assertThat(value(of(x, y).squared())).isCloseTo(value(of(y, x).squared()), within(1e-12));
  }

  @Test
  void momentsGiveTheSame() {
    RowMatrix x = RowMatrix.of(GaussianRows.of(40, 6, 1));
    RowMatrix y = RowMatrix.of(GaussianRows.affine(GaussianRows.of(90, 6, 2), 2, 1));
    FrechetDistance ofMoments = FrechetDistance.of(CentredMoments.of(x), CentredMoments.of(y));
    assertThat(value(ofMoments.squared()))
        .isCloseTo(value(FrechetDistance.of(x, y).squared()), within(1e-11));
  }

  @Test
  void aConstantSideIsAPoint() {
    double[][] point = {{1, 1}, {1, 1}, {1, 1}};
    double[][] x = {{0, 0}, {2, 0}, {0, 2}, {2, 2}};
    assertThat(value(of(x, point).squared())).isCloseTo(8.0 / 3, within(1e-14));
    assertThat(value(of(point, point).squared())).isEqualTo(0);
  }

  @ParameterizedTest(name = "entries of about {0}")
  @ValueSource(doubles = {1e-140, 1e140})
  void magnitudeIsAFactor(double scale) {
    double[][] x = GaussianRows.of(20, 3, 1);
    double[][] y = GaussianRows.of(20, 3, 2);
    double scaled =
        value(of(GaussianRows.affine(x, scale, 0), GaussianRows.affine(y, scale, 0)).squared());
    assertThat(scaled / scale / scale).isCloseTo(value(of(x, y).squared()), within(1e-12));
  }

  @Test
  void whatCannotBeStatedSaysWhy() {
    double[][] x = GaussianRows.of(8, 3, 1);
    assertUndefined(of(x, GaussianRows.of(8, 4, 1)).squared(), Statistic.Cause.WIDTHS_DIFFER);
    assertUndefined(of(x, new double[1][3]).meanShiftSquared(), Statistic.Cause.TOO_FEW_PAIRS);
    double[][] nan = GaussianRows.of(8, 3, 1);
    nan[0][0] = Double.NaN;
    assertUndefined(of(nan, x).squared(), Statistic.Cause.NOT_FINITE);
    assertUndefined(
        of(new double[][] {{1e200}, {2e200}}, new double[][] {{-1e200}, {0}}).squared(),
        Statistic.Cause.NOT_FINITE);
  }
}
