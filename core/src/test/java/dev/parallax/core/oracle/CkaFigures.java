package dev.parallax.core.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.matrix.RowNormalisation;
import dev.parallax.core.oracle.OracleCase.Kind;
import dev.parallax.core.similarity.DebiasedHsic;
import dev.parallax.core.similarity.FeatureMoments;
import dev.parallax.core.similarity.HsicTriple;
import dev.parallax.core.similarity.LinearCka;
import dev.parallax.core.similarity.PairedRows;
import dev.parallax.core.similarity.Statistic;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Linear CKA and HSIC. */
final class CkaFigures {

  private CkaFigures() {}

  static List<OracleFigure> all() {
    List<OracleFigure> figures = new ArrayList<>();
    for (Kind kind : List.of(Kind.PAIR, Kind.ANCHOR_WINDOW, Kind.STREAM_WINDOW, Kind.PANE)) {
      figures.add(
          OracleFigure.near(
              kind,
              "cka_linear_biased(\\.value)?",
              CkaFigures::tolerance,
              unit -> LinearCka.of(unit.x(), unit.y()).biased()));
      figures.add(
          OracleFigure.near(
              kind,
              "cka_linear_debiased(\\.value)?",
              CkaFigures::tolerance,
              unit -> LinearCka.of(unit.x(), unit.y()).debiased()));
    }
    figures.add(
        OracleFigure.near(
            Kind.PAIR,
            "cka_linear_biased_l2rows\\.value",
            CkaFigures::tolerance,
            unit -> LinearCka.of(l2(unit.x()), l2(unit.y())).biased()));
    figures.add(
        OracleFigure.near(
            Kind.PAIR,
            "cka_linear_debiased_l2rows\\.value",
            CkaFigures::tolerance,
            unit -> LinearCka.of(l2(unit.x()), l2(unit.y())).debiased()));
    figures.add(
        OracleFigure.of(Kind.PAIR, "hsic1_unbiased\\.value\\.(kl|kk|ll)", CkaFigures::hsic));
    for (Kind kind : List.of(Kind.PAIR, Kind.ANCHOR_WINDOW, Kind.STREAM_WINDOW)) {
      figures.add(
          OracleFigure.of(
              kind, "feature_space_sums_equal_gram_exactly", CkaFigures::featureSpaceForm));
    }
    for (Kind kind : List.of(Kind.ANCHOR_WINDOW, Kind.STREAM_WINDOW)) {
      figures.add(
          OracleFigure.near(
              kind,
              "cka_linear_debiased_kornblith_float64",
              1e-9,
              unit -> FeatureMoments.of(new PairedRows(unit.x(), unit.y())).debiasedCka()));
    }
    figures.add(
        OracleFigure.near(
            Kind.STREAM_WINDOW,
            "cka_linear_debiased_from_merged_pane_sums_float64",
            1e-12,
            unit -> mergedPanes(unit).debiasedCka()));
    figures.add(
        OracleFigure.near(
            Kind.STREAM_WINDOW,
            "cka_linear_biased_from_merged_pane_sums_float64",
            1e-12,
            unit -> mergedPanes(unit).biasedCka()));
    return figures;
  }

  /** Wider where the offset is 1e4 times the spread. */
  private static double tolerance(OracleCase unit) {
    return unit.is("g2") ? 1e-7 : 1e-9;
  }

  /**
   * Their exact sums agree as rational numbers; ours agree with the exact value of the Gram form.
   */
  private static void featureSpaceForm(OracleCase unit, OracleCase.Leaf leaf) {
    JsonNode debiased = unit.expected().get("cka_linear_debiased");
    JsonNode expected = debiased.isObject() ? debiased.get("value") : debiased;
    Statistic ours = FeatureMoments.of(new PairedRows(unit.x(), unit.y())).debiasedCka();
    OracleFigure.assertNear(ours, expected, tolerance(unit));
  }

  private static FeatureMoments mergedPanes(OracleCase unit) {
    int pane = unit.manifest().get("rows_per_pane").asInt();
    FeatureMoments merged = null;
    for (int from = 0; from < unit.x().count(); from += pane) {
      FeatureMoments next =
          FeatureMoments.of(
              new PairedRows(unit.x().rows(from, from + pane), unit.y().rows(from, from + pane)));
      merged = merged == null ? next : merged.plus(next);
    }
    return Objects.requireNonNull(merged);
  }

  private static void hsic(OracleCase unit, OracleCase.Leaf leaf) {
    HsicTriple ours = DebiasedHsic.of(unit.x(), unit.y());
    double scale =
        leaf.path().endsWith("kl")
            ? Math.sqrt(expected(unit, "kk") * expected(unit, "ll"))
            : leaf.value().asDouble();
    double value =
        leaf.path().endsWith("kl") ? ours.xy() : leaf.path().endsWith("kk") ? ours.xx() : ours.yy();
    assertThat(value).isCloseTo(leaf.value().asDouble(), within(1e-9 * scale));
  }

  private static double expected(OracleCase unit, String name) {
    return unit.expected().get("hsic1_unbiased").get("value").get(name).asDouble();
  }

  private static RowMatrix l2(RowMatrix matrix) {
    return matrix.normalised(RowNormalisation.L2);
  }
}
