package dev.parallax.core.platonic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.LinearCka;
import dev.parallax.core.similarity.Statistic;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlatonicCkaTest {

  private static RowMatrix gaussian(int n, int width, double scale, long seed) {
    Random random = new Random(seed);
    double[][] rows = new double[n][width];
    for (double[] row : rows) {
      for (int j = 0; j < width; j++) {
        row[j] = scale * random.nextGaussian();
      }
    }
    return RowMatrix.of(rows);
  }

  private static double value(Statistic statistic) {
    return statistic.asOptional().orElseThrow();
  }

  @Test
  void onRowsOfOrdinaryScaleItIsLinearCka() {
    RowMatrix x = gaussian(60, 5, 1, 1);
    RowMatrix y = gaussian(60, 7, 1, 2);
    LinearCka cka = LinearCka.of(x, y);
    assertThat(value(PlatonicCka.biased(x, y))).isCloseTo(value(cka.biased()), within(1e-6));
    assertThat(value(PlatonicCka.unbiased(x, y))).isCloseTo(value(cka.debiased()), within(1e-6));
  }

  @Test
  void theAddedMillionthMovesIsotropicRowsOfUnitNormAndEffacesSmallOnes() {
    RowMatrix x = gaussian(200, 384, Math.sqrt(1 / 384.0), 3);
    assertThat(value(PlatonicCka.unbiased(x, x))).isBetween(0.9994, 0.9998);
    RowMatrix small = gaussian(200, 384, 1e-4 * Math.sqrt(1 / 384.0), 3);
    assertThat(value(PlatonicCka.unbiased(small, small))).isBetween(0.0, 1e-6);
    assertThat(value(LinearCka.of(small, small).debiased())).isCloseTo(1, within(1e-12));
  }

  @Test
  void aKernelOfWidthOneSaysNothingOfRowsThatAreFarApart() {
    RowMatrix x = gaussian(50, 300, 1, 4);
    RowMatrix y = gaussian(50, 300, 1, 5);
    assertThat(value(PlatonicCka.rbfBiased(x, y))).isCloseTo(1, within(1e-6));
    assertThat(value(PlatonicCka.rbfUnbiased(x, y))).isCloseTo(0, within(1e-12));
  }

  @Test
  void aConstantSideScoresZero() {
    RowMatrix x = gaussian(20, 3, 1, 6);
    RowMatrix constant = RowMatrix.of(new double[20][2]);
    assertThat(PlatonicCka.biased(x, constant)).isEqualTo(new Statistic.Stated(0));
    assertThat(PlatonicCka.unbiased(x, constant)).isEqualTo(new Statistic.Stated(0));
    assertThat(PlatonicCka.rbfBiased(x, constant)).isEqualTo(new Statistic.Stated(0));
    assertThat(PlatonicCka.rbfUnbiased(x, constant)).isEqualTo(new Statistic.Stated(0));
  }

  @Test
  void undefinedOfTooFewPairsAndOfEntriesThatAreNotFinite() {
    RowMatrix three = gaussian(3, 2, 1, 7);
    assertThat(PlatonicCka.unbiased(three, three)).isInstanceOf(Statistic.Undefined.class);
    assertThat(PlatonicCka.rbfUnbiased(three, three)).isInstanceOf(Statistic.Undefined.class);
    RowMatrix odd = RowMatrix.of(new double[][] {{1}, {2}, {Double.NaN}});
    assertThat(PlatonicCka.biased(three, odd)).isInstanceOf(Statistic.Undefined.class);
    assertThat(PlatonicCka.rbfBiased(three, odd)).isInstanceOf(Statistic.Undefined.class);
  }
}
