package dev.parallax.core.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.oracle.OracleCase.Kind;
import dev.parallax.core.oracle.OracleCase.Leaf;
import dev.parallax.core.similarity.Statistic;
import dev.parallax.core.twosample.MaximumMeanDiscrepancy;
import java.util.ArrayList;
import java.util.List;

/** MMD² with its bandwidth. */
final class TwoSampleFigures {

  private static final int BASELINE_ROWS = 500;

  private TwoSampleFigures() {}

  static List<OracleFigure> all() {
    List<OracleFigure> figures = new ArrayList<>();
    String block = "two_sample\\.mmd2_unbiased_rbf_(median_heuristic|sigma_2x_median)\\.";
    figures.add(
        OracleFigure.of(
            Kind.PAIR,
            block + "(value|sigma)",
            (unit, leaf) -> assertNear(unit, leaf, ofPair(unit, leaf))));
    figures.add(OracleFigure.of(Kind.PAIR, block + "max_abs_spread", TwoSampleFigures::spread));
    figures.add(OracleFigure.of(Kind.PAIR, "two_sample\\.mmd_note", TwoSampleFigures::text));
    figures.add(OracleFigure.of(Kind.PAIR, "two_sample", TwoSampleFigures::absent));
    figures.add(
        OracleFigure.of(
            Kind.ANCHOR_WINDOW,
            "mmd2_unbiased_rbf|mmd_sigma",
            (unit, leaf) -> assertNear(unit, leaf, MaximumMeanDiscrepancy.of(unit.x(), unit.y()))));
    figures.add(
        OracleFigure.of(
            Kind.STREAM_WINDOW,
            "vs_baseline\\.(mmd2_unbiased_rbf|mmd_sigma)",
            (unit, leaf) ->
                assertNear(unit, leaf, MaximumMeanDiscrepancy.of(unit.y(), baseline(unit)))));
    return figures;
  }

  private static MaximumMeanDiscrepancy ofPair(OracleCase unit, Leaf leaf) {
    MaximumMeanDiscrepancy median = MaximumMeanDiscrepancy.of(unit.x(), unit.y());
    return leaf.path().contains("sigma_2x_median")
        ? MaximumMeanDiscrepancy.of(
            unit.x(), unit.y(), 2 * median.sigma().asOptional().orElseThrow())
        : median;
  }

  private static void assertNear(OracleCase unit, Leaf leaf, MaximumMeanDiscrepancy ours) {
    if (leaf.path().endsWith("sigma")) {
      double sigma = ours.sigma().asOptional().orElseThrow();
      double published = leaf.value().asDouble();
      assertThat(sigma).isCloseTo(published, within(tolerance(unit) * published));
    } else {
      OracleFigure.assertNear(ours.squared(), leaf.value(), tolerance(unit));
    }
  }

  private static double tolerance(OracleCase unit) {
    return unit.group().equals("g") ? 1e-6 : 1e-9;
  }

  /** Ours is as near to every source as they are to each other. */
  private static void spread(OracleCase unit, Leaf leaf) {
    double ours = ofPair(unit, leaf).squared().asOptional().orElseThrow();
    JsonNode block = unit.expected().get("two_sample").get(leaf.path().split("\\.")[1]);
    for (JsonNode source : block.get("by")) {
      assertThat(ours)
          .isCloseTo(source.asDouble(), within(leaf.value().asDouble() + tolerance(unit)));
    }
  }

  private static void text(OracleCase unit, Leaf leaf) {
    assertThat(leaf.value().asText()).isNotBlank();
  }

  /** Null where the widths differ. */
  private static void absent(OracleCase unit, Leaf leaf) {
    assertThat(leaf.value().isNull()).isTrue();
    assertThat(MaximumMeanDiscrepancy.of(unit.x(), unit.y()).squared())
        .isInstanceOfSatisfying(
            Statistic.Undefined.class,
            none -> assertThat(none.cause()).isEqualTo(Statistic.Cause.WIDTHS_DIFFER));
  }

  private static RowMatrix baseline(OracleCase unit) {
    return Oracle.matrix(unit.manifest(), "Y").rows(0, BASELINE_ROWS);
  }
}
