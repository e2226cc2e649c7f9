package dev.parallax.core.alignment;

import static dev.parallax.core.similarity.Statistics.assertUndefined;
import static dev.parallax.core.similarity.Statistics.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.GaussianRows;
import dev.parallax.core.similarity.PairedRows;
import dev.parallax.core.similarity.Statistic;
import dev.parallax.core.spectrum.PrincipalAngles;
import dev.parallax.core.spectrum.PrincipalComponents;
import dev.parallax.core.spectrum.Spectrum;
import dev.parallax.core.twosample.FrechetDistance;
import org.junit.jupiter.api.Test;

class SpectralComparisonTest {

  private static SpectralComparison of(double[][] x, double[][] y) {
    return SpectralComparison.of(new PairedRows(RowMatrix.of(x), RowMatrix.of(y)), 4);
  }

  @Test
  void figuresAreThoseOfTheirClasses() {
    double[][] rows = GaussianRows.of(60, 12, 1);
    RowMatrix x = RowMatrix.of(rows);
    RowMatrix y = RowMatrix.of(GaussianRows.noisy(rows, 0.5, 2));
    SpectralComparison all = SpectralComparison.of(new PairedRows(x, y), 4);
    assertThat(value(all.procrustes().similarity()))
        .isCloseTo(value(Procrustes.of(x, y).similarity()), within(1e-13));
    assertThat(value(all.production().effectiveRank()))
        .isCloseTo(value(Spectrum.of(x).effectiveRank()), within(1e-12));
    assertThat(value(all.reference().participationRatio()))
        .isCloseTo(value(Spectrum.of(y).participationRatio()), within(1e-12));
    assertThat(all.svccaAsReleased()).isEqualTo(Svcca.withReleasedScaling(x, y));
    assertThat(value(all.frechet().squared()))
        .isCloseTo(value(FrechetDistance.of(x, y).squared()), within(1e-12));
  }

  @Test
  void theSubspaceIsOfFeaturesWhereWidthsAgreeElseOfSamples() {
    double[][] x = GaussianRows.of(60, 12, 1);
    double[][] turned = GaussianRows.rotated(x, 2);
    double[][] wider = new double[60][13];
    for (int i = 0; i < 60; i++) {
      System.arraycopy(turned[i], 0, wider[i], 0, 12);
    }
    PrincipalAngles features =
        PrincipalAngles.inFeatureSpace(
            PrincipalComponents.of(RowMatrix.of(x)),
            PrincipalComponents.of(RowMatrix.of(turned)),
            4);
    assertThat(of(x, turned).subspace().descending()).containsExactly(features.descending());
    assertThat(value(of(x, turned).subspace().overlap())).isLessThan(0.9);
    assertThat(value(of(x, wider).subspace().overlap())).isCloseTo(1, within(1e-12));
    assertUndefined(of(x, wider).frechet().squared(), Statistic.Cause.WIDTHS_DIFFER);
  }

  @Test
  void aConstantSideTakesAwayOnlyWhatRestsOnItsVariance() {
    SpectralComparison half = of(GaussianRows.of(30, 12, 1), new double[30][12]);
    assertUndefined(half.procrustes().similarity(), Statistic.Cause.NO_VARIANCE);
    assertUndefined(half.subspace().overlap(), Statistic.Cause.NO_VARIANCE);
    assertUndefined(half.svccaAsReleased(), Statistic.Cause.NO_VARIANCE);
    assertUndefined(half.reference().effectiveRank(), Statistic.Cause.NO_VARIANCE);
    assertThat(value(half.production().effectiveRank())).isGreaterThan(8);
    assertThat(value(half.frechet().squared())).isGreaterThan(8);
  }
}
