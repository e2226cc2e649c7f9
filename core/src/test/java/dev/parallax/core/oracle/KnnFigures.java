package dev.parallax.core.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.matrix.RowNormalisation;
import dev.parallax.core.neighbour.Cknna;
import dev.parallax.core.neighbour.CycleKnn;
import dev.parallax.core.neighbour.EditDistanceKnn;
import dev.parallax.core.neighbour.JaccardKnn;
import dev.parallax.core.neighbour.LcsKnn;
import dev.parallax.core.neighbour.MutualKnn;
import dev.parallax.core.neighbour.MutualKnnRange;
import dev.parallax.core.neighbour.NearestNeighbours;
import dev.parallax.core.oracle.OracleCase.Kind;
import dev.parallax.core.oracle.OracleCase.Leaf;
import dev.parallax.core.platonic.OutlierClamp;
import dev.parallax.core.similarity.Statistic;
import java.util.ArrayList;
import java.util.List;

/**
 * Nearest neighbours and CKNNA.
 *
 * <p>Where the published neighbours hang on rounding ({@code float64_reliable} is false) the
 * published mutual score is held between the ends of our ties, and ours to the scale of the score.
 */
final class KnnFigures {

  private static final int WINDOW_K = 10;

  /** Scores are exact shares; some were averaged in single precision. */
  private static final double TOLERANCE = 1e-6;

  /** Relative gaps of cosines carry the rounding of a dot product. */
  private static final double GAP_ROUNDING = 1e-14;

  private KnnFigures() {}

  static List<OracleFigure> all() {
    List<OracleFigure> figures = new ArrayList<>();
    String modes = "knn\\.(raw|l2|clamp95_l2)\\.";
    figures.add(OracleFigure.of(Kind.PAIR, modes + "k", KnnFigures::k));
    figures.add(
        OracleFigure.of(
            Kind.PAIR,
            modes + "(mutual_knn|cycle_knn|cycle_knn_reversed|lcs_knn|edit_distance_knn)",
            KnnFigures::score));
    figures.add(
        OracleFigure.of(
            Kind.PAIR, modes + "(mutual|cycle)_knn_lowest_index_ties", KnnFigures::lowestIndex));
    figures.add(OracleFigure.of(Kind.PAIR, modes + "cknna(_biased)?", KnnFigures::cknna));
    figures.add(
        OracleFigure.of(
            Kind.PAIR, modes + "(mutual_knn|cknna)_float32_run", KnnFigures::singlePrecision));
    figures.add(OracleFigure.of(Kind.PAIR, modes + "min_relative_gap_[XY]", KnnFigures::gap));
    figures.add(OracleFigure.of(Kind.PAIR, modes + "float(32|64)_reliable", KnnFigures::reliable));
    figures.add(
        OracleFigure.of(
            Kind.PAIR,
            "mutual_knn_tie_bounds(_raw)?[._]k\\d+\\.(min|max|rows_with_free_choice)",
            KnnFigures::tieBounds));
    figures.add(
        OracleFigure.of(
            Kind.PAIR, "knn_k_at_or_above_n\\.(mutual|cycle)_knn_topk10", KnnFigures::capped));
    figures.add(
        OracleFigure.of(Kind.PAIR, "(knn_k_at_or_above_n\\.note|note_ties)", KnnFigures::text));
    figures.add(OracleFigure.of(Kind.PAIR, "resi_jaccard_knn_cosine_k10", KnnFigures::jaccard));
    for (Kind kind : List.of(Kind.ANCHOR_WINDOW, Kind.STREAM_WINDOW)) {
      figures.add(
          OracleFigure.of(
              kind, "(mutual_knn_k10_(raw|l2)|cycle_knn_k10_l2|cknna_k10_l2)", KnnFigures::window));
      figures.add(OracleFigure.of(kind, "min_relative_gap_l2", KnnFigures::windowGap));
    }
    return figures;
  }

  private static void k(OracleCase unit, Leaf leaf) {
    Neighbours ours = Neighbours.of(unit, leaf);
    assertThat(ours.x().k()).isEqualTo(leaf.value().asInt());
  }

  private static void score(OracleCase unit, Leaf leaf) {
    Neighbours ours = Neighbours.of(unit, leaf);
    double value = ours.score(name(leaf));
    if (ours.reliable()) {
      assertThat(value).isCloseTo(leaf.value().asDouble(), within(TOLERANCE));
    } else {
      assertThat(value).isBetween(0.0, name(leaf).equals("lcs_knn") ? ours.x().k() : 1.0);
      if (name(leaf).equals("mutual_knn")) {
        assertThat(leaf.value().asDouble())
            .isBetween(ours.range().min() - TOLERANCE, ours.range().max() + TOLERANCE);
      }
    }
  }

