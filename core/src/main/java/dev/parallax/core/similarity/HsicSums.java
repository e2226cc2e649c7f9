package dev.parallax.core.similarity;

import static dev.parallax.core.matrix.Products.dot;

import dev.parallax.core.matrix.CentredRows;
import dev.parallax.core.matrix.Products;

/**
 * Unscaled HSIC sums of two centred matrices with n rows: biased {@code Σ K_ij L_ij} and debiased
 * {@code Σ_{i≠j} K̃_ij L̃_ij}, each between the sides and of each with itself.
 *
 * <p>For centred rows the row sums of off-diagonal kernel values are {@code −a_i = −‖x_i‖²}, so
 * {@code K̃_ij = K_ij + (a_i + a_j)/(n−2) − A/((n−1)(n−2))} with {@code A = Σa}, and {@code Σ K̃ L̃
 * = Σ K_ij L_ij − n/(n−2) Σ a_i b_i + A B/((n−1)(n−2))} (Kornblith et al., 2019, in feature space).
 * Debiased sums are 0, and both sides flat, for fewer than four rows.
 *
 * @param xFlat whether the first matrix has no debiased variance beyond rounding
 * @param yFlat the same of the second
 */
record HsicSums(
    double xy,
    double xx,
    double yy,
    double debiasedXy,
    double debiasedXx,
    double debiasedYy,
    boolean xFlat,
    boolean yFlat) {

  /** Rows of a product held at once: 64 rows of 1,000 doubles fill half a typical L2 cache. */
  private static final int BLOCK = 64;

  /** Least share of the biased sum that a debiased one in feature space may be: four digits. */
  private static final double KEPT = 1e-4;

  static HsicSums of(CentredRows x, CentredRows y) {
    if (x.count() <= x.width() + y.width()) {
      return overRows(x, y);
    }
    HsicSums sums = overFeatures(x, y);
    boolean keepsDigits = sums.debiasedXx >= KEPT * sums.xx && sums.debiasedYy >= KEPT * sums.yy;
    return keepsDigits || x.count() < DebiasedHsic.MIN_PAIRS ? sums : overRows(x, y);
  }

  /** In O(n²(p + q)) and n · {@link #BLOCK} doubles: the Gram matrices exist a block at a time. */
  static HsicSums overRows(CentredRows x, CentredRows y) {
    int n = x.count();
    double[][] xColumns = x.columns();
    double[][] yColumns = y.columns();
    double[] a = x.squaredNorms();
    double[] b = y.squaredNorms();
    double aCommon = sum(a) / ((n - 1.0) * (n - 2.0));
    double bCommon = sum(b) / ((n - 1.0) * (n - 2.0));
    double xy = dot(a, b);
    double xx = dot(a, a);
    double yy = dot(b, b);
    double debiasedXy = 0;
    double debiasedXx = 0;
    double debiasedYy = 0;
    double[][] k = new double[BLOCK][n];
    double[][] l = new double[BLOCK][n];
    for (int from = 0; from < n; from += BLOCK) {
      int to = Math.min(n, from + BLOCK);
      Products.transposed(xColumns, xColumns, from, to, from, k);
      Products.transposed(yColumns, yColumns, from, to, from, l);
      for (int i = from; i < to; i++) {
        double[] ki = k[i - from];
        double[] li = l[i - from];
        for (int j = i + 1; j < n; j++) {
          xy += 2 * ki[j] * li[j];
          xx += 2 * ki[j] * ki[j];
          yy += 2 * li[j] * li[j];
          double kc = ki[j] + (a[i] + a[j]) / (n - 2.0) - aCommon;
          double lc = li[j] + (b[i] + b[j]) / (n - 2.0) - bCommon;
          debiasedXy += 2 * kc * lc;
          debiasedXx += 2 * kc * kc;
          debiasedYy += 2 * lc * lc;
        }
      }
    }
    return checked(xy, xx, yy, debiasedXy, debiasedXx, debiasedYy, a, b);
  }

  /** In O(n(p + q)²) and q · {@link #BLOCK} doubles. */
  static HsicSums overFeatures(CentredRows x, CentredRows y) {
    double[] a = x.squaredNorms();
    double[] b = y.squaredNorms();
    double xy = squaredCross(x, y);
    double xx = squaredCross(x, x);
    double yy = squaredCross(y, y);
    return checked(
        xy, xx, yy, xy + correction(a, b), xx + correction(a, a), yy + correction(b, b), a, b);
  }

  private static HsicSums checked(
      double xy,
      double xx,
      double yy,
      double debiasedXy,
      double debiasedXx,
      double debiasedYy,
      double[] a,
      double[] b) {
    if (a.length < DebiasedHsic.MIN_PAIRS) {
      return new HsicSums(xy, xx, yy, 0, 0, 0, true, true);
    }
    double scale = a.length * (a.length - 3.0);
    return new HsicSums(
        xy,
        xx,
        yy,
        debiasedXy,
        debiasedXx,
        debiasedYy,
        DebiasedHsic.isNegligible(debiasedXx / scale, a),
        DebiasedHsic.isNegligible(debiasedYy / scale, b));
  }

  /** What turns {@code Σ K_ij L_ij} into the debiased sum. */
  private static double correction(double[] a, double[] b) {
    double n = a.length;
    return sum(a) * sum(b) / ((n - 1) * (n - 2)) - n / (n - 2) * dot(a, b);
  }

  private static double squaredCross(CentredRows x, CentredRows y) {
    boolean symmetric = x == y;
    double[][] product = new double[BLOCK][y.width()];
    double sum = 0;
    for (int from = 0; from < x.width(); from += BLOCK) {
      int to = Math.min(x.width(), from + BLOCK);
      Products.transposed(x.rows(), y.rows(), from, to, symmetric ? from : 0, product);
      for (int i = from; i < to; i++) {
        double[] row = product[i - from];
        if (symmetric) {
          sum += row[i] * row[i];
          for (int j = i + 1; j < row.length; j++) {
            sum += 2 * row[j] * row[j];
          }
        } else {
          sum += dot(row, row);
        }
      }
    }
    return sum;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
