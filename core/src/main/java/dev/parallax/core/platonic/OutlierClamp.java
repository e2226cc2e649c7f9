package dev.parallax.core.platonic;

import dev.parallax.core.matrix.OrderStatistic;
import dev.parallax.core.matrix.RowMatrix;

/**
 * The {@code remove_outliers} of platonic-rep: every value is clamped to ±t, with t a quantile of
 * all absolute values. Neither rows nor columns are removed, in spite of the name.
 *
 * @see <a href="https://github.com/minyoungg/platonic-rep">metrics.py</a>
 */
public final class OutlierClamp {

  /** The quantile of the published pipeline. */
  public static final double PUBLISHED_QUANTILE = 0.95;

  private OutlierClamp() {}

  /**
   * With {@code exact=True}: the absolute value at rank {@code ⌊q · n p⌋} of all, from 0.
   *
   * @param matrix one or more finite entries
   * @param quantile q, from 0 and below 1
   */
  public static double exactQuantile(RowMatrix matrix, double quantile) {
    requireQuantile(quantile);
    int width = matrix.width();
    double[] values = new double[matrix.count() * width];
    for (int i = 0; i < matrix.count(); i++) {
      for (int j = 0; j < width; j++) {
        values[i * width + j] = Math.abs(matrix.get(i, j));
      }
    }
    return OrderStatistic.select(values, (int) (quantile * values.length));
  }

  /**
   * With {@code exact=False}: the mean over rows of the row's quantile, interpolated linearly
   * between ranks.
   *
   * @param matrix one or more finite entries
   * @param quantile q, from 0 and below 1
   */
  public static double meanOfRowQuantiles(RowMatrix matrix, double quantile) {
    requireQuantile(quantile);
    double sum = 0;
    for (int i = 0; i < matrix.count(); i++) {
      sum += rowQuantile(matrix, i, quantile);
    }
    return sum / matrix.count();
  }

  private static double rowQuantile(RowMatrix matrix, int i, double quantile) {
    double[] values = new double[matrix.width()];
    for (int j = 0; j < values.length; j++) {
      values[j] = Math.abs(matrix.get(i, j));
    }
    double rank = quantile * (values.length - 1);
    int below = (int) rank;
    double low = OrderStatistic.select(values, below);
    double high = OrderStatistic.select(values, Math.min(below + 1, values.length - 1));
    return low + (rank - below) * (high - low);
  }

  private static void requireQuantile(double quantile) {
    if (!(quantile >= 0 && quantile < 1)) {
      throw new IllegalArgumentException("quantile " + quantile + ": expected from 0 and below 1");
    }
  }

  /** The values of a matrix within {@code −threshold} and {@code threshold}. */
  public static RowMatrix clamped(RowMatrix matrix, double threshold) {
    double[][] rows = matrix.toRows();
    for (double[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] = Math.max(-threshold, Math.min(threshold, row[j]));
      }
    }
    return RowMatrix.of(rows);
  }
}