  /** The same rule as ours. */
  private static void lowestIndex(OracleCase unit, Leaf leaf) {
    Neighbours ours = Neighbours.of(unit, leaf);
    double value = ours.score(name(leaf).replace("_lowest_index_ties", ""));
    // Integers over irrational norms: what ties there is a matter of rounding.
    boolean otherTies = unit.is("j1") && !leaf.path().startsWith("knn.raw.");
    assertThat(value).isCloseTo(leaf.value().asDouble(), within(otherTies ? 0.01 : TOLERANCE));
  }

  private static void cknna(OracleCase unit, Leaf leaf) {
    Neighbours ours = Neighbours.of(unit, leaf);
    Cknna cknna = Cknna.of(ours.x(), ours.y());
    Statistic value =
        name(leaf).equals("cknna") ? cknna.debiasedAsReleased() : cknna.biasedAsReleased();
    if (ours.reliable()) {
      OracleFigure.assertNear(value, leaf.value(), TOLERANCE);
    } else if (unit.is("h3")) {
      value.asOptional().ifPresent(stated -> assertThat(stated).isFinite());
    } else {
      OracleFigure.assertNear(value, leaf.value(), 0.05);
    }
  }

  private static void singlePrecision(OracleCase unit, Leaf leaf) {
    Neighbours ours = Neighbours.of(unit, leaf);
    double published = leaf.value().asDouble();
    if (!ours.singlePrecisionReliable()) {
      assertThat(published).isFinite();
    } else if (name(leaf).startsWith("mutual")) {
      assertThat(ours.score("mutual_knn")).isCloseTo(published, within(TOLERANCE));
    } else {
      OracleFigure.assertNear(
          Cknna.of(ours.x(), ours.y()).debiasedAsReleased(), leaf.value(), 1e-5);
    }
  }

  private static void gap(OracleCase unit, Leaf leaf) {
    Neighbours ours = Neighbours.of(unit, leaf);
    assertGap(ours.gap(leaf.path().endsWith("X")), leaf.value().asDouble());
  }

  private static void assertGap(double ours, double published) {
    assertThat(ours).isCloseTo(published, within(1e-9 * published + GAP_ROUNDING));
  }

  /** Their thresholds are not stated; ours lie between the gaps that they call either. */
  private static void reliable(OracleCase unit, Leaf leaf) {
    Neighbours ours = Neighbours.of(unit, leaf);
    double gap = Math.min(ours.gap(true), ours.gap(false));
    double threshold = name(leaf).equals("float64_reliable") ? 1e-11 : 2e-5;
    assertThat(gap > threshold).isEqualTo(leaf.value().asBoolean());
  }

  private static void tieBounds(OracleCase unit, Leaf leaf) {
    int k = Integer.parseInt(leaf.path().replaceAll(".*[._]k(\\d+)\\..*", "$1"));
    MutualKnnRange ours = MutualKnnRange.of(unit.x(), unit.y(), k);
    double value =
        switch (name(leaf)) {
          case "min" -> ours.min();
          case "max" -> ours.max();
          default -> ours.rowsWithChoice();
        };
    assertThat(value).isCloseTo(leaf.value().asDouble(), within(1e-12));
    double chosen =
        MutualKnn.of(NearestNeighbours.of(unit.x(), k), NearestNeighbours.of(unit.y(), k)).raw();
    assertThat(chosen).isBetween(ours.min(), ours.max());
  }

  /** Their lists of all n indices score 1; so do ours, of all n − 1 others. */
  private static void capped(OracleCase unit, Leaf leaf) {
    NearestNeighbours x = NearestNeighbours.of(unit.x(), 10);
    NearestNeighbours y = NearestNeighbours.of(unit.y(), 10);
    assertThat(x.k()).isEqualTo(unit.x().count() - 1);
    double value = name(leaf).startsWith("mutual") ? MutualKnn.of(x, y).raw() : CycleKnn.of(x, y);
    assertThat(value).isEqualTo(leaf.value().asDouble());
    assertThat(MutualKnn.of(x, y).adjusted()).isInstanceOf(Statistic.Undefined.class);
  }

  private static void text(OracleCase unit, Leaf leaf) {
    assertThat(leaf.value().asText()).isNotBlank();
  }

