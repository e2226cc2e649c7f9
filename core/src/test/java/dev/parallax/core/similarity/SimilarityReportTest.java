package dev.parallax.core.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parallax.core.matrix.RowMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimilarityReportTest {

  private static SimilarityReport report(double[][] production, double[][] reference) {
    return SimilarityReport.of(RowMatrix.of(production), RowMatrix.of(reference));
  }

  @Test
  void from512PairsEveryFigureIsStated() {
    double[][] x = GaussianRows.of(512, 6, 1);
    SimilarityReport report = report(x, GaussianRows.of(512, 9, 2));
    assertThat(report.stated()).isTrue();
    assertThat(report.pairs()).isEqualTo(512);
    assertThat(report.widthProduction()).isEqualTo(6);
    assertThat(report.widthReference()).isEqualTo(9);
    SimilarityReport.Cka cka = report.cka().orElseThrow();
    assertThat(cka.biased()).isPresent();
    assertThat(cka.debiased()).isPresent();
    assertThat(cka.minibatch().orElseThrow())
        .isBetween(cka.low().orElseThrow(), cka.high().orElseThrow());
    assertThat(report.reasons()).isEmpty();
  }

  @ParameterizedTest(name = "{0} pairs")
  @ValueSource(ints = {4, 64, 511})
  void below512PairsTheMiniBatchFiguresAreAbsentWithTheirReason(int pairs) {
    SimilarityReport report = report(GaussianRows.of(pairs, 3, 1), GaussianRows.of(pairs, 3, 2));
    SimilarityReport.Cka cka = report.cka().orElseThrow();
    assertThat(report.stated()).isTrue();
    assertThat(cka.biased()).isPresent();
    assertThat(cka.debiased()).isPresent();
    assertThat(cka.minibatch()).isEmpty();
    assertThat(cka.low()).isEmpty();
    assertThat(cka.high()).isEmpty();
    String reason = "expected 512 or more pairs, got " + pairs;
    assertThat(report.reasons())
        .containsExactly(
            new SimilarityReport.Absent("cka.minibatch", reason),
            new SimilarityReport.Absent("cka.low", reason),
            new SimilarityReport.Absent("cka.high", reason));
  }

  @ParameterizedTest(name = "{0} pairs")
  @ValueSource(ints = {0, 1, 3})
  void belowFourPairsNothingIsStated(int pairs) {
    SimilarityReport report = report(GaussianRows.of(pairs, 3, 1), GaussianRows.of(pairs, 3, 2));
    assertThat(report.stated()).isFalse();
    assertThat(report.cka()).isEmpty();
    assertThat(report.reasons())
        .containsExactly(
            new SimilarityReport.Absent("cka", "expected 4 or more pairs, got " + pairs));
  }

  @Test
  void aConstantMatrixLeavesNothingStated() {
    SimilarityReport report = report(new double[600][3], GaussianRows.of(600, 3, 2));
    assertThat(report.stated()).isFalse();
    assertThat(report.reasons())
        .containsExactly(
            new SimilarityReport.Absent(
                "cka", "the production matrix is constant: all its 600 rows are equal"));
  }

  @Test
  void anEntryThatIsNotFiniteLeavesNothingStated() {
    double[][] reference = GaussianRows.of(600, 3, 2);
    reference[0][0] = Double.NaN;
    SimilarityReport report = report(GaussianRows.of(600, 3, 1), reference);
    assertThat(report.stated()).isFalse();
    assertThat(report.reasons())
        .containsExactly(
            new SimilarityReport.Absent("cka", "the reference matrix has NaN or infinite entries"));
  }

  @Test
  void aMatrixWithoutDebiasedVarianceHasABiasedFigureOnly() {
    double[][] oneDiffers = new double[600][3];
    oneDiffers[5][0] = 1;
    SimilarityReport report = report(oneDiffers, GaussianRows.of(600, 3, 2));
    SimilarityReport.Cka cka = report.cka().orElseThrow();
    assertThat(cka.biased()).isPresent();
    assertThat(cka.debiased()).isEmpty();
    assertThat(cka.minibatch()).isEmpty();
    assertThat(report.reasons())
        .extracting(SimilarityReport.Absent::key)
        .containsExactly("cka.debiased", "cka.minibatch", "cka.low", "cka.high");
  }

  @Test
  void unpairedRowsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> report(new double[5][2], new double[6][2]))
        .withMessage(
            "expected matrices with the same number of rows, got 5 (production) and 6 (reference)");
  }
}
