package dev.parallax.core.matrix;

import java.util.Arrays;

/**
 * Rows of a matrix shifted by their mean and scaled by a power of two, so that neither a large
 * offset nor a huge or tiny magnitude costs digits in the products that follow.
 *
 * <p>The shift changes neither centred nor U-centred quantities. The scale is exact: entries before
 * it are {@code 2^exponent} times the ones held here, and the largest held here is about 1.
 *
 * <ol>
 *   <li>The first row is subtracted before anything is summed: rows that are all equal give exact
 *       zeros, and a common offset disappears without rounding.
 *   <li>Each column sums to zero up to rounding.
 * </ol>
 */
public final class CentredRows {

  /** Differences of entries below this cannot overflow. */
  private static final int SAFE_EXPONENT = 1000;

  /** Gram rows summed at once: more of them and the sums leave the cache between columns. */
  private static final int BLOCK = 32;

  private final double[][] rows;
  private final int width;
  private final int exponent;

  private CentredRows(double[][] rows, int width, int exponent) {
    this.rows = rows;
    this.width = width;
    this.exponent = exponent;
  }

  /** All rows of a matrix with at least one row and only finite entries. */
  public static CentredRows of(RowMatrix matrix) {
    return of(matrix, 0, matrix.count());
  }

  /** Rows {@code from} (inclusive) to {@code to} (exclusive), centred among themselves. */
  public static CentredRows of(RowMatrix matrix, int from, int to) {
    double[][] rows = new double[to - from][];
    for (int i = from; i < to; i++) {
      rows[i - from] = matrix.row(i).clone();
    }
    int exponent = Math.max(0, exponentOfLargest(rows) - SAFE_EXPONENT);
    scale(rows, -exponent);
    subtract(rows, rows[0].clone());
    int second = exponentOfLargest(rows);
    scale(rows, -second);
    subtract(rows, mean(rows));
    return new CentredRows(rows, matrix.width(), exponent + second);
  }

  private static int exponentOfLargest(double[][] rows) {
    double largest = 0;
    for (double[] row : rows) {
      for (double value : row) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest == 0 ? 0 : Math.getExponent(largest);
  }

  private static void scale(double[][] rows, int exponent) {
    if (exponent == 0) {
      return;
    }
    for (double[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] = Math.scalb(row[j], exponent);
      }
    }
  }

  private static void subtract(double[][] rows, double[] shift) {
    for (double[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] -= shift[j];
      }
    }
  }

  private static double[] mean(double[][] rows) {
    double[] mean = new double[rows[0].length];
    for (double[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        mean[j] += row[j];
      }
    }
    for (int j = 0; j < mean.length; j++) {
      mean[j] /= rows.length;
    }
    return mean;
  }

  /** Number of rows. */
  public int count() {
    return rows.length;
  }

  /** Number of columns. */
  public int width() {
    return width;
  }

  /** What {@code 2} is raised to for one entry; a Gram entry carries twice that. */
  public int exponent() {
    return exponent;
  }

  /** The rows themselves, not copies: callers only read them. */
  public double[][] rows() {
    return rows;
  }

  /** The same matrix as {@link #width()} columns of length {@link #count()}. */
  public double[][] columns() {
    double[][] columns = new double[width][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < width; j++) {
        columns[j][i] = rows[i][j];
      }
    }
    return columns;
  }

  /** ‖xᵢ‖² of every row. */
  public double[] squaredNorms() {
    double[] norms = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (double value : rows[i]) {
        norms[i] += value * value;
      }
    }
    return norms;
  }

  /** All inner products of rows: the Gram matrix, {@code count × count}. */
  public double[][] gram() {
    double[][] columns = columns();
    double[][] gram = new double[rows.length][rows.length];
    for (int from = 0; from < rows.length; from += BLOCK) {
      int to = Math.min(rows.length, from + BLOCK);
      Products.transposed(columns, columns, from, to, 0, Arrays.copyOfRange(gram, from, to));
    }
    return gram;
  }
}
