package dev.parallax.core.alignment;

import static dev.parallax.core.similarity.Statistics.assertUndefined;
import static dev.parallax.core.similarity.Statistics.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.GaussianRows;
import dev.parallax.core.similarity.Statistic;
import dev.parallax.core.spectrum.CentredMoments;
import dev.parallax.core.spectrum.PrincipalComponents;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcrustesTest {

  private static Procrustes of(double[][] x, double[][] y) {
    return Procrustes.of(RowMatrix.of(x), RowMatrix.of(y));
  }

  @Nested
  class Laws {

    @ParameterizedTest(name = "{0} rows of {1}")
    @CsvSource({"40, 6", "5, 30", "2, 1"})
    void rotationShiftAndScaleLeaveASimilarityOfOneAndNoAngle(int n, int p) {
      double[][] x = GaussianRows.of(n, p, 1);
      double[][] y = GaussianRows.affine(GaussianRows.rotated(x, 2), 3, 7);
      assertThat(value(of(x, y).similarity())).isCloseTo(1, within(1e-13));
      assertThat(value(of(x, y).angular())).isCloseTo(0, within(1e-13));
      assertThat(value(of(x, y).unitNormDistance())).isCloseTo(0, within(1e-13));
    }

    @Test
    void onlyTheSizeAndShapeDistanceSeesScale() {
      double[][] x = GaussianRows.of(40, 6, 1);
      double norm = value(of(x, GaussianRows.affine(x, 2, 0)).sizeAndShapeDistance());
      double expected = 0;
      double[] mean = RowMatrix.of(x).mean();
      for (double[] row : x) {
        for (int j = 0; j < 6; j++) {
          expected += (row[j] - mean[j]) * (row[j] - mean[j]);
        }
      }
      assertThat(norm).isCloseTo(Math.sqrt(expected), within(1e-12));
    }

    @ParameterizedTest(name = "noise of {0}")
    @ValueSource(doubles = {1e-3, 1e-6, 1e-9, 1e-12})
    void smallAnglesKeepTheirDigits(double noise) {
      double[][] x = GaussianRows.of(400, 3, 1);
      double expected = noise * Math.sqrt((400 * 3 - 3 - 3 - 1) / (400.0 * 3));
      Procrustes near = of(x, GaussianRows.noisy(x, noise, 2));
      assertThat(value(near.angular())).isCloseTo(expected, within(0.1 * expected));
    }

    @Test
    void sidesMayBeExchanged() {
      double[][] x = GaussianRows.of(30, 5, 1);
      double[][] y = GaussianRows.of(30, 8, 2);
      assertThat(value(of(x, y).similarity()))
          .isCloseTo(value(of(y, x).similarity()), within(1e-14));
      assertThat(value(of(x, y).sizeAndShapeDistance()))
          .isCloseTo(value(of(y, x).sizeAndShapeDistance()), within(1e-12));
    }

    @Test
    void theNarrowerSideIsPaddedWithZeros() {
      double[][] x = GaussianRows.of(30, 5, 1);
      double[][] y = GaussianRows.of(30, 8, 2);
      double[][] padded = new double[30][];
      Arrays.setAll(padded, i -> Arrays.copyOf(x[i], 8));
      assertThat(value(of(x, y).sizeAndShapeDistance()))
          .isCloseTo(value(of(padded, y).sizeAndShapeDistance()), within(1e-12));
      assertThat(value(of(x, y).angular()))
          .isCloseTo(value(of(padded, y).angular()), within(1e-13));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void anglesKeepTheTriangleInequality(long seed) {
      double[][] x = GaussianRows.of(20, 4, seed);
      double[][] y = GaussianRows.noisy(x, 0.5, seed + 1);
      double[][] z = GaussianRows.noisy(y, 0.5, seed + 2);
      assertThat(value(of(x, z).angular()))
          .isLessThanOrEqualTo(value(of(x, y).angular()) + value(of(y, z).angular()));
    }

    @ParameterizedTest(name = "{0} rows of {1} and {2}")
    @CsvSource({"40, 6, 9", "5, 30, 7", "7, 6, 6"})
    void componentsAndMomentsGiveTheSame(int n, int p, int q) {
      RowMatrix x = RowMatrix.of(GaussianRows.affine(GaussianRows.of(n, p, 1), 1e-3, 0));
      RowMatrix y = RowMatrix.of(GaussianRows.affine(GaussianRows.of(n, q, 2), 50, 3));
      Procrustes rows = Procrustes.of(x, y);
      Procrustes components = Procrustes.of(PrincipalComponents.of(x), PrincipalComponents.of(y));
      Procrustes moments =
          Procrustes.ofMoments(
              n,
              trace(CentredMoments.crossProducts(x, x)),
              trace(CentredMoments.crossProducts(y, y)),
              CentredMoments.crossProducts(x, y));
      for (Procrustes other : new Procrustes[] {components, moments}) {
        assertThat(value(other.similarity())).isCloseTo(value(rows.similarity()), within(1e-12));
        assertThat(value(other.angular())).isCloseTo(value(rows.angular()), within(1e-7));
        assertThat(value(other.unitNormDistance()))
            .isCloseTo(value(rows.unitNormDistance()), within(1e-7));
        assertThat(value(other.sizeAndShapeDistance()))
            .isCloseTo(value(rows.sizeAndShapeDistance()), within(1e-9));
      }
    }

    private static double trace(double[][] products) {
      double sum = 0;
      for (int j = 0; j < products.length; j++) {
        sum += products[j][j];
      }
      return sum;
    }
  }

  @Nested
  class Edges {

    @ParameterizedTest(name = "entries of about {0}")
    @ValueSource(doubles = {1e-300, 1e-160, 1e160, 1e300})
    void hugeAndTinyMagnitudesCostNothing(double scale) {
      double[][] x = GaussianRows.of(30, 4, 1);
      double[][] y = GaussianRows.noisy(x, 0.5, 2);
      Procrustes plain = of(x, y);
      Procrustes scaled = of(GaussianRows.affine(x, scale, 0), GaussianRows.affine(y, scale, 0));
      assertThat(value(scaled.similarity())).isCloseTo(value(plain.similarity()), within(1e-13));
      assertThat(value(scaled.sizeAndShapeDistance()) / scale)
          .isCloseTo(value(plain.sizeAndShapeDistance()), within(1e-11));
      assertThat(value(of(x, GaussianRows.affine(y, scale, 0)).similarity()))
          .isCloseTo(value(plain.similarity()), within(1e-13));
    }

    @Test
    void whatCannotBeStatedSaysWhy() {
      double[][] x = GaussianRows.of(8, 3, 1);
      double[][] nan = GaussianRows.of(8, 3, 2);
      nan[3][1] = Double.NaN;
      assertUndefined(of(x, new double[8][2]).angular(), Statistic.Cause.NO_VARIANCE);
      assertUndefined(of(nan, x).similarity(), Statistic.Cause.NOT_FINITE);
      assertUndefined(
          of(new double[1][2], new double[1][2]).similarity(), Statistic.Cause.TOO_FEW_PAIRS);
      assertUndefined(
          Procrustes.of(
                  PrincipalComponents.of(RowMatrix.of(x)),
                  PrincipalComponents.of(RowMatrix.of(nan)))
              .sizeAndShapeDistance(),
          Statistic.Cause.NOT_FINITE);
      double[][] cross = {{1}};
      assertUndefined(
          Procrustes.ofMoments(1, 1, 1, cross).similarity(), Statistic.Cause.TOO_FEW_PAIRS);
      assertUndefined(
          Procrustes.ofMoments(5, 1, 0, cross).similarity(), Statistic.Cause.NO_VARIANCE);
      assertUndefined(
          Procrustes.ofMoments(5, Double.POSITIVE_INFINITY, 1, cross).similarity(),
          Statistic.Cause.NOT_FINITE);
    }

    @Test
    void unpairedRowsAreRefused() {
      double[][] four = GaussianRows.of(4, 2, 1);
      double[][] five = GaussianRows.of(5, 2, 1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> of(four, five))
          .withMessage("expected as many production as reference rows, got 4 and 5");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  Procrustes.of(
                      PrincipalComponents.of(RowMatrix.of(four)),
                      PrincipalComponents.of(RowMatrix.of(five))))
          .withMessage("expected as many production as reference rows, got 4 and 5");
    }
  }
}
