package dev.parallax.core.similarity;

import dev.parallax.core.matrix.CentredRows;
import dev.parallax.core.matrix.RowMatrix;

/**
 * Debiased Hilbert-Schmidt independence criterion (HSIC) of one batch of pairs under linear
 * kernels: the definition that every other kernel of this product must equal.
 *
 * <p>With {@code K = XXᵀ}, row sums {@code r} and total {@code s} of its off-diagonal entries, the
 * U-centred matrix is {@code K̃_ij = K_ij − r_i/(m−2) − r_j/(m−2) + s/((m−1)(m−2))} for {@code i ≠
 * j} and 0 on the diagonal, and {@code HSIC = Σ_{i≠j} K̃_ij L̃_ij / (m(m−3))}. It equals the
 * estimator of Song et al. (2012), equation 5, without its cancellation, and is unbiased for {@code
 * ‖Cov(x, y)‖²} in the Frobenius norm. Rows are centred first, which U-centring makes free, and
 * nothing is added to any denominator.
 *
 * <p>A side whose U-centred matrix is nothing but rounding counts as having none: its value, and
 * the one between the sides, is then exactly 0. That happens to batches of equal rows, of rows that
 * are all equally far from each other, and where one row alone differs from the rest. Cost O(m²(p +
 * q)).
 *
 * @see <a href="https://jmlr.org/papers/v13/song12a.html">Song et al. (2012)</a>
 * @see <a href="https://arxiv.org/abs/1310.2926">Székely and Rizzo (2014)</a>
 */
public final class DebiasedHsic {

  /** Fewest pairs for which the estimator exists. */
  public static final int MIN_PAIRS = 4;

  /**
   * Share of the mean product of squared norms of two different rows below which a mean squared
   * U-centred entry is rounding. Rounding alone leaves about 1e-30, so 1e-18 is far above it and
   * still lets a row 1e6 times as long as the others pass.
   */
  private static final double NEGLIGIBLE = 1e-18;

  private DebiasedHsic() {}

  /**
   * The three values of paired rows.
   *
   * @param live m rows of one width
   * @param reference m rows of one width, row i of the same input as row i of {@code live}
   * @throws IllegalArgumentException when the row counts differ or are below {@link #MIN_PAIRS}, or
   *     a matrix has rows of different widths
   */
  public static HsicTriple of(float[][] live, float[][] reference) {
    return of(RowMatrix.of(live), RowMatrix.of(reference));
  }

  /** As {@link #of(float[][], float[][])}. */
  public static HsicTriple of(RowMatrix live, RowMatrix reference) {
    if (live.count() != reference.count()) {
      throw new IllegalArgumentException(
          "expected as many live as reference rows, got "
              + live.count()
              + " and "
              + reference.count());
    }
    return of(live, reference, 0, live.count());
  }

  /** Of the pairs {@code from} (inclusive) to {@code to} (exclusive). */
  static HsicTriple of(RowMatrix live, RowMatrix reference, int from, int to) {
    if (to - from < MIN_PAIRS) {
      throw new IllegalArgumentException(
          "expected " + MIN_PAIRS + " or more pairs, got " + (to - from));
    }
    CentredRows x = CentredRows.of(live, from, to);
    CentredRows y = CentredRows.of(reference, from, to);
    double[][] kx = uCentred(x.gram());
    double[][] ky = uCentred(y.gram());
    double xx = meanProduct(kx, kx);
    double yy = meanProduct(ky, ky);
    boolean xFlat = isNegligible(xx, x.squaredNorms());
    boolean yFlat = isNegligible(yy, y.squaredNorms());
    int ex = 2 * x.exponent();
    int ey = 2 * y.exponent();
    return new HsicTriple(
        xFlat || yFlat ? 0 : Math.scalb(meanProduct(kx, ky), ex + ey),
        xFlat ? 0 : Math.scalb(xx, 2 * ex),
        yFlat ? 0 : Math.scalb(yy, 2 * ey));
  }

  /**
   * Whether {@code hsic} of a matrix with itself is only rounding.
   *
   * @param squaredNorms of its centred rows
   */
  static boolean isNegligible(double hsic, double[] squaredNorms) {
    double sum = 0;
    for (double norm : squaredNorms) {
      sum += norm;
    }
    double ofDistinctRows = 0;
    for (double norm : squaredNorms) {
      ofDistinctRows += norm * (sum - norm);
    }
    double m = squaredNorms.length;
    return hsic <= NEGLIGIBLE * ofDistinctRows / (m * (m - 3));
  }

  /** U-centres a kernel matrix in place; what is on its diagonal does not matter. */
  static double[][] uCentred(double[][] gram) {
    int m = gram.length;
    double[] rowSums = new double[m];
    double total = 0;
    for (int i = 0; i < m; i++) {
      gram[i][i] = 0;
      for (double value : gram[i]) {
        rowSums[i] += value;
      }
      total += rowSums[i];
    }
    double common = total / ((m - 1.0) * (m - 2.0));
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        gram[i][j] += i == j ? 0 : common - (rowSums[i] + rowSums[j]) / (m - 2.0);
      }
    }
    return gram;
  }

  /** {@code Σ a_ij b_ij / (m(m−3))}. */
  static double meanProduct(double[][] a, double[][] b) {
    double m = a.length;
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        sum += a[i][j] * b[i][j];
      }
    }
    return sum / (m * (m - 3));
  }
}
