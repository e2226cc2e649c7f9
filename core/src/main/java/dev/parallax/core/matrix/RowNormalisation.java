package dev.parallax.core.matrix;

/** What is done to each row before two matrices are compared. */
public enum RowNormalisation {
  /** Rows as they are; one far outlier can then rule the result. */
  NONE {
    @Override
    double[] apply(double[] row) {
      return row.clone();
    }
  },

  /** Each row divided by its Euclidean norm; a row of zeros stays zero. */
  L2 {
    @Override
    double[] apply(double[] row) {
      double largest = 0;
      for (double value : row) {
        largest = Math.max(largest, Math.abs(value));
      }
      double[] result = row.clone();
      if (largest == 0) {
        return result;
      }
      // A power of two is exact and keeps the squares from overflow and underflow.
      int exponent = Math.getExponent(largest);
      double sum = 0;
      for (int j = 0; j < result.length; j++) {
        result[j] = Math.scalb(result[j], -exponent);
        sum += result[j] * result[j];
      }
      double norm = Math.sqrt(sum);
      for (int j = 0; j < result.length; j++) {
        result[j] /= norm;
      }
      return result;
    }
  };

  /** A new row; the argument is left as it was. */
  abstract double[] apply(double[] row);
}
