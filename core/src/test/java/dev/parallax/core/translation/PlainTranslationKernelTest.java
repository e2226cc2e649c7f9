package dev.parallax.core.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PlainTranslationKernelTest {

  private static final TranslationKernel KERNEL = new PlainTranslationKernel();
  private static final Strata ONE = Strata.of(new float[1][6]);

  private static Translation fit(float[][] live, float[][] reference) {
    TranslationSums sums = new TranslationSums(live[0], reference[0]);
    KERNEL.addTo(sums, live, reference);
    return sums.fit(1e-9);
  }

  private static double residual(Translation translation, float[][] live, float[][] reference) {
    return KERNEL.residuals(translation, ONE, live, reference).mean().orElseThrow();
  }

  @Test
  void theResidualIsTheMeanSquaredMissOfTheMap() {
    // x̄ = (1, 0), r̄ = 2, W = (3, 1): 4 is sent to (7, 2).
    Translation translation =
        new Translation(new float[] {1, 0}, new float[] {2}, new float[] {3, 1}, 0.1);
    float[][] reference = {{4}, {2}};
    float[][] live = {{7, 5}, {1, 2}};
    StratumResiduals residuals =
        KERNEL.residuals(translation, Strata.of(new float[][] {{2}, {4}}), live, reference);

    assertThat(residuals.sum(1)).isEqualTo(9);
    assertThat(residuals.sum(0)).isEqualTo(4);
    assertThat(residuals.mean()).hasValue(6.5);
  }

  @Test
  void anExactMapLeavesNothingAndARotationOfTheLiveRowsAlmostEverything() {
    float[][] reference = Rows.gaussian(500, 6, 1);
    float[][] live = Rows.mapped(reference, Rows.gaussian(6, 6, 2));
    Translation translation = fit(live, reference);
    double[] mean = Rows.mean(live);
    double spread = 0;
    for (float[] row : live) {
      for (int j = 0; j < row.length; j++) {
        spread += (row[j] - mean[j]) * (row[j] - mean[j]) / live.length;
      }
    }

    // Single-precision rows and map: (1e-6)² a coordinate.
    assertThat(residual(translation, live, reference)).isLessThan(1e-10);
    assertThat(residual(translation, Rows.turned(live), reference)).isGreaterThan(spread / 2);
  }

  @Test
  void wrongPairsHaveMoreThanTheWholeVarianceAsResidual() {
    float[][] reference = Rows.gaussian(500, 6, 3);
    float[][] live = Rows.mapped(reference, Rows.gaussian(6, 6, 4));
    Translation translation = fit(live, reference);
    float[][] previous = new float[500][];
    for (int i = 0; i < 500; i++) {
      previous[i] = live[(i + 499) % 500];
    }
    double constant = residual(translation, filled(translation.liveMean(), 500), reference);

    // Independent pairs: the variance of the answer and that of the prediction, each as large.
    assertThat(residual(translation, previous, reference) / constant).isCloseTo(2, within(0.2));
  }

  private static float[][] filled(float[] row, int n) {
    float[][] rows = new float[n][];
    Arrays.fill(rows, row);
    return rows;
  }

  @Test
  void residualsOfPartsAddUpPerStratum() {
    float[][] reference = Rows.gaussian(301, 6, 5);
    float[][] live = Rows.gaussian(301, 4, 6);
    Translation translation = fit(live, reference);
    Strata strata = Strata.fit(reference, 5, 7);
    StratumResiduals whole = KERNEL.residuals(translation, strata, live, reference);
    StratumResiduals parts =
        KERNEL.residuals(
            translation, strata, Arrays.copyOf(live, 120), Arrays.copyOf(reference, 120));
    parts.add(
        KERNEL.residuals(
            translation,
            strata,
            Arrays.copyOfRange(live, 120, 301),
            Arrays.copyOfRange(reference, 120, 301)));

    for (int s = 0; s < 5; s++) {
      assertThat(parts.count(s)).isEqualTo(whole.count(s)).isPositive();
      assertThat(parts.sum(s)).isCloseTo(whole.sum(s), within(1e-12 * whole.sum(s)));
    }
    assertThat(whole.count()).isEqualTo(301);
  }

  @Test
  void noRowsGiveNoResiduals() {
    Translation translation = fit(Rows.gaussian(9, 6, 8), Rows.gaussian(9, 6, 9));
    StratumResiduals none = KERNEL.residuals(translation, ONE, new float[0][], new float[0][]);

    assertThat(none.count()).isZero();
    assertThat(none.mean()).isEmpty();
  }
}
