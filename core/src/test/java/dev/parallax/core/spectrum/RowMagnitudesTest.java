package dev.parallax.core.spectrum;

import static dev.parallax.core.similarity.Statistics.assertUndefined;
import static dev.parallax.core.similarity.Statistics.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.matrix.RowNormalisation;
import dev.parallax.core.similarity.GaussianRows;
import dev.parallax.core.similarity.Statistic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowMagnitudesTest {

  @ParameterizedTest(name = "times {0}")
  @ValueSource(doubles = {1e-140, 1, 1e140})
  void figuresOfKnownRows(double scale) {
    RowMagnitudes rows =
        RowMagnitudes.of(RowMatrix.of(new double[][] {{3 * scale, 4 * scale}, {5 * scale, 0}}));
    assertThat(value(rows.meanNorm()) / scale).isCloseTo(5, within(1e-14));
    assertThat(value(rows.normDeviation()) / scale).isCloseTo(0, within(1e-14));
    assertThat(value(rows.totalVariance()) / scale / scale).isCloseTo(10, within(1e-13));
    assertThat(value(rows.meanShare())).isCloseTo(2 * 20.0 / 50, within(1e-14));
  }

  @Test
  void aLostNormalisationShowsInTheNorms() {
    RowMatrix raw = RowMatrix.of(GaussianRows.affine(GaussianRows.of(300, 20, 1), 3, 0));
    RowMagnitudes unit = RowMagnitudes.of(raw.normalised(RowNormalisation.L2));
    assertThat(value(unit.meanNorm())).isCloseTo(1, within(1e-14));
    assertThat(value(unit.normDeviation())).isCloseTo(0, within(1e-14));
    assertThat(value(RowMagnitudes.of(raw).meanNorm())).isCloseTo(3 * Math.sqrt(20), within(0.5));
    assertThat(value(RowMagnitudes.of(raw).normDeviation())).isGreaterThan(1);
  }

  @Test
  void rowsThatAreEqualAreAllMean() {
    RowMagnitudes constant =
        RowMagnitudes.of(RowMatrix.of(new double[][] {{0.1, 0.7}, {0.1, 0.7}, {0.1, 0.7}}));
    assertThat(value(constant.totalVariance())).isEqualTo(0);
    assertThat(value(constant.meanShare())).isCloseTo(1, within(1e-15));
  }

  @Test
  void whatCannotBeStatedSaysWhy() {
    RowMagnitudes one = RowMagnitudes.of(RowMatrix.of(new double[][] {{3, 4}}));
    assertThat(value(one.meanNorm())).isEqualTo(5);
    assertUndefined(one.totalVariance(), Statistic.Cause.TOO_FEW_PAIRS);
    assertUndefined(one.normDeviation(), Statistic.Cause.TOO_FEW_PAIRS);
    RowMagnitudes zeros = RowMagnitudes.of(RowMatrix.of(new double[3][2]));
    assertThat(value(zeros.meanNorm())).isEqualTo(0);
    assertUndefined(zeros.meanShare(), Statistic.Cause.DEGENERATE);
    assertUndefined(
        RowMagnitudes.of(RowMatrix.of(new double[][] {{Double.NaN}})).meanNorm(),
        Statistic.Cause.NOT_FINITE);
    assertUndefined(
        RowMagnitudes.of(RowMatrix.of(new double[][] {{1e300}, {-1e300}})).totalVariance(),
        Statistic.Cause.NOT_FINITE);
    assertUndefined(
        RowMagnitudes.of(RowMatrix.of(new double[0][])).meanNorm(), Statistic.Cause.TOO_FEW_PAIRS);
  }
}