  /**
   * Null where k + 1 neighbours do not exist. Not reproducible where rows repeat, are zero or are
   * nearer to each other than rounding: their "first neighbour" is then another item.
   */
  private static void jaccard(OracleCase unit, Leaf leaf) {
    NearestNeighbours x = NearestNeighbours.of(l2(unit.x()), 10);
    NearestNeighbours y = NearestNeighbours.of(l2(unit.y()), 10);
    double ours = JaccardKnn.of(x, y);
    if (leaf.value().isNull()) {
      assertThat(unit.x().count()).isLessThanOrEqualTo(10);
      assertThat(ours).isEqualTo(1);
    } else if (Neighbours.reliable(unit, "l2")) {
      assertThat(ours).isCloseTo(leaf.value().asDouble(), within(TOLERANCE));
    } else {
      assertThat(ours).isCloseTo(leaf.value().asDouble(), within(0.1));
    }
  }

  private static void window(OracleCase unit, Leaf leaf) {
    boolean raw = leaf.path().endsWith("raw");
    NearestNeighbours x = NearestNeighbours.of(raw ? unit.x() : l2(unit.x()), WINDOW_K);
    NearestNeighbours y = NearestNeighbours.of(raw ? unit.y() : l2(unit.y()), WINDOW_K);
    Statistic ours =
        leaf.path().startsWith("mutual")
            ? new Statistic.Stated(MutualKnn.of(x, y).raw())
            : leaf.path().startsWith("cycle")
                ? new Statistic.Stated(CycleKnn.of(x, y))
                : Cknna.of(x, y).debiasedAsReleased();
    OracleFigure.assertNear(ours, leaf.value(), TOLERANCE);
  }

  private static void windowGap(OracleCase unit, Leaf leaf) {
    double x = NearestNeighbours.of(l2(unit.x()), WINDOW_K).minRelativeGap().orElseThrow();
    double y = NearestNeighbours.of(l2(unit.y()), WINDOW_K).minRelativeGap().orElseThrow();
    assertGap(Math.min(x, y), leaf.value().asDouble());
  }

  private static String name(Leaf leaf) {
    return leaf.path().substring(leaf.path().lastIndexOf('.') + 1);
  }

  private static RowMatrix l2(RowMatrix matrix) {
    return matrix.normalised(RowNormalisation.L2);
  }

  /** The neighbours in both matrices after the preparation that a leaf's path names. */
  private record Neighbours(
      RowMatrix rowsX,
      RowMatrix rowsY,
      NearestNeighbours x,
      NearestNeighbours y,
      JsonNode expected) {

    static Neighbours of(OracleCase unit, Leaf leaf) {
      String mode = leaf.path().split("\\.")[1];
      JsonNode expected = unit.expected().get("knn").get(mode);
      RowMatrix x = prepared(unit.x(), mode);
      RowMatrix y = prepared(unit.y(), mode);
      int k = expected.get("k").asInt();
      return new Neighbours(x, y, NearestNeighbours.of(x, k), NearestNeighbours.of(y, k), expected);
    }

    /** The published clamp is the exact one. */
    private static RowMatrix prepared(RowMatrix rows, String mode) {
      return switch (mode) {
        case "raw" -> rows;
        case "l2" -> l2(rows);
        default ->
            l2(
                OutlierClamp.clamped(
                    rows, OutlierClamp.exactQuantile(rows, OutlierClamp.PUBLISHED_QUANTILE)));
      };
    }

    static boolean reliable(OracleCase unit, String mode) {
      return unit.expected().get("knn").get(mode).get("float64_reliable").asBoolean();
    }

    boolean reliable() {
      return expected.get("float64_reliable").asBoolean();
    }

    boolean singlePrecisionReliable() {
      return expected.get("float32_reliable").asBoolean();
    }

    MutualKnnRange range() {
      return MutualKnnRange.of(rowsX, rowsY, x.k());
    }

    double gap(boolean ofX) {
      return (ofX ? x : y).minRelativeGap().orElseThrow();
    }

    double score(String name) {
      return switch (name) {
        case "mutual_knn" -> MutualKnn.of(x, y).raw();
        case "cycle_knn" -> CycleKnn.of(x, y);
        case "cycle_knn_reversed" -> CycleKnn.of(y, x);
        case "lcs_knn" -> LcsKnn.of(x, y);
        case "edit_distance_knn" -> EditDistanceKnn.of(x, y);
        default -> throw new IllegalArgumentException(name);
      };
    }
  }
}
