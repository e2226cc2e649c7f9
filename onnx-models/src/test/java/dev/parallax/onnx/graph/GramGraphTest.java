package dev.parallax.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.core.matrix.CentredRows;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.Statistic;
import dev.parallax.onnx.TestProvider;
import dev.parallax.onnx.runtime.SharedSessions;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GramGraphTest {

  /** Single-precision products, relative to the greatest entry; measured at most 3e-7. */
  private static final double TOLERANCE = 1e-6;

  @ParameterizedTest(name = "n {0}, width {1}")
  @CsvSource({
    "1, 1",
    "4, 1",
    "5, 3",
    "7, 16",
    "16, 384",
    "63, 769",
    "64, 3",
    "127, 384",
    "300, 16",
    "300, 769"
  })
  void equalsThePlainProducts(int n, int width) {
    for (float[][] x : variants(n, width)) {
      assertNear(stated(x, false), plain(x));
      assertNear(stated(x, true), plainCentred(x));
    }
  }

  private static Iterable<float[][]> variants(int n, int width) {
    float[][] rows = OddRows.gaussian(n, width, n + width);
    return Arrays.asList(
        rows,
        OddRows.affine(rows, 1, 1e4),
        OddRows.affine(rows, 1e-30, 0),
        OddRows.affine(rows, 1e30, 0),
        OddRows.repeated(rows));
  }

  @Test
  void isSymmetricBitForBit() {
    Assumptions.assumeTrue(TestProvider.isCpu(), "a device tiles its products as it likes");
    double[][] gram = stated(OddRows.gaussian(300, 384, 1), true);
    for (int i = 0; i < 300; i++) {
      for (int j = 0; j < i; j++) {
        assertThat(gram[i][j]).isEqualTo(gram[j][i]);
      }
    }
  }

  @Test
  void equalRowsAreExactZerosAboutTheirMean() {
    float[][] x = new float[63][];
    Arrays.fill(x, OddRows.gaussian(1, 127, 2)[0]);

    for (double[] row : stated(x, true)) {
      assertThat(row).containsOnly(0);
    }
  }

  @Test
  void repeatedRowsHaveTheSameProductsBitForBit() {
    Assumptions.assumeTrue(TestProvider.isCpu(), "a device tiles its products as it likes");
    double[][] gram = stated(OddRows.repeated(OddRows.gaussian(127, 16, 3)), false);
    for (int i = 2; i < 127; i += 3) {
      assertThat(gram[i]).isEqualTo(gram[i - 1]);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"NaN", "Infinity", "-Infinity"})
  void whatIsNotFiniteHasAReason(float value) {
    float[][] x = OddRows.gaussian(20, 5, 1);
    x[13][2] = value;
    try (GramGraph graph = GramGraph.open(TestProvider.settings())) {
      assertThat(graph.products(x))
          .isEqualTo(
              new GraphResult.Undefined<>(
                  Statistic.Cause.NOT_FINITE, "the matrix has NaN or infinite entries"));
      assertThat(graph.products(OddRows.gaussian(3, 2, 1)).asOptional()).isPresent();
      assertThat(graph.products(new float[0][]).asOptional()).contains(new double[0][]);
    }
  }

  @Test
  void theLastToCloseClosesTheSession() {
    int before = SharedSessions.open();
    GramGraph one = GramGraph.open(TestProvider.settings());
    GramGraph other = GramGraph.open(TestProvider.settings());
    assertThat(SharedSessions.open()).isEqualTo(before + 1);
    one.close();
    assertThat(other.products(OddRows.gaussian(3, 2, 1)).asOptional()).isPresent();
    other.close();
    assertThat(SharedSessions.open()).isEqualTo(before);
  }

  @Test
  void rowsOfDifferentWidthsAreRefused() {
    try (GramGraph graph = GramGraph.open(TestProvider.settings())) {
      assertThatThrownBy(() -> graph.products(new float[][] {{1, 2}, {3}}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected rows of width 2, got 1");
    }
  }

  private static double[][] stated(float[][] x, boolean centred) {
    try (GramGraph graph = GramGraph.open(TestProvider.settings())) {
      return (centred ? graph.centredProducts(x) : graph.products(x)).asOptional().orElseThrow();
    }
  }

  private static double[][] plain(float[][] x) {
    double[][] gram = new double[x.length][x.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x.length; j++) {
        for (int k = 0; k < x[i].length; k++) {
          gram[i][j] += (double) x[i][k] * x[j][k];
        }
      }
    }
    return gram;
  }

  private static double[][] plainCentred(float[][] x) {
    CentredRows rows = CentredRows.of(RowMatrix.of(x));
    double[][] gram = rows.gram();
    for (double[] row : gram) {
      for (int j = 0; j < row.length; j++) {
        row[j] = Math.scalb(row[j], 2 * rows.exponent());
      }
    }
    return gram;
  }

  private static void assertNear(double[][] found, double[][] expected) {
    double greatest = 0;
    double off = 0;
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected.length; j++) {
        greatest = Math.max(greatest, Math.abs(expected[i][j]));
        off = Math.max(off, Math.abs(found[i][j] - expected[i][j]));
      }
    }
    assertThat(off).isLessThanOrEqualTo(TOLERANCE * greatest);
  }
}
