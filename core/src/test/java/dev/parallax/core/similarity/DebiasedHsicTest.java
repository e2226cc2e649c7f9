package dev.parallax.core.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DebiasedHsicTest {

  @ParameterizedTest(name = "{0} rows of widths {1} and {2}")
  @CsvSource({"4, 1, 1", "5, 3, 7", "7, 16, 3", "16, 5, 5", "65, 9, 31"})
  void equalsTheEstimatorOfSong(int m, int p, int q) {
    double[][] x = GaussianRows.of(m, p, 11);
    double[][] y = GaussianRows.of(m, q, 12);

    HsicTriple hsic = DebiasedHsic.of(RowMatrix.of(x), RowMatrix.of(y));

    // Well-conditioned rows: equation 5 loses a few digits at most.
    assertThat(hsic.xx()).isCloseTo(song(x, x), within(1e-11 * p * p));
    assertThat(hsic.yy()).isCloseTo(song(y, y), within(1e-11 * q * q));
    assertThat(hsic.xy()).isCloseTo(song(x, y), within(1e-11 * p * q));
  }

  /** Song et al. (2012), equation 5, as printed. */
  private static double song(double[][] x, double[][] y) {
    double[][] k = hollowGram(x);
    double[][] l = hollowGram(y);
    int m = x.length;
    double trace = 0;
    double sumK = 0;
    double sumL = 0;
    double sumKl = 0;
    for (int i = 0; i < m; i++) {
      double rowK = 0;
      double rowL = 0;
      for (int j = 0; j < m; j++) {
        trace += k[i][j] * l[j][i];
        rowK += k[i][j];
        rowL += l[i][j];
      }
      sumK += rowK;
      sumL += rowL;
      sumKl += rowK * rowL;
    }
    double sum = trace + sumK * sumL / ((m - 1.0) * (m - 2.0)) - 2 / (m - 2.0) * sumKl;
    return sum / (m * (m - 3.0));
  }

  private static double[][] hollowGram(double[][] rows) {
    double[][] gram = new double[rows.length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows.length; j++) {
        for (int f = 0; i != j && f < rows[i].length; f++) {
          gram[i][j] += rows[i][f] * rows[j][f];
        }
      }
    }
    return gram;
  }

  @Test
  void averagesToZeroOverAllWaysToPairTheRows() {
    double[][] x = GaussianRows.of(5, 3, 21);
    double[][] y = GaussianRows.of(5, 4, 22);
    double[] sum = {0, 0};
    permute(
        y,
        0,
        permuted -> {
          sum[0] += DebiasedHsic.of(RowMatrix.of(x), RowMatrix.of(permuted)).xy();
          sum[1]++;
        });
    assertThat(sum[1]).isEqualTo(120);
    // Exactly zero in theory: 120 values of size about 1, each rounded.
    assertThat(sum[0] / sum[1]).isCloseTo(0, within(1e-14));
  }

  private interface Visitor {
    void visit(double[][] rows);
  }

  private static void permute(double[][] rows, int from, Visitor visitor) {
    if (from == rows.length) {
      visitor.visit(rows);
      return;
    }
    for (int i = from; i < rows.length; i++) {
      swap(rows, from, i);
      permute(rows, from + 1, visitor);
      swap(rows, from, i);
    }
  }

  private static void swap(double[][] rows, int i, int j) {
    double[] row = rows[i];
    rows[i] = rows[j];
    rows[j] = row;
  }

  @Test
  void ofASideWithItselfIsTheSameBitsAsTheSideAlone() {
    RowMatrix x = RowMatrix.of(GaussianRows.of(64, 48, 31));
    HsicTriple hsic = DebiasedHsic.of(x, x);
    assertThat(hsic.xy()).isEqualTo(hsic.xx()).isEqualTo(hsic.yy());
  }

  @Test
  void scalesWithTheSquareOfEachKernelAndIgnoresShifts() {
    double[][] x = GaussianRows.of(64, 12, 41);
    double[][] y = GaussianRows.of(64, 20, 42);
    HsicTriple plain = DebiasedHsic.of(RowMatrix.of(x), RowMatrix.of(y));

    HsicTriple moved =
        DebiasedHsic.of(RowMatrix.of(GaussianRows.affine(x, 3, 1000)), RowMatrix.of(y));

    // The shift of 12,000 takes four of sixteen digits, the ratio to the spread another one.
    assertThat(moved.xy()).isCloseTo(9 * plain.xy(), within(1e-9 * 9 * plain.xx()));
    assertThat(moved.xx()).isCloseTo(81 * plain.xx(), within(1e-9 * 81 * plain.xx()));
    assertThat(moved.yy()).isEqualTo(plain.yy());
  }

  @Test
  void floatsGiveTheSameBitsAsTheirDoubles() {
    float[][] x = new float[16][7];
    double[][] wide = new double[16][7];
    double[][] random = GaussianRows.of(16, 7, 51);
    for (int i = 0; i < 16; i++) {
      for (int j = 0; j < 7; j++) {
        x[i][j] = (float) random[i][j];
        wide[i][j] = x[i][j];
      }
    }
    assertThat(DebiasedHsic.of(x, x))
        .isEqualTo(DebiasedHsic.of(RowMatrix.of(wide), RowMatrix.of(wide)));
  }

  @ParameterizedTest(name = "a row of {0}")
  @CsvSource({"0", "0.1", "1e4", "12345.678"})
  void ofEqualRowsIsExactlyZero(double value) {
    double[][] constant = GaussianRows.affine(new double[6][5], 1, value);
    HsicTriple hsic =
        DebiasedHsic.of(RowMatrix.of(constant), RowMatrix.of(GaussianRows.of(6, 5, 61)));
    assertThat(hsic.xx()).isZero();
    assertThat(hsic.xy()).isZero();
    assertThat(hsic.yy()).isPositive();
  }

  @Test
  void ofOneDifferentRowOrEquallyFarRowsIsExactlyZeroAndNotRounding() {
    double[][] oneDiffers = GaussianRows.affine(new double[9][4], 1, 0.3);
    oneDiffers[4] = new double[] {0.1, -7.3, 2.2, 1e5};
    double[][] equallyFar = new double[9][9];
    for (int i = 0; i < 9; i++) {
      equallyFar[i][i] = 0.7;
    }
    equallyFar = GaussianRows.rotated(equallyFar, 71);

    RowMatrix y = RowMatrix.of(GaussianRows.of(9, 5, 72));
    for (double[][] x : new double[][][] {oneDiffers, equallyFar}) {
      HsicTriple hsic = DebiasedHsic.of(RowMatrix.of(x), y);
      assertThat(hsic.xx()).isZero();
      assertThat(hsic.xy()).isZero();
    }
  }

  @Test
  void refusesTooFewOrUnpairedOrRaggedRows() {
    RowMatrix three = RowMatrix.of(GaussianRows.of(3, 2, 81));
    RowMatrix four = RowMatrix.of(GaussianRows.of(4, 2, 82));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DebiasedHsic.of(three, three))
        .withMessage("expected 4 or more pairs, got 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DebiasedHsic.of(three, four))
        .withMessage("expected as many live as reference rows, got 3 and 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RowMatrix.of(new float[][] {{1, 2}, {3}}))
        .withMessage("row 1: expected width 2 as in row 0, got 1");
  }
}
