package dev.parallax.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.matrix.RowNormalisation;
import dev.parallax.core.neighbour.Cknna;
import dev.parallax.core.neighbour.MutualKnn;
import dev.parallax.core.neighbour.NearestNeighbours;
import dev.parallax.core.oracle.Oracle;
import dev.parallax.core.oracle.OracleCase;
import dev.parallax.core.similarity.LinearCka;
import dev.parallax.core.similarity.Statistic;
import dev.parallax.onnx.TestProvider;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The neighbours and the figures made of them, by {@link KnnOverlapGraph} and {@link CknnaGraph}.
 */
class NeighbourGraphsTest {

  private static final int K = 10;

  /** Of the greatest inner product about the mean; single precision leaves about 2e-7. */
  private static final double RESOLUTION = 1e-6;

  private static KnnOverlapGraph overlaps;
  private static CknnaGraph cknnas;

  @BeforeAll
  static void open() {
    overlaps = KnnOverlapGraph.open(TestProvider.settings());
    cknnas = CknnaGraph.open(TestProvider.settings());
  }

  @AfterAll
  static void close() {
    overlaps.close();
    cknnas.close();
  }

  @ParameterizedTest(name = "n {0}, p {1}, q {2}")
  @CsvSource({
    "4, 1, 3",
    "5, 3, 1",
    "7, 16, 384",
    "16, 384, 16",
    "63, 769, 3",
    "64, 3, 769",
    "127, 384, 384",
    "300, 16, 769",
    "300, 1, 1"
  })
  void equalThePlainDefinitions(int n, int p, int q) {
    for (Pair pair : variants(n, p, q)) {
      NearestNeighbours x = NearestNeighbours.of(RowMatrix.of(pair.x), K);
      NearestNeighbours y = NearestNeighbours.of(RowMatrix.of(pair.y), K);

      KnnOverlap found = stated(pair.x, pair.y);

      assertThat(found.mutual().k()).isEqualTo(x.k());
      assertThat(found.mutual().count()).isEqualTo(n);
      assertThat(found.mutual().raw())
          .as(pair.name)
          .isCloseTo(MutualKnn.of(x, y).raw(), within(1e-12));
      for (int i = 0; i < n; i++) {
        assertSameNeighbours(pair.name, pair.x, i, found.ofProduction(i), x.of(i));
        assertSameNeighbours(pair.name, pair.y, i, found.ofReference(i), y.of(i));
      }
      CknnaFigures figures = cknnas.score(pair.x, pair.y, K);
      Cknna plain = Cknna.of(x, y);
      assertNear(pair.name + " published", figures.published(), plain.published());
      if (x.k() < n - 1) {
        assertNear(pair.name + " debiased", figures.debiased(), plain.debiased());
        assertNear(
            pair.name + " released", figures.debiasedAsReleased(), plain.debiasedAsReleased());
      } else {
        assertNear(
            pair.name + " debiased of all",
            figures.debiased(),
            LinearCka.of(RowMatrix.of(pair.x), RowMatrix.of(pair.y)).debiased());
      }
    }
  }

  private record Pair(String name, float[][] x, float[][] y) {}

  private static List<Pair> variants(int n, int p, int q) {
    float[][] y = OddRows.gaussian(n, q, n);
    float[][] x = Rows.following(y, p, 0.5, n + 1);
    return List.of(
        new Pair("plain", x, y),
        new Pair("offset", OddRows.affine(x, 1, 1e4), OddRows.affine(y, 1, -1e3)),
        new Pair("tiny", OddRows.affine(x, 1e-30, 0), OddRows.affine(y, 1e-10, 0)),
        new Pair("huge", OddRows.affine(x, 1e30, 0), OddRows.affine(y, 1e10, 0)),
        new Pair("repeated", OddRows.repeated(x), OddRows.repeated(y)));
  }

  /** The same rows in the same order, but for places that rounding alone tells apart. */
  private static void assertSameNeighbours(
      String name, float[][] rows, int i, int[] found, int[] plain) {
    if (Arrays.equals(found, plain)) {
      return;
    }
    assertThat(sorted(found)).as("%s, row %d", name, i).isEqualTo(sorted(plain));
    double[] centred = centredProducts(rows, i);
    double greatest = Arrays.stream(centred).map(Math::abs).max().orElseThrow();
    for (int place = 0; place < plain.length; place++) {
      assertThat(centred[found[place]])
          .as("%s, row %d, place %d", name, i, place)
          .isCloseTo(centred[plain[place]], within(RESOLUTION * greatest));
    }
  }

