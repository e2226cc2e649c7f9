package dev.parallax.core.spectrum;

import static dev.parallax.core.similarity.Statistics.assertUndefined;
import static dev.parallax.core.similarity.Statistics.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.GaussianRows;
import dev.parallax.core.similarity.Statistic;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpectrumTest {

  /** Rows ± each direction, so that the singular values are √2 times the lengths. */
  private static RowMatrix cross(double... lengths) {
    double[][] rows = new double[2 * lengths.length][lengths.length];
    for (int i = 0; i < lengths.length; i++) {
      rows[2 * i][i] = lengths[i];
      rows[2 * i + 1][i] = -lengths[i];
    }
    return RowMatrix.of(rows);
  }

  private static RowMatrix gaussian(int n, int p, long seed) {
    return RowMatrix.of(GaussianRows.of(n, p, seed));
  }

  @Nested
  class Laws {

    @ParameterizedTest(name = "{0} directions")
    @ValueSource(ints = {1, 2, 5, 31})
    void equalSingularValuesCountAsTheirNumber(int r) {
      double[] lengths = new double[r];
      Arrays.fill(lengths, 3);
      Spectrum spectrum = Spectrum.of(cross(lengths));
      assertThat(value(spectrum.effectiveRank())).isCloseTo(r, within(1e-12 * r));
      assertThat(value(spectrum.effectiveRankOfVariances())).isCloseTo(r, within(1e-12 * r));
      assertThat(value(spectrum.participationRatio())).isCloseTo(r, within(1e-12 * r));
    }

    @Test
    void theCountsAreDifferentNumbersForUnequalSingularValues() {
      Spectrum spectrum = Spectrum.of(cross(2, 1));
      assertThat(spectrum.singularValues())
          .containsExactly(new double[] {2 * Math.sqrt(2), Math.sqrt(2)}, within(1e-15));
      assertThat(spectrum.explainedVarianceRatios())
          .containsExactly(new double[] {0.8, 0.2}, within(1e-15));
      assertThat(value(spectrum.effectiveRank()))
          .isCloseTo(3 / Math.pow(2, 2.0 / 3), within(1e-14));
      assertThat(value(spectrum.effectiveRankOfVariances()))
          .isCloseTo(5 / Math.pow(4, 0.8), within(1e-14));
      assertThat(value(spectrum.participationRatio())).isCloseTo(25.0 / 17, within(1e-14));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void rotationShiftAndScaleChangeNoCount(long seed) {
      double[][] rows = GaussianRows.of(60, 7, seed);
      double[][] moved = GaussianRows.affine(GaussianRows.rotated(rows, seed), 40, 3);
      Spectrum spectrum = Spectrum.of(RowMatrix.of(rows));
      Spectrum other = Spectrum.of(RowMatrix.of(moved));
      assertThat(value(other.effectiveRank()))
          .isCloseTo(value(spectrum.effectiveRank()), within(1e-12));
      assertThat(value(other.effectiveRankOfVariances()))
          .isCloseTo(value(spectrum.effectiveRankOfVariances()), within(1e-12));
      assertThat(value(other.participationRatio()))
          .isCloseTo(value(spectrum.participationRatio()), within(1e-12));
    }

    @Test
    void aCommonMeanIsADirectionOfTheRawSpectrumOnly() {
      RowMatrix shifted = RowMatrix.of(GaussianRows.affine(GaussianRows.of(200, 10, 1), 1, 1e4));
      assertThat(value(Spectrum.of(shifted).effectiveRank())).isBetween(9.8, 10.0);
      assertThat(value(Spectrum.ofRaw(shifted).effectiveRank())).isBetween(1.0, 1.01);
    }

    @Test
    void rankMeIsTheRawEntropyWithAnEpsilonInEveryShare() {
      Spectrum raw = Spectrum.ofRaw(cross(2, 1));
      double p = 2.0 / 3 + 1e-7;
      double q = 1.0 / 3 + 1e-7;
      assertThat(value(raw.rankMe()))
          .isCloseTo(Math.exp(-p * Math.log(p) - q * Math.log(q)), within(1e-14));
      assertThat(Math.abs(value(raw.rankMe()) - value(raw.effectiveRank()))).isGreaterThan(1e-9);
    }

    @Test
    void momentsGiveTheSameSpectrum() {
      RowMatrix rows = gaussian(80, 9, 4);
      Spectrum ofRows = Spectrum.of(rows);
      Spectrum ofMoments = Spectrum.of(CentredMoments.of(rows));
      assertThat(value(ofMoments.effectiveRank()))
          .isCloseTo(value(ofRows.effectiveRank()), within(1e-11));
      assertThat(ofMoments.singularValues())
          .containsExactly(ofRows.singularValues(), within(1e-12 * ofRows.singularValues()[0]));
    }

    @Test
    void momentsOverTwelveDecadesKeepTheStatedAccuracy() {
      double[][] rows = GaussianRows.of(100, 24, 5);
      for (double[] row : rows) {
        for (int j = 0; j < row.length; j++) {
          row[j] *= Math.pow(10, -j / 2.0);
        }
      }
      RowMatrix matrix = RowMatrix.of(rows);
      double exact = value(Spectrum.of(matrix).effectiveRank());
      assertThat(value(Spectrum.of(CentredMoments.of(matrix)).effectiveRank()))
          .isCloseTo(exact, within(2e-5 * exact));
    }
  }

  @Nested
  class Edges {

    @ParameterizedTest(name = "entries of about {0}")
    @ValueSource(doubles = {1e-300, 1e-160, 1e-40, 1e40, 1e160, 1e300})
    void hugeAndTinyMagnitudesCostNothing(double scale) {
      double[][] rows = GaussianRows.of(50, 6, 1);
      Spectrum plain = Spectrum.of(RowMatrix.of(rows));
      RowMatrix scaled = RowMatrix.of(GaussianRows.affine(rows, scale, 0));
      for (Spectrum spectrum :
          new Spectrum[] {Spectrum.of(scaled), Spectrum.of(PrincipalComponents.of(scaled))}) {
        assertThat(value(spectrum.effectiveRank()))
            .isCloseTo(value(plain.effectiveRank()), within(1e-12));
        assertThat(spectrum.singularValues()[0] / scale)
            .isCloseTo(plain.singularValues()[0], within(1e-11));
      }
    }

    @Test
    void fewerRowsThanDimensionsShowAtMostOneDirectionLessThanRows() {
      assertThat(value(Spectrum.of(gaussian(5, 300, 1)).effectiveRank())).isBetween(3.9, 4.0);
      assertThat(value(Spectrum.ofRaw(gaussian(5, 300, 1)).effectiveRank())).isBetween(4.9, 5.0);
    }

    @Test
    void oneColumnIsOneDirection() {
      assertThat(value(Spectrum.of(gaussian(9, 1, 1)).effectiveRank())).isEqualTo(1);
    }

    @Test
    void rowsThatAreEqualHaveNoCountAndNorHasOneRow() {
      RowMatrix constant = RowMatrix.of(GaussianRows.affine(new double[8][3], 1, 0.1));
      assertUndefined(Spectrum.of(constant).effectiveRank(), Statistic.Cause.NO_VARIANCE);
      assertUndefined(Spectrum.of(constant).participationRatio(), Statistic.Cause.NO_VARIANCE);
      assertThat(Spectrum.of(constant).singularValues()).isEmpty();
      assertUndefined(
          Spectrum.of(gaussian(1, 3, 1)).effectiveRank(), Statistic.Cause.TOO_FEW_PAIRS);
      assertThat(value(Spectrum.ofRaw(constant).effectiveRank())).isCloseTo(1, within(1e-12));
    }

    @Test
    void zerosHaveNoRawSpectrum() {
      assertUndefined(
          Spectrum.ofRaw(RowMatrix.of(new double[4][2])).effectiveRank(),
          Statistic.Cause.DEGENERATE);
      assertUndefined(
          Spectrum.ofRaw(RowMatrix.of(new double[0][])).rankMe(), Statistic.Cause.TOO_FEW_PAIRS);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void anEntryThatIsNotFiniteLeavesEverythingUndefined(double entry) {
      double[][] rows = GaussianRows.of(8, 3, 1);
      rows[5][2] = entry;
      RowMatrix matrix = RowMatrix.of(rows);
      assertUndefined(Spectrum.of(matrix).effectiveRank(), Statistic.Cause.NOT_FINITE);
      assertUndefined(Spectrum.ofRaw(matrix).rankMe(), Statistic.Cause.NOT_FINITE);
      assertUndefined(
          Spectrum.of(PrincipalComponents.of(matrix)).participationRatio(),
          Statistic.Cause.NOT_FINITE);
    }

    @Test
    void duplicatedRowsKeepTheSpectrumUpToScale() {
      double[][] rows = GaussianRows.of(30, 6, 2);
      double[][] twice = new double[60][];
      Arrays.setAll(twice, i -> rows[i % 30]);
      assertThat(value(Spectrum.of(RowMatrix.of(twice)).effectiveRank()))
          .isCloseTo(value(Spectrum.of(RowMatrix.of(rows)).effectiveRank()), within(1e-12));
    }
  }
}
