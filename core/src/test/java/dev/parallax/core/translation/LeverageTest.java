package dev.parallax.core.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class LeverageTest {

  private static final int Q = 5;
  private static final double RIDGE = 0.02;
  private static final Strata ONE_STRATUM = Strata.of(new float[1][Q]);

  /** Entries whose spreads are far apart, so that a plain distance would not do. */
  private static float[][] stretched(int n, long seed) {
    float[][] rows = Rows.gaussian(n, Q, seed);
    for (float[] row : rows) {
      for (int j = 0; j < Q; j++) {
        row[j] = (j + 1) * row[j] + 3;
      }
      row[1] += row[0];
    }
    return rows;
  }

  private static Leverage fitted(float[][] rows) {
    TranslationSums sums = new TranslationSums(new float[1], rows[0].clone());
    new PlainTranslationKernel().addTo(sums, new float[rows.length][1], rows);
    return sums.leverage(RIDGE);
  }

  private static RowResiduals of(Leverage leverage, float[][] rows) {
    return leverage.of(new PlainTranslationKernel(), ONE_STRATUM, rows);
  }

  /** (r − r̄)(C + λI)⁻¹(r − r̄)ᵀ / q with an inverse of its own. */
  private static double mahalanobis(float[][] fit, float[] row) {
    double[] mean = Rows.mean(fit);
    DMatrixRMaj covariance = new DMatrixRMaj(Q, Q);
    for (float[] r : fit) {
      for (int i = 0; i < Q; i++) {
        for (int j = 0; j < Q; j++) {
          covariance.add(i, j, (r[i] - mean[i]) * (r[j] - mean[j]) / fit.length);
        }
      }
    }
    double penalty = RIDGE * CommonOps_DDRM.trace(covariance) / Q;
    for (int i = 0; i < Q; i++) {
      covariance.add(i, i, penalty);
    }
    CommonOps_DDRM.invert(covariance);
    double sum = 0;
    for (int i = 0; i < Q; i++) {
      for (int j = 0; j < Q; j++) {
        sum += (row[i] - mean[i]) * covariance.get(i, j) * (row[j] - mean[j]);
      }
    }
    return sum / Q;
  }

  @Test
  void itIsTheMahalanobisDistanceThatAPlainInverseGives() {
    float[][] fit = stretched(300, 1);
    float[][] others = stretched(40, 2);

    RowResiduals leverage = of(fitted(fit), others);

    for (int i = 0; i < others.length; i++) {
      double expected = mahalanobis(fit, others[i]);
      // The map is kept in floats.
      assertThat(leverage.residual(i)).isCloseTo(expected, within(1e-5 * (1 + expected)));
    }
  }

  @Test
  void itsMeanOverTheInputsOfTheFitIsALittleBelowOne() {
    float[][] fit = stretched(2_000, 3);

    // Each direction of variance c has c/(c + λ): with these spreads and ridge 0.94 to 1.
    assertThat(of(fitted(fit), fit).mean()).isBetween(0.9, 0.999);
  }

  @Test
  void itsMeanOverOtherInputsFromTheSamePlaceIsAboutOne() {
    assertThat(of(fitted(stretched(2_000, 3)), stretched(2_000, 4)).mean())
        .isCloseTo(1, within(0.1));
  }

  @Test
  void aRowTwiceAsFarFromTheMeanHasFourTimesTheLeverage() {
    float[][] fit = stretched(500, 5);
    Leverage leverage = fitted(fit);
    float[] mean = leverage.referenceMean();
    float[] near = mean.clone();
    float[] far = mean.clone();
    near[2] += 2;
    far[2] += 4;

    RowResiduals rows = of(leverage, new float[][] {mean, near, far});

    assertThat(rows.residual(0)).isZero();
    assertThat(rows.residual(1)).isPositive();
    assertThat(rows.residual(2) / rows.residual(1)).isCloseTo(4, within(1e-4));
  }

  @Test
  void aDirectionThatHardlyVariesMakesAnEqualStepLookFarther() {
    Leverage leverage = fitted(stretched(500, 6));
    float[] alongTheNarrow = leverage.referenceMean().clone();
    float[] alongTheWide = leverage.referenceMean().clone();
    alongTheNarrow[0] += 1;
    alongTheWide[Q - 1] += 1;

    RowResiduals rows = of(leverage, new float[][] {alongTheNarrow, alongTheWide});

    assertThat(rows.residual(0)).isGreaterThan(5 * rows.residual(1));
  }

  @Test
  void eachRowKeepsItsStratum() {
    Strata two = Strata.of(new float[][] {{0, 0, 0, 0, 0}, {9, 9, 9, 9, 9}});
    float[][] rows = {{8, 8, 8, 8, 8}, {1, 1, 1, 1, 1}};

    RowResiduals leverage = fitted(stretched(100, 7)).of(new PlainTranslationKernel(), two, rows);

    assertThat(leverage.stratum(0)).isEqualTo(1);
    assertThat(leverage.stratum(1)).isZero();
  }
}
