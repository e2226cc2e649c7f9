package dev.parallax.core.similarity;

import java.util.Random;

/** Random matrices of tests, each from its own seed. */
public final class GaussianRows {

  private GaussianRows() {}

  /** {@code n × width} independent standard normal entries. */
  public static double[][] of(int n, int width, long seed) {
    Random random = new Random(seed);
    double[][] rows = new double[n][width];
    for (double[] row : rows) {
      for (int j = 0; j < width; j++) {
        row[j] = random.nextGaussian();
      }
    }
    return rows;
  }

  /** The rows times a random orthogonal matrix: a product of {@code 2 · width} reflections. */
  public static double[][] rotated(double[][] rows, long seed) {
    double[][] result = copy(rows);
    int width = rows[0].length;
    for (double[] normal : of(2 * width, width, seed)) {
      for (double[] row : result) {
        double factor = 2 * dot(row, normal) / dot(normal, normal);
        for (int j = 0; j < width; j++) {
          row[j] -= factor * normal[j];
        }
      }
    }
    return result;
  }

  /** The rows times {@code scale}, plus {@code (j + 1) · shift} in column j. */
  public static double[][] affine(double[][] rows, double scale, double shift) {
    double[][] result = copy(rows);
    for (double[] row : result) {
      for (int j = 0; j < row.length; j++) {
        row[j] = scale * row[j] + (j + 1) * shift;
      }
    }
    return result;
  }

  /** The rows plus {@code spread} times independent normal noise. */
  public static double[][] noisy(double[][] rows, double spread, long seed) {
    double[][] result = of(rows.length, rows[0].length, seed);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        result[i][j] = rows[i][j] + spread * result[i][j];
      }
    }
    return result;
  }

  public static double[][] copy(double[][] rows) {
    double[][] copy = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      copy[i] = rows[i].clone();
    }
    return copy;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }
}
