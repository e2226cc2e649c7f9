package dev.parallax.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.report.SimilarityReport.Absent;
import dev.parallax.core.similarity.PairedRows;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InMemoryComparisonTest {

  private static final Set<SimilarityMetric> ALL = EnumSet.allOf(SimilarityMetric.class);

  private static SimilarityReport report(double[][] production, double[][] reference) {
    return InMemoryComparison.of(
        new PairedRows(RowMatrix.of(production), RowMatrix.of(reference)), ALL);
  }

  @Test
  void from512PairsOfOneWidthEveryFigureIsStated() {
    SimilarityReport report = report(RandomRows.of(512, 12, 1), RandomRows.of(512, 12, 2));

    assertThat(report.pairs()).isEqualTo(512);
    assertThat(report.figures().keySet()).containsExactly(SimilarityFigure.values());
    assertThat(report.figures().values()).allMatch(Double::isFinite);
    assertThat(report.anglesRadians()).hasSize(8);
    assertThat(report.reasons()).isEmpty();
    assertThat(report.figures().get(SimilarityFigure.CKA_MINIBATCH))
        .isBetween(
            report.figures().get(SimilarityFigure.CKA_LOW),
            report.figures().get(SimilarityFigure.CKA_HIGH));
  }

  @Test
  void aMatrixAgainstItselfIsTheSameInEveryFigure() {
    double[][] x = RandomRows.of(512, 12, 3);

    SimilarityReport report = report(x, x);

    for (SimilarityFigure one :
        List.of(
            SimilarityFigure.CKA_BIASED,
            SimilarityFigure.CKA_DEBIASED,
            SimilarityFigure.CKA_MINIBATCH,
            SimilarityFigure.RBF_CKA_BIASED,
            SimilarityFigure.RBF_CKA_DEBIASED,
            SimilarityFigure.MUTUAL_KNN_RAW,
            SimilarityFigure.MUTUAL_KNN_ADJUSTED,
            SimilarityFigure.SVCCA,
            SimilarityFigure.PROCRUSTES_SIMILARITY,
            SimilarityFigure.SUBSPACE_OVERLAP)) {
      assertThat(report.figures().get(one)).as(one.path()).isCloseTo(1, within(1e-10));
    }
    assertThat(report.figures().get(SimilarityFigure.LCS_KNN)).isEqualTo(10);
    assertThat(report.figures().get(SimilarityFigure.PROCRUSTES_ANGULAR))
        .isCloseTo(0, within(1e-7));
    assertThat(report.figures().get(SimilarityFigure.FRECHET)).isCloseTo(0, within(1e-9));
    assertThat(report.anglesRadians()).allMatch(angle -> angle < 1e-7);
  }

  @Test
  void figuresOfCoordinatesAreAbsentForUnequalWidths() {
    SimilarityReport report = report(RandomRows.of(512, 12, 1), RandomRows.of(512, 16, 2));

    String reason = "expected equal widths, got 12 and 16";
    assertThat(report.reasons())
        .containsExactly(new Absent("mmd2", reason), new Absent("frechet", reason));
    assertThat(report.figures()).containsKey(SimilarityFigure.SUBSPACE_OVERLAP);
  }

  @ParameterizedTest(name = "{0} pairs")
  @ValueSource(ints = {16, 64, 511})
  void below512PairsTheMiniBatchFiguresAreAbsentWithTheirReason(int pairs) {
    SimilarityReport report = report(RandomRows.of(pairs, 12, 1), RandomRows.of(pairs, 12, 2));

    String reason = "expected 512 or more pairs, got " + pairs;
    assertThat(report.reasons())
        .containsExactly(
            new Absent("cka.minibatch", reason),
            new Absent("cka.low", reason),
            new Absent("cka.high", reason));
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatIsAskedForIsStatedOrExcused(SimilarityMetric metric) {
    double[][] x = RandomRows.of(40, 12, 1);
    double[][] y = RandomRows.of(40, 9, 2);

    SimilarityReport report =
        InMemoryComparison.of(new PairedRows(RowMatrix.of(x), RowMatrix.of(y)), EnumSet.of(metric));

    assertThat(report.figures().keySet()).allMatch(figure -> figure.metric() == metric);
    assertThat(report.reasons()).allMatch(absent -> absent.key().startsWith(metric.key()));
    assertThat(report.figures().size() + report.reasons().size()).isPositive();
  }

  @Test
  void aConstantSideLeavesWhatDoesNotNeedItsVariance() {
    SimilarityReport report = report(new double[60][12], RandomRows.of(60, 12, 2));

    assertThat(report.reasons())
        .contains(new Absent("cka", "the production matrix is constant: all its 60 rows are equal"))
        .extracting(Absent::key)
        .contains("rbfCka", "procrustes", "subspace", "svcca", "effectiveRank.production");
    assertThat(report.figures())
        .containsKeys(
            SimilarityFigure.EFFECTIVE_RANK_REFERENCE,
            SimilarityFigure.MMD2,
            SimilarityFigure.FRECHET);
  }

  @Test
  void anEntryThatIsNotFiniteLeavesNothingStatedOfTheTwoTogether() {
    double[][] reference = RandomRows.of(600, 12, 2);
    reference[0][0] = Double.NaN;

    SimilarityReport report = report(RandomRows.of(600, 12, 1), reference);

    assertThat(report.figures().keySet())
        .containsExactlyInAnyOrder(
            SimilarityFigure.EFFECTIVE_RANK_PRODUCTION,
            SimilarityFigure.PARTICIPATION_RATIO_PRODUCTION);
    assertThat(report.reasons())
        .contains(new Absent("cka", "the reference matrix has NaN or infinite entries"));
  }

  @Test
  void aMatrixWithoutDebiasedVarianceHasABiasedCkaOnly() {
    double[][] oneDiffers = new double[600][12];
    oneDiffers[5][0] = 1;

    SimilarityReport report = report(oneDiffers, RandomRows.of(600, 12, 2));

    assertThat(report.figures()).containsKey(SimilarityFigure.CKA_BIASED);
    assertThat(report.reasons())
        .extracting(Absent::key)
        .contains("cka.debiased", "cka.minibatch", "cka.low", "cka.high");
  }

  @ParameterizedTest(name = "{0} pairs")
  @ValueSource(ints = {0, 1})
  void ofOnePairNothingIsStated(int pairs) {
    SimilarityReport report = report(RandomRows.of(pairs, 12, 1), RandomRows.of(pairs, 12, 2));

    assertThat(report.stated()).isFalse();
    assertThat(report.reasons()).extracting(Absent::key).contains("cka", "mutualKnn");
  }
}
