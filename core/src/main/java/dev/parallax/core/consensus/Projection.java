package dev.parallax.core.consensus;

import dev.parallax.core.matrix.RowMatrix;

/** A linear map of rows of width p into a space of d dimensions: (x − mean) · map. Immutable. */
public final class Projection {

  private final double[] mean;
  private final double[][] map;

  /**
   * Copies its arguments.
   *
   * @param mean length p ≥ 1
   * @param map p rows of one width d ≥ 1
   * @throws IllegalArgumentException when they do not fit each other
   */
  public Projection(double[] mean, double[][] map) {
    if (mean.length != map.length || map.length == 0) {
      throw new IllegalArgumentException(
          "expected as many rows of the map as entries of the mean, 1 or more, got "
              + map.length
              + " and "
              + mean.length);
    }
    this.mean = mean.clone();
    this.map = new double[map.length][];
    for (int j = 0; j < map.length; j++) {
      if (map[j].length != map[0].length) {
        throw new IllegalArgumentException(
            "expected rows of width " + map[0].length + ", got " + map[j].length);
      }
      this.map[j] = map[j].clone();
    }
  }

  /** Width of the rows it takes, p. */
  public int width() {
    return mean.length;
  }

  /** Width of the rows it gives, d. */
  public int dimension() {
    return map[0].length;
  }

  /** What is subtracted from entry {@code j} of a row. */
  public double mean(int j) {
    return mean[j];
  }

  /** What entry {@code j} of a row contributes to each of the d dimensions; a copy. */
  public double[] weights(int j) {
    return map[j].clone();
  }

  /**
   * Maps rows, in O(n p d). Entries that are not finite give ones that are not; callers check.
   *
   * @return n rows of width d
   * @throws IllegalArgumentException when the rows have another width than {@link #width()}
   */
  public double[][] apply(RowMatrix rows) {
    if (rows.count() > 0 && rows.width() != mean.length) {
      throw new IllegalArgumentException(
          "expected rows of width " + mean.length + ", got " + rows.width());
    }
    double[][] result = new double[rows.count()][dimension()];
    for (int i = 0; i < result.length; i++) {
      for (int j = 0; j < mean.length; j++) {
        addInPlace(result[i], rows.get(i, j) - mean[j], map[j]);
      }
    }
    return result;
  }

  private static void addInPlace(double[] sum, double weight, double[] row) {
    for (int c = 0; c < sum.length; c++) {
      sum[c] += weight * row[c];
    }
  }
}
