package dev.parallax.core.spectrum;

import static dev.parallax.core.similarity.Statistics.assertUndefined;
import static dev.parallax.core.similarity.Statistics.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.GaussianRows;
import dev.parallax.core.similarity.Statistic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParticipationRatioTest {

  private static ParticipationRatio of(double[][] rows) {
    return ParticipationRatio.of(RowMatrix.of(rows));
  }

  /** Means over distinct rows are unbiased whatever the distribution, so these terms are. */
  @ParameterizedTest(name = "{0} rows of {1}")
  @CsvSource({"4, 3", "5, 1", "7, 3", "8, 12"})
  void debiasedIsTheRatioOfMeansOverDistinctRows(int n, int p) {
    double[][] x = GaussianRows.affine(GaussianRows.of(n, p, 3), 2, 5);
    double squaredTrace = 0;
    double traceOfSquare = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          for (int l = 0; l < n; l++) {
            if (i != j && i != k && i != l && j != k && j != l && k != l) {
              double product = dot(x[i], x[j], x[k], x[l]);
              traceOfSquare += product * product;
              squaredTrace += dot(x[i], x[j], x[i], x[j]) * dot(x[k], x[l], x[k], x[l]);
            }
          }
        }
      }
    }
    double expected = squaredTrace / traceOfSquare;
    assertThat(value(of(x).debiased())).isCloseTo(expected, within(1e-10 * Math.abs(expected)));
  }

  /** {@code (a − b)·(c − d)}. */
  private static double dot(double[] a, double[] b, double[] c, double[] d) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += (a[j] - b[j]) * (c[j] - d[j]);
    }
    return sum;
  }

  /**
   * The ratio of two unbiased terms keeps a bias of order 1/n, and the mean of 200 samples has a
   * standard error below 1%.
   */
  @ParameterizedTest(name = "{0} rows")
  @ValueSource(ints = {32, 64, 256})
  void fewRowsLeaveTheDebiasedEstimateInPlaceAndPullTheNaiveOneDown(int n) {
    int p = 60;
    double trace = 0;
    double squares = 0;
    for (int j = 0; j < p; j++) {
      double variance = Math.pow(j + 1, -0.6);
      trace += variance;
      squares += variance * variance;
    }
    double truth = trace * trace / squares;
    double naive = 0;
    double debiased = 0;
    for (int seed = 0; seed < 200; seed++) {
      double[][] rows = GaussianRows.of(n, p, seed);
      for (double[] row : rows) {
        for (int j = 0; j < p; j++) {
          row[j] *= Math.pow(j + 1, -0.3);
        }
      }
      naive += value(of(rows).naive()) / 200;
      debiased += value(of(rows).debiased()) / 200;
    }
    assertThat(debiased).isCloseTo(truth, within(2 * truth / n));
    assertThat(naive).isCloseTo(1 / (1 / truth + 1.0 / n), within(0.05 * truth));
    assertThat(naive).isLessThan(truth - 4 * truth / n);
  }

  @Test
  void rowsFarFromGaussianAreNoWorse() {
    double debiased = 0;
    for (int seed = 0; seed < 200; seed++) {
      double[][] rows = GaussianRows.of(100, 12, seed);
      for (double[] row : rows) {
        for (int j = 0; j < row.length; j++) {
          row[j] = Math.signum(row[j]) * (j < 6 ? 1 : 2);
        }
      }
      debiased += value(of(rows).debiased()) / 200;
    }
    assertThat(debiased).isCloseTo(30.0 * 30 / 102, within(0.1));
  }

  @Test
  void naiveIsThatOfTheSpectrum() {
    for (double[][] rows :
        new double[][][] {GaussianRows.of(40, 7, 1), GaussianRows.of(7, 40, 1)}) {
      assertThat(value(of(rows).naive()))
          .isCloseTo(value(Spectrum.of(RowMatrix.of(rows)).participationRatio()), within(1e-12));
    }
  }

  @Test
  void sumsInAnyUnitGiveTheSame() {
    ParticipationRatio one = ParticipationRatio.ofSums(10, 20, 50, 90);
    ParticipationRatio other = ParticipationRatio.ofSums(10, 80, 800, 1440);
    assertThat(value(other.naive())).isCloseTo(value(one.naive()), within(1e-14));
    assertThat(value(other.debiased())).isCloseTo(value(one.debiased()), within(1e-14));
  }

  @ParameterizedTest(name = "entries of about {0}")
  @ValueSource(doubles = {1e-300, 1e-160, 1e160, 1e300})
  void hugeAndTinyMagnitudesCostNothing(double scale) {
    double[][] rows = GaussianRows.of(30, 5, 1);
    assertThat(value(of(GaussianRows.affine(rows, scale, 0)).debiased()))
        .isCloseTo(value(of(rows).debiased()), within(1e-12));
  }

  @Test
  void threeRowsHaveANaiveRatioOnly() {
    ParticipationRatio three = of(GaussianRows.of(3, 5, 1));
    assertThat(value(three.naive())).isBetween(1.0, 2.0);
    assertUndefined(three.debiased(), Statistic.Cause.TOO_FEW_PAIRS);
    assertUndefined(of(GaussianRows.of(1, 5, 1)).naive(), Statistic.Cause.TOO_FEW_PAIRS);
  }

  @Test
  void oneRowThatDiffersHasNoDebiasedRatio() {
    double[][] rows = new double[300][3];
    rows[17] = new double[] {1, 2, 3};
    assertThat(value(of(rows).naive())).isCloseTo(1, within(1e-12));
    assertUndefined(of(rows).debiased(), Statistic.Cause.DEGENERATE);
  }

  @Test
  void rowsThatAreEqualHaveNone() {
    ParticipationRatio constant = of(new double[][] {{1, 2}, {1, 2}, {1, 2}, {1, 2}});
    assertUndefined(constant.naive(), Statistic.Cause.NO_VARIANCE);
    assertUndefined(constant.debiased(), Statistic.Cause.NO_VARIANCE);
    assertUndefined(ParticipationRatio.ofSums(9, 0, 0, 0).debiased(), Statistic.Cause.NO_VARIANCE);
  }
}
