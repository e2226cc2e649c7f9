package dev.parallax.core.consensus;

import static dev.parallax.core.matrix.Products.dot;

import dev.parallax.core.matrix.CentredRows;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.matrix.SingularValues;

/**
 * One encoder's centred rows X = U S Vᵀ, whitened under a ridge λ: {@code U S (S² + λ)^(−½)}.
 *
 * <p>λ is a share of the mean squared singular value over the p features, so that neither the unit
 * nor the number of rows matters. Directions below the rounding of the greatest are left out.
 */
final class WhitenedView {

  private final int width;
  private final int exponent;
  private final SingularValues svd;
  private final double lambda;
  private final int rank;

  private WhitenedView(int width, int exponent, SingularValues svd, double lambda, int rank) {
    this.width = width;
    this.exponent = exponent;
    this.svd = svd;
    this.lambda = lambda;
    this.rank = rank;
  }

  /** Of a view with finite rows that are not all equal. */
  static WhitenedView of(RowMatrix view, double ridge) {
    CentredRows centred = CentredRows.of(view);
    SingularValues svd = SingularValues.of(centred.rows());
    double[] values = svd.values();
    double squares = 0;
    for (double value : values) {
      squares += value * value;
    }
    double negligible = values[0] * Math.max(view.count(), view.width()) * Math.ulp(1.0);
    int rank = 0;
    while (rank < values.length && values[rank] > negligible) {
      rank++;
    }
    return new WhitenedView(
        view.width(), centred.exponent(), svd, ridge * squares / view.width(), rank);
  }

  /** Number of directions in which the rows vary. */
  int rank() {
    return rank;
  }

  /** Writes the whitened rows into columns {@code from} to {@code from + rank} of {@code rows}. */
  void writeTo(double[][] rows, int from) {
    double[] values = svd.values();
    for (int r = 0; r < rank; r++) {
      double shrunk = values[r] / Math.sqrt(values[r] * values[r] + lambda);
      double[] left = svd.left(r);
      for (int i = 0; i < rows.length; i++) {
        rows[i][from + r] = shrunk * left[i];
      }
    }
  }

  /**
   * The ridge regression {@code (XᵀX + λI)⁻¹ Xᵀ G} of targets on the centred rows, in the unit of
   * the rows as they came.
   *
   * @param targets d columns of length n
   * @return p rows of width d
   */
  double[][] regress(double[][] targets) {
    double[] values = svd.values();
    double[][] map = new double[width][targets.length];
    for (int r = 0; r < rank; r++) {
      double weight = values[r] / (values[r] * values[r] + lambda);
      double[] loads = new double[targets.length];
      for (int c = 0; c < targets.length; c++) {
        loads[c] = Math.scalb(weight * dot(svd.left(r), targets[c]), -exponent);
      }
      double[] right = svd.right(r);
      for (int j = 0; j < width; j++) {
        for (int c = 0; c < loads.length; c++) {
          map[j][c] += right[j] * loads[c];
        }
      }
    }
    return map;
  }
}
