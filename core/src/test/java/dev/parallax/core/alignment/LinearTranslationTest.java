package dev.parallax.core.alignment;

import static dev.parallax.core.similarity.Statistics.assertUndefined;
import static dev.parallax.core.similarity.Statistics.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.GaussianRows;
import dev.parallax.core.similarity.PairedRows;
import dev.parallax.core.similarity.Statistic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearTranslationTest {

  private static final double RIDGE = 1e-9;

  private static PairedRows pairs(double[][] production, double[][] reference) {
    return new PairedRows(RowMatrix.of(production), RowMatrix.of(reference));
  }

  /** Production = linear map of the reference, shifted, plus noise. */
  private static PairedRows linear(int n, double noise, long seed) {
    double[][] r = GaussianRows.affine(GaussianRows.of(n, 6, seed), 1, 3);
    double[][] map = GaussianRows.of(6, 4, 99);
    double[][] x = GaussianRows.of(n, 4, seed + 1_000);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 4; j++) {
        x[i][j] = 10 + noise * x[i][j];
        for (int k = 0; k < 6; k++) {
          x[i][j] += r[i][k] * map[k][j];
        }
      }
    }
    return pairs(x, r);
  }

  @Test
  void aLinearMapIsExplainedInSampleAndHeldOut() {
    assertThat(value(LinearTranslation.inSample(linear(50, 0, 1), RIDGE)))
        .isCloseTo(1, within(1e-6));
    assertThat(value(LinearTranslation.heldOut(linear(50, 0, 1), linear(30, 0, 2), RIDGE)))
        .isCloseTo(1, within(1e-6));
  }

  @Test
  void oneColumnWithoutRidgeIsTheSquaredCorrelation() {
    double[][] x = {{1}, {2}, {4}, {3}};
    double[][] r = {{0}, {1}, {2}, {5}};
    assertThat(value(LinearTranslation.inSample(pairs(x, r), 1e-12)))
        .isCloseTo(squaredCorrelation(x, r), within(1e-6));
  }

  private static double squaredCorrelation(double[][] x, double[][] r) {
    double meanX = 0;
    double meanR = 0;
    for (int i = 0; i < x.length; i++) {
      meanX += x[i][0] / x.length;
      meanR += r[i][0] / x.length;
    }
    double xr = 0;
    double xx = 0;
    double rr = 0;
    for (int i = 0; i < x.length; i++) {
      xr += (x[i][0] - meanX) * (r[i][0] - meanR);
      xx += (x[i][0] - meanX) * (x[i][0] - meanX);
      rr += (r[i][0] - meanR) * (r[i][0] - meanR);
    }
    return xr * xr / (xx * rr);
  }

  /** Twenty pairs of spaces, 60 rows, 20 reference columns. */
  @Test
  void unrelatedSpacesLookRelatedInSampleAndNotHeldOut() {
    double inSample = 0;
    double heldOut = 0;
    for (int seed = 0; seed < 20; seed++) {
      PairedRows fitted = pairs(GaussianRows.of(60, 5, seed), GaussianRows.of(60, 20, 100 + seed));
      PairedRows judged =
          pairs(GaussianRows.of(200, 5, 200 + seed), GaussianRows.of(200, 20, 300 + seed));
      inSample += value(LinearTranslation.inSample(fitted, RIDGE)) / 20;
      heldOut += value(LinearTranslation.heldOut(fitted, judged, RIDGE)) / 20;
    }
    assertThat(inSample).isCloseTo(20.0 / 59, within(0.03));
    assertThat(heldOut).isCloseTo(-20.0 / 38, within(0.1));
  }

  @ParameterizedTest(name = "entries of about {0}")
  @ValueSource(doubles = {1e-300, 1e-40, 1e40, 1e300})
  void scaleAndOffsetChangeNothing(double scale) {
    PairedRows plain = linear(50, 1, 1);
    PairedRows scaled =
        new PairedRows(
            RowMatrix.of(GaussianRows.affine(plain.production().toRows(), scale, 0)),
            RowMatrix.of(GaussianRows.affine(plain.reference().toRows(), 1, 1e4)));
    assertThat(value(LinearTranslation.inSample(scaled, RIDGE)))
        .isCloseTo(value(LinearTranslation.inSample(plain, RIDGE)), within(1e-7));
  }

  @Test
  void aHeavyRidgeShrinksTheMapToTheMean() {
    assertThat(value(LinearTranslation.inSample(linear(50, 0, 1), 1e6))).isCloseTo(0, within(1e-4));
  }

  @Test
  void whatCannotBeStatedSaysWhy() {
    PairedRows good = linear(20, 1, 1);
    PairedRows constant = pairs(GaussianRows.of(20, 4, 1), new double[20][6]);
    PairedRows one = pairs(new double[1][4], new double[1][6]);
    assertUndefined(LinearTranslation.inSample(constant, RIDGE), Statistic.Cause.NO_VARIANCE);
    assertUndefined(LinearTranslation.heldOut(good, one, RIDGE), Statistic.Cause.TOO_FEW_PAIRS);
    double[][] nan = GaussianRows.of(20, 4, 1);
    nan[2][2] = Double.NaN;
    assertUndefined(
        LinearTranslation.heldOut(good, pairs(nan, GaussianRows.of(20, 6, 1)), RIDGE),
        Statistic.Cause.NOT_FINITE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LinearTranslation.inSample(good, 0))
        .withMessage("expected a ridge above 0, got 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                LinearTranslation.heldOut(
                    good, pairs(GaussianRows.of(20, 3, 1), GaussianRows.of(20, 6, 1)), RIDGE))
        .withMessage("expected judged rows of width 4, got 3");
  }
}
