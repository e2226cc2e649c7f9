package dev.parallax.core.spectrum;

import static dev.parallax.core.similarity.Statistics.assertUndefined;
import static dev.parallax.core.similarity.Statistics.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.GaussianRows;
import dev.parallax.core.similarity.Statistic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalAnglesTest {

  private static PrincipalComponents components(double[][] rows) {
    return PrincipalComponents.of(RowMatrix.of(rows));
  }

  @ParameterizedTest(name = "angle {0}")
  @ValueSource(
      doubles = {0, 1e-100, 1e-15, 1e-9, 1e-5, 0.1, 0.7, 0.785, 0.786, 1.5, 1.5707963, 1.570796326})
  void anglesAreAccurateFromNoneToARightAngle(double angle) {
    double[][] a = {{1, 0, 0, 0}, {0, 1, 0, 0}};
    double[][] b = {
      {Math.cos(angle), 0, Math.sin(angle), 0},
      {0, Math.cos(angle / 3), 0, Math.sin(angle / 3)}
    };
    double[] angles = PrincipalAngles.between(a, b).descending();
    assertThat(angles[0]).isCloseTo(angle, within(1e-14 * angle));
    assertThat(angles[1]).isCloseTo(angle / 3, within(1e-14 * angle));
  }

  @Test
  void figuresOfKnownAngles() {
    double[][] a = {{1, 0, 0}, {0, 1, 0}};
    double[][] b = {{1, 0, 0}, {0, 0.5, Math.sqrt(0.75)}};
    PrincipalAngles angles = PrincipalAngles.between(a, b);
    assertThat(value(angles.overlap())).isCloseTo((1 + 0.25) / 2, within(1e-15));
    assertThat(value(angles.chordalDistance())).isCloseTo(Math.sqrt(0.75), within(1e-15));
    assertThat(value(angles.geodesicDistance())).isCloseTo(Math.PI / 3, within(1e-15));
  }

  @Test
  void theBasisOfASubspaceDoesNotMatter() {
    double[][] a = {{1, 0, 0, 0}, {0, 1, 0, 0}};
    double[][] turned = {{0.6, 0.8, 0, 0}, {-0.8, 0.6, 0, 0}};
    assertThat(PrincipalAngles.between(a, turned).descending())
        .containsExactly(new double[] {0, 0}, within(1e-15));
  }

  @Test
  void rotationMovesAxesButNotTheSampleSpace() {
    double[][] rows = GaussianRows.of(90, 12, 1);
    PrincipalComponents x = components(rows);
    PrincipalComponents y = components(GaussianRows.affine(GaussianRows.rotated(rows, 2), 3, 5));
    assertThat(PrincipalAngles.inSampleSpace(x, y, 4).descending()[0]).isLessThan(1e-11);
    assertThat(value(PrincipalAngles.inSampleSpace(x, y, 4).overlap())).isCloseTo(1, within(1e-12));
    assertThat(value(PrincipalAngles.inFeatureSpace(x, y, 4).overlap())).isLessThan(0.8);
  }

  /** 40 pairs with a standard deviation of about 0.03 each. */
  @Test
  void unrelatedSpacesOverlapByTheNull() {
    double feature = 0;
    double sample = 0;
    for (int seed = 0; seed < 40; seed++) {
      PrincipalComponents x = components(GaussianRows.of(61, 30, seed));
      PrincipalComponents y = components(GaussianRows.of(61, 30, 1_000 + seed));
      feature += value(PrincipalAngles.inFeatureSpace(x, y, 6).overlap()) / 40;
      sample += value(PrincipalAngles.inSampleSpace(x, y, 6).overlap()) / 40;
    }
    assertThat(feature).isCloseTo(6.0 / 30, within(0.02));
    assertThat(sample).isCloseTo(6.0 / 60, within(0.02));
  }

  @Test
  void asManyAxesAsDimensionsSpanTheSame() {
    PrincipalComponents x = components(GaussianRows.of(50, 5, 1));
    PrincipalComponents y = components(GaussianRows.of(50, 5, 2));
    assertThat(value(PrincipalAngles.inFeatureSpace(x, y, 5).overlap()))
        .isCloseTo(1, within(1e-14));
  }

  @Test
  void momentsGiveTheSameAxes() {
    RowMatrix x = RowMatrix.of(GaussianRows.of(50, 6, 1));
    RowMatrix y = RowMatrix.of(GaussianRows.of(70, 6, 2));
    PrincipalAngles ofRows =
        PrincipalAngles.inFeatureSpace(PrincipalComponents.of(x), PrincipalComponents.of(y), 2);
    PrincipalAngles ofMoments =
        PrincipalAngles.inFeatureSpace(CentredMoments.of(x), CentredMoments.of(y), 2);
    assertThat(ofMoments.descending()).containsExactly(ofRows.descending(), within(1e-12));
  }

  @Test
  void otherWidthsHaveASampleSpaceOnly() {
    PrincipalComponents x = components(GaussianRows.of(20, 5, 1));
    PrincipalComponents y = components(GaussianRows.of(20, 7, 2));
    assertUndefined(
        PrincipalAngles.inFeatureSpace(x, y, 2).overlap(), Statistic.Cause.WIDTHS_DIFFER);
    assertThat(PrincipalAngles.inFeatureSpace(x, y, 2).descending()).isEmpty();
    assertThat(value(PrincipalAngles.inSampleSpace(x, y, 2).overlap())).isBetween(0.0, 1.0);
  }

  @Test
  void moreDirectionsThanThereAreIsUndefinedAndSaysHowMany() {
    PrincipalComponents few = components(GaussianRows.of(5, 20, 1));
    PrincipalComponents constant = components(new double[5][20]);
    assertThat(PrincipalAngles.inFeatureSpace(few, few, 5).chordalDistance())
        .isEqualTo(
            new Statistic.Undefined(
                Statistic.Cause.TOO_FEW_DIRECTIONS,
                "expected 5 or more directions with variance, the given matrix has 4"));
    assertUndefined(
        PrincipalAngles.inSampleSpace(few, constant, 1).geodesicDistance(),
        Statistic.Cause.NO_VARIANCE);
  }

  @Test
  void mistakesOfTheCallerAreRefused() {
    PrincipalComponents five = components(GaussianRows.of(5, 3, 1));
    PrincipalComponents six = components(GaussianRows.of(6, 3, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PrincipalAngles.inSampleSpace(five, six, 1))
        .withMessage("expected as many rows on both sides, got 5 and 6");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PrincipalAngles.inFeatureSpace(five, six, 0))
        .withMessage("expected 1 or more components, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PrincipalAngles.between(new double[][] {{1}}, new double[][] {{1, 0}}))
        .withMessage("expected bases of one shape, got 1 of length 1 and 1 of length 2");
  }
}
