package dev.parallax.core.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.similarity.GaussianRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrthogonalFitTest {

  /** Noise of size ε leaves a distance of ε √(n p − p (p − 1) / 2): a rotation absorbs the rest. */
  @ParameterizedTest(name = "noise of {0}")
  @ValueSource(doubles = {1e-2, 1e-5, 1e-8, 1e-11})
  void distancesNearZeroKeepTheirDigits(double noise) {
    double[][] a = GaussianRows.of(300, 6, 1);
    double[][] b = GaussianRows.rotated(GaussianRows.noisy(a, noise, 2), 3);
    double expected = noise * Math.sqrt(300 * 6 - 15);
    assertThat(Math.sqrt(OrthogonalFit.of(a, b).squaredDistance()))
        .isCloseTo(expected, within(0.05 * expected));
  }

  @ParameterizedTest(name = "{0} rows of {1} and {2}")
  @CsvSource({"20, 3, 3", "20, 3, 7", "20, 7, 3", "4, 9, 6", "1, 2, 2"})
  void bothWaysOfSummingAgree(int n, int widthA, int widthB) {
    double[][] a = GaussianRows.of(n, widthA, 1);
    double[][] b = GaussianRows.of(n, widthB, 2);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < Math.min(widthA, widthB); j++) {
        b[i][j] = a[i][j] + 0.02 * b[i][j];
      }
      for (int j = widthB; j < widthA; j++) {
        a[i][j] *= 0.02;
      }
      for (int j = widthA; j < widthB; j++) {
        b[i][j] *= 0.02;
      }
    }
    OrthogonalFit fit = OrthogonalFit.of(a, b);
    double[][] cross = new double[widthA][widthB];
    Products.transposed(a, b, 0, widthA, 0, cross);
    double normA = squaredNorm(a);
    double normB = squaredNorm(b);
    assertThat(fit.cosine()).isBetween(0.99, 1 + 1e-14);
    assertThat(fit.squaredDistance())
        .isCloseTo(normA + normB - 2 * fit.nuclearNorm(), within(1e-13 * (normA + normB)));
    assertThat(fit.squaredUnitDistance()).isCloseTo(2 - 2 * fit.cosine(), within(1e-13));
    OrthogonalFit ofProducts = OrthogonalFit.ofProducts(normA, normB, cross);
    assertThat(ofProducts.squaredDistance())
        .isCloseTo(fit.squaredDistance(), within(1e-12 * normA));
    assertThat(ofProducts.cosine()).isCloseTo(fit.cosine(), within(1e-14));
  }

  private static double squaredNorm(double[][] rows) {
    double sum = 0;
    for (double[] row : rows) {
      for (double value : row) {
        sum += value * value;
      }
    }
    return sum;
  }

  @Test
  void aZeroMatrixIsItsNormAwayFromAnother() {
    OrthogonalFit fit = OrthogonalFit.of(new double[][] {{3, 4}}, new double[][] {{0}});
    assertThat(fit.squaredDistance()).isEqualTo(25);
    assertThat(fit.cosine()).isEqualTo(0);
    assertThat(fit.squaredUnitDistance()).isEqualTo(2);
    assertThat(OrthogonalFit.of(new double[2][2], new double[2][3]).squaredDistance()).isEqualTo(0);
  }
}
