package dev.parallax.core.spectrum;

import static dev.parallax.core.similarity.Statistics.assertUndefined;
import static dev.parallax.core.similarity.Statistics.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.GaussianRows;
import dev.parallax.core.similarity.Statistic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalComponentsTest {

  @ParameterizedTest(name = "{0} rows of {1}")
  @CsvSource({"2, 1", "3, 7", "7, 3", "16, 16", "127, 5", "5, 127"})
  void scoresAlongAxesAreTheCentredRows(int n, int p) {
    RowMatrix rows = RowMatrix.of(GaussianRows.affine(GaussianRows.of(n, p, 1), 5, 3));
    PrincipalComponents components = PrincipalComponents.of(rows);
    double[][] scores = components.scores();
    double[] mean = components.mean();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < p; j++) {
        double sum = 0;
        for (int k = 0; k < scores[i].length; k++) {
          sum += scores[i][k] * components.axis(k)[j];
        }
        assertThat(Math.scalb(sum, components.exponent()) + mean[j])
            .isCloseTo(rows.get(i, j), within(1e-11));
      }
    }
    assertThat(components.rank()).isEqualTo(Math.min(n - 1, p));
    assertThat(components.loadings()).hasDimensions(p, Math.min(n, p));
  }

  @Test
  void directionsThatAreOnlyRoundingOfSinglePrecisionDoNotCount() {
    double[][] hidden = GaussianRows.of(200, 3, 1);
    double[][] mix = GaussianRows.of(3, 40, 2);
    float[][] rows = new float[200][40];
    for (int i = 0; i < 200; i++) {
      for (int j = 0; j < 40; j++) {
        rows[i][j] =
            (float)
                (5
                    + hidden[i][0] * mix[0][j]
                    + hidden[i][1] * mix[1][j]
                    + hidden[i][2] * mix[2][j]);
      }
    }
    RowMatrix matrix = RowMatrix.of(rows);
    PrincipalComponents components = PrincipalComponents.of(matrix);
    assertThat(components.rank()).isEqualTo(3);
    assertThat(components.singularValues()).hasSize(40);
    assertUndefined(components.gap(3), Statistic.Cause.TOO_FEW_DIRECTIONS);
    assertThat(PrincipalComponents.standardised("given", matrix).rank()).isEqualTo(3);
  }

  @Test
  void weakDirectionsAboveThatDoCount() {
    double[][] rows = GaussianRows.of(200, 5, 1);
    for (double[] row : rows) {
      row[4] *= 1e-5;
    }
    assertThat(PrincipalComponents.of(RowMatrix.of(rows)).rank()).isEqualTo(5);
  }

  @Test
  void theGapIsTheRatioOfNeighbouringSingularValues() {
    double[][] rows = {{4, 0}, {-4, 0}, {0, 1}, {0, -1}};
    PrincipalComponents components = PrincipalComponents.of(RowMatrix.of(rows));
    assertThat(value(components.gap(1))).isCloseTo(4, within(1e-14));
    assertUndefined(components.gap(2), Statistic.Cause.TOO_FEW_DIRECTIONS);
    assertThatIllegalArgumentException().isThrownBy(() -> components.undefinedBelow(0));
  }

  @Test
  void standardisedColumnsHaveUnitVarianceWhateverTheirScale() {
    double[][] rows = GaussianRows.of(50, 4, 1);
    for (double[] row : rows) {
      row[1] *= 1e-100;
      row[2] *= 1e150;
      row[3] = 7;
    }
    PrincipalComponents components = PrincipalComponents.standardised("given", RowMatrix.of(rows));
    double squares = 0;
    for (double value : components.singularValues()) {
      squares += value * value;
    }
    assertThat(squares).isCloseTo(3 * 49, within(1e-11));
    assertThat(components.rank()).isEqualTo(3);
  }

  @Test
  void momentsHaveTheSameComponentsButNoSampleSpace() {
    RowMatrix rows = RowMatrix.of(GaussianRows.affine(GaussianRows.of(40, 5, 1), 3, 100));
    PrincipalComponents ofRows = PrincipalComponents.of(rows);
    PrincipalComponents ofMoments = CentredMoments.of(rows);
    assertThat(ofMoments.rank()).isEqualTo(5);
    assertThat(ofMoments.singularValues()).containsExactly(ofRows.singularValues(), within(1e-11));
    for (int k = 0; k < 5; k++) {
      double cosine = 0;
      for (int j = 0; j < 5; j++) {
        cosine += ofRows.axis(k)[j] * ofMoments.axis(k)[j];
      }
      assertThat(Math.abs(cosine)).isCloseTo(1, within(1e-13));
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> ofMoments.left(0))
        .withMessage("the components of the given matrix are of moments: there is no sample space");
    assertThatIllegalStateException().isThrownBy(ofMoments::scores);
  }

  @ParameterizedTest(name = "variances of about {0}")
  @ValueSource(doubles = {1e-300, 1e-30, 1e30, 1e300})
  void momentsOfAnyMagnitudeHaveThem(double scale) {
    PrincipalComponents components =
        PrincipalComponents.ofMoments(
            "given", 10, new double[2], new double[][] {{5 * scale, 0}, {0, 20 * scale}});
    assertThat(value(components.gap(1))).isCloseTo(2, within(1e-14));
    assertThat(components.singularValues()[0] / Math.sqrt(scale))
        .isCloseTo(Math.sqrt(20), within(1e-13));
  }

  @Test
  void momentsOfNothingSayWhy() {
    double[] mean = {1, 2};
    double[][] none = new double[2][2];
    double[][] notFinite = {{Double.NaN, 0}, {0, 1}};
    assertUndefined(ofMoments(10, mean, none), Statistic.Cause.NO_VARIANCE);
    assertUndefined(ofMoments(1, mean, none), Statistic.Cause.TOO_FEW_PAIRS);
    assertUndefined(ofMoments(9, mean, notFinite), Statistic.Cause.NOT_FINITE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ofMoments(9, new double[3], none))
        .withMessage("expected products of width 3, got 2");
  }

  private static Statistic ofMoments(long count, double[] mean, double[][] products) {
    return PrincipalComponents.ofMoments("given", count, mean, products).undefined().orElseThrow();
  }

  @Test
  void noRowsAndNoColumnsSayWhy() {
    assertUndefined(
        PrincipalComponents.of(RowMatrix.of(new double[0][])).undefined().orElseThrow(),
        Statistic.Cause.TOO_FEW_PAIRS);
    assertUndefined(
        PrincipalComponents.of(RowMatrix.of(new double[3][0])).undefined().orElseThrow(),
        Statistic.Cause.NO_VARIANCE);
  }
}
