package dev.parallax.core.spectrum;

import static dev.parallax.core.similarity.Statistics.assertUndefined;
import static dev.parallax.core.similarity.Statistics.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.GaussianRows;
import dev.parallax.core.similarity.Statistic;
import org.junit.jupiter.api.Test;

class CapturedVarianceTest {

  private static PrincipalComponents components(double[][] rows) {
    return PrincipalComponents.of(RowMatrix.of(rows));
  }

  private static PrincipalComponents gaussian(int n, int p, long seed) {
    return components(GaussianRows.of(n, p, seed));
  }

  @Test
  void aSpaceHoldsInItsOwnAxesTheLargestVariances() {
    PrincipalComponents space =
        components(
            new double[][] {{3, 0, 0}, {-3, 0, 0}, {0, 2, 0}, {0, -2, 0}, {0, 0, 1}, {0, 0, -1}});
    CapturedVariance captured = CapturedVariance.of(space, space, 2);
    assertThat(value(captured.share())).isCloseTo(13.0 / 14, within(1e-14));
    assertThat(value(captured.ownShare())).isCloseTo(13.0 / 14, within(1e-14));
    assertThat(value(captured.ratio())).isCloseTo(1, within(1e-14));
    assertThat(captured.isotropicNull()).isEqualTo(2.0 / 3);
    assertThat(value(captured.nullAdjusted())).isCloseTo((13.0 / 14 - 2.0 / 3) * 3, within(1e-13));
  }

  @Test
  void varianceOutsideTheAxesIsNotCaptured() {
    PrincipalComponents basis = components(new double[][] {{1, 0, 0}, {-1, 0, 0}});
    PrincipalComponents space = components(new double[][] {{0, 1, 2}, {0, -1, 1}, {0, 0, -3}});
    assertThat(value(CapturedVariance.of(basis, space, 1).share())).isCloseTo(0, within(1e-15));
    assertThat(value(CapturedVariance.of(basis, space, 1).nullAdjusted()))
        .isCloseTo(-0.5, within(1e-14));
  }

  @Test
  void anIsotropicSpaceHasTheNullInAnyAxes() {
    CapturedVariance captured = CapturedVariance.of(gaussian(50, 20, 1), gaussian(5_000, 20, 2), 5);
    assertThat(value(captured.share())).isCloseTo(captured.isotropicNull(), within(0.02));
    assertThat(value(captured.nullAdjusted())).isCloseTo(0, within(0.03));
  }

  @Test
  void momentsGiveTheSame() {
    RowMatrix x = RowMatrix.of(GaussianRows.of(50, 6, 1));
    RowMatrix y = RowMatrix.of(GaussianRows.of(70, 6, 2));
    CapturedVariance ofRows =
        CapturedVariance.of(PrincipalComponents.of(x), PrincipalComponents.of(y), 3);
    CapturedVariance ofMoments = CapturedVariance.of(CentredMoments.of(x), CentredMoments.of(y), 3);
    assertThat(value(ofMoments.ratio())).isCloseTo(value(ofRows.ratio()), within(1e-12));
  }

  @Test
  void allAxesHoldAllVarianceSoThereIsNothingToAdjust() {
    CapturedVariance all = CapturedVariance.of(gaussian(50, 4, 1), gaussian(50, 4, 2), 4);
    assertThat(value(all.share())).isCloseTo(1, within(1e-14));
    assertUndefined(all.nullAdjusted(), Statistic.Cause.DEGENERATE);
  }

  @Test
  void aSpaceOfFewDirectionsIsCapturedButIsNoBasisForMore() {
    PrincipalComponents few = gaussian(3, 9, 1);
    PrincipalComponents many = gaussian(50, 9, 2);
    assertThat(value(CapturedVariance.of(many, few, 5).ownShare())).isCloseTo(1, within(1e-14));
    assertUndefined(CapturedVariance.of(few, many, 5).share(), Statistic.Cause.TOO_FEW_DIRECTIONS);
    assertUndefined(
        CapturedVariance.of(many, components(new double[8][9]), 2).ratio(),
        Statistic.Cause.NO_VARIANCE);
    assertUndefined(
        CapturedVariance.of(many, gaussian(50, 8, 1), 2).share(), Statistic.Cause.WIDTHS_DIFFER);
  }
}