  private static List<Integer> sorted(int[] values) {
    return Arrays.stream(values).sorted().boxed().toList();
  }

  private static double[] centredProducts(float[][] rows, int i) {
    double[] mean = new double[rows[0].length];
    for (float[] row : rows) {
      for (int c = 0; c < mean.length; c++) {
        mean[c] += (double) row[c] / rows.length;
      }
    }
    return Arrays.stream(rows)
        .mapToDouble(
            row ->
                IntStream.range(0, mean.length)
                    .mapToDouble(c -> rows[i][c] * (row[c] - mean[c]))
                    .sum())
        .toArray();
  }

  static List<OracleCase> published() {
    return Oracle.cases().stream().filter(unit -> unit.kind() == OracleCase.Kind.PAIR).toList();
  }

  /** On rows as they are and of unit norm, wherever double precision can tell the neighbours. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("published")
  void givePublishedValues(OracleCase unit) {
    for (String mode : List.of("raw", "l2")) {
      JsonNode expected = unit.expected().get("knn").get(mode);
      float[][] x = rows(unit.x(), mode);
      float[][] y = rows(unit.y(), mode);
      int k = expected.get("k").asInt();

      MutualKnn mutual = overlaps.score(x, y, k).asOptional().orElseThrow().mutual();
      CknnaFigures cknna = cknnas.score(x, y, k);

      if (expected.get("float64_reliable").asBoolean()) {
        assertThat(mutual.raw()).isCloseTo(expected.get("mutual_knn").asDouble(), within(1e-6));
        assertThat(value(cknna.debiasedAsReleased()))
            .isCloseTo(expected.get("cknna").asDouble(), within(1e-5));
      } else {
        assertThat(mutual.raw()).isBetween(0.0, 1.0);
        assertThat(value(cknna.debiasedAsReleased())).isFinite();
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"j1", "h1"})
  void tiesAreBrokenInOneOfTheWaysThatAreCorrect(String id) {
    OracleCase unit = Oracle.cases().stream().filter(it -> it.is(id)).findFirst().orElseThrow();
    JsonNode bounds =
        id.equals("j1")
            ? unit.expected().get("mutual_knn_tie_bounds").get("k10")
            : unit.expected().get("mutual_knn_tie_bounds_raw_k10");

    MutualKnn mutual = stated(rows(unit.x(), "raw"), rows(unit.y(), "raw")).mutual();

    assertThat(mutual.raw())
        .isBetween(bounds.get("min").asDouble() - 1e-12, bounds.get("max").asDouble() + 1e-12);
    if (id.equals("h1")) {
      assertThat(mutual.raw())
          .isCloseTo(
              unit.expected().get("knn").get("raw").get("mutual_knn_lowest_index_ties").asDouble(),
              within(1e-12));
    }
  }

  private static float[][] rows(RowMatrix matrix, String mode) {
    double[][] rows =
        matrix.normalised(mode.equals("l2") ? RowNormalisation.L2 : RowNormalisation.NONE).toRows();
    float[][] single = new float[rows.length][rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        single[i][j] = (float) rows[i][j];
      }
    }
    return single;
  }

  private static double value(Statistic statistic) {
    return statistic.asOptional().orElseThrow();
  }

  @Test
  void ofEqualRowsTheLowestIndexComesFirst() {
    float[][] x = new float[130][];
    float[][] two = OddRows.gaussian(2, 384, 1);
    Arrays.setAll(x, i -> two[i % 2].clone());

    KnnOverlap found = overlaps.score(x, x, 5).asOptional().orElseThrow();

    // Each row is nearest to its like, and so to the first of them that are not itself.
    assertThat(found.ofProduction(0)).containsExactly(2, 4, 6, 8, 10);
    assertThat(found.ofProduction(4)).containsExactly(0, 2, 6, 8, 10);
    assertThat(found.ofProduction(129)).containsExactly(1, 3, 5, 7, 9);
    assertThat(found.mutual().raw()).isEqualTo(1);
  }

  @Test
  void aConstantSpaceHasTiesForNeighboursAndNoCknnaAsPublished() {
    float[][] x = OddRows.gaussian(40, 7, 1);
    float[][] y = new float[40][];
    Arrays.fill(y, OddRows.gaussian(1, 5, 2)[0]);

    assertThat(stated(x, y).ofReference(3)).containsExactly(0, 1, 2, 4, 5, 6, 7, 8, 9, 10);
    CknnaFigures figures = cknnas.score(x, y, K);
    assertThat(figures.published())
        .isEqualTo(
            new Statistic.Undefined(
                Statistic.Cause.DEGENERATE,
                "the masked kernel of the reference matrix has no positive HSIC with itself"));
    Cknna plain =
        Cknna.of(
            NearestNeighbours.of(RowMatrix.of(x), K), NearestNeighbours.of(RowMatrix.of(y), K));
    assertNear("constant", figures.debiasedAsReleased(), plain.debiasedAsReleased());
  }

  @Test
  void aSpaceAgreesWithItself() {
    float[][] x = OddRows.gaussian(300, 384, 1);

    assertThat(stated(x, x).mutual().raw()).isEqualTo(1);
    CknnaFigures figures = cknnas.score(x, x, K);
    assertThat(value(figures.published())).isCloseTo(1, within(1e-12));
    assertThat(value(figures.debiased())).isCloseTo(1, within(1e-12));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void whatIsNotFiniteHasAReason(float value) {
    float[][] x = OddRows.gaussian(20, 5, 1);
    float[][] broken = OddRows.gaussian(20, 5, 2);
    broken[13][2] = value;

    assertThat(overlaps.score(x, broken, K))
        .isEqualTo(
            new GraphResult.Undefined<>(
                Statistic.Cause.NOT_FINITE, "the reference matrix has NaN or infinite entries"));
    Statistic reason =
        new Statistic.Undefined(
            Statistic.Cause.NOT_FINITE, "the production matrix has NaN or infinite entries");
    assertThat(cknnas.score(broken, x, K)).isEqualTo(new CknnaFigures(reason, reason, reason));
    assertThat(stated(x, x).mutual().raw()).isEqualTo(1);
  }

  @Test
  void tooFewPairsHaveAReason() {
    float[][] three = OddRows.gaussian(3, 5, 1);
    Statistic tooFew =
        new Statistic.Undefined(Statistic.Cause.TOO_FEW_PAIRS, "expected 4 or more pairs, got 3");

    assertThat(overlaps.score(new float[1][5], new float[1][5], K))
        .isEqualTo(
            new GraphResult.Undefined<>(
                Statistic.Cause.TOO_FEW_PAIRS, "expected 2 or more pairs, got 1"));
    assertThat(stated(three, three).mutual().k()).isEqualTo(2);
    CknnaFigures figures = cknnas.score(three, three, K);
    assertThat(value(figures.published())).isCloseTo(1, within(1e-12));
    assertThat(figures.debiased()).isEqualTo(tooFew);
    assertThat(figures.debiasedAsReleased()).isEqualTo(tooFew);
  }

  @Test
  void rowsThatDoNotFitAndNoNeighboursAreRefused() {
    float[][] x = OddRows.gaussian(20, 5, 1);
    assertThatThrownBy(() -> overlaps.score(x, new float[19][5], K))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected as many live as reference rows, got 20 and 19");
    assertThatThrownBy(() -> cknnas.score(x, x, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected k of 1 or more, got 0");
  }

  private static void assertNear(String what, Statistic found, Statistic plain) {
    if (plain instanceof Statistic.Stated stated) {
      assertThat(found).as(what).isInstanceOf(Statistic.Stated.class);
      assertThat(((Statistic.Stated) found).value())
          .as(what)
          .isCloseTo(stated.value(), within(1e-5 * Math.max(1, Math.abs(stated.value()))));
    } else {
      assertThat(found).as(what).isEqualTo(plain);
    }
  }

  private static KnnOverlap stated(float[][] x, float[][] y) {
    return overlaps.score(x, y, K).asOptional().orElseThrow();
  }
}
