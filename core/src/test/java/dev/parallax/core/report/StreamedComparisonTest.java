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
import org.junit.jupiter.params.provider.ValueSource;

class StreamedComparisonTest {

  private static final Set<SimilarityMetric> ALL = EnumSet.allOf(SimilarityMetric.class);

  private static SimilarityReport streamed(PairedRows rows, int chunk) {
    StreamedComparison comparison = new StreamedComparison(ALL);
    for (int from = 0; from < rows.count(); from += chunk) {
      int to = Math.min(rows.count(), from + chunk);
      comparison.add(
          new PairedRows(rows.production().rows(from, to), rows.reference().rows(from, to)));
    }
    return comparison.report();
  }

  /** Rows far from the origin whose reference follows the production, in part. */
  private static PairedRows pairs(int count, int p, int q) {
    double[][] x = RandomRows.of(count, p, 1);
    double[][] y = RandomRows.of(count, q, 2);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < Math.min(p, q); j++) {
        y[i][j] += (j + 1) * x[i][j];
      }
      for (int j = 0; j < p; j++) {
        x[i][j] += 5;
      }
    }
    return new PairedRows(RowMatrix.of(x), RowMatrix.of(y));
  }

  @ParameterizedTest(name = "{0} rows at a time")
  @ValueSource(ints = {64, 192, 640, 1000})
  void whatSumsCanSayIsWhatTheRowsSay(int chunk) {
    PairedRows rows = pairs(1000, 12, 12);

    SimilarityReport report = streamed(rows, chunk);
    SimilarityReport whole = InMemoryComparison.of(rows, ALL);

    assertThat(report.pairs()).isEqualTo(1000);
    for (SimilarityFigure figure : SimilarityFigure.values()) {
      if (figure.metric().needsRows()) {
        assertThat(report.figures()).doesNotContainKey(figure);
      } else {
        double expected = whole.figures().get(figure);
        double tolerance = figure == SimilarityFigure.EFFECTIVE_RANK_PRODUCTION ? 2e-5 : 1e-8;
        assertThat(report.figures().get(figure))
            .as(figure.path())
            .isCloseTo(expected, within(tolerance * Math.max(1, expected)));
      }
    }
    for (int i = 0; i < 8; i++) {
      assertThat(report.anglesRadians().get(i))
          .isCloseTo(whole.anglesRadians().get(i), within(1e-7));
    }
  }

  @Test
  void whatNeedsAllRowsSaysSo() {
    SimilarityReport report = streamed(pairs(600, 12, 12), 64);

    String reason = "needs all rows at once, and they are more than memory may hold";
    assertThat(report.reasons())
        .containsExactly(
            new Absent("rbfCka", reason),
            new Absent("mutualKnn", reason),
            new Absent("cycleKnn", reason),
            new Absent("lcsKnn", reason),
            new Absent("cknna", reason),
            new Absent("mmd2", reason));
  }

  @Test
  void ofUnequalWidthsTheSubspacesAreThoseOfTheSampleSpace() {
    PairedRows rows = pairs(600, 16, 12);

    SimilarityReport report = streamed(rows, 64);
    SimilarityReport whole = InMemoryComparison.of(rows, ALL);

    for (SimilarityFigure figure :
        List.of(SimilarityFigure.SUBSPACE_OVERLAP, SimilarityFigure.SVCCA)) {
      assertThat(report.figures().get(figure)).isCloseTo(whole.figures().get(figure), within(1e-9));
    }
    for (int i = 0; i < 8; i++) {
      assertThat(report.anglesRadians().get(i))
          .isCloseTo(whole.anglesRadians().get(i), within(1e-7));
    }
    assertThat(report.reasons())
        .contains(new Absent("frechet", "expected equal widths, got 16 and 12"));
  }

  @Test
  void anEntryThatIsNotFiniteAnywhereLeavesNothingStated() {
    PairedRows rows = pairs(600, 12, 12);
    double[][] y = rows.reference().toRows();
    y[70][3] = Double.POSITIVE_INFINITY;

    SimilarityReport report = streamed(new PairedRows(rows.production(), RowMatrix.of(y)), 64);

    assertThat(report.stated()).isFalse();
    assertThat(report.pairs()).isEqualTo(600);
    assertThat(report.reasons())
        .contains(new Absent("cka", "the reference matrix has NaN or infinite entries"));
  }

  @Test
  void below512PairsThereIsNoMiniBatchFigure() {
    assertThat(streamed(pairs(511, 12, 12), 64).reasons())
        .contains(new Absent("cka.minibatch", "expected 512 or more pairs, got 511"));
  }

  @Test
  void ofNoRowsNothingIsStated() {
    assertThat(new StreamedComparison(ALL).report().stated()).isFalse();
  }
}
