package dev.parallax.core.neighbour;

import dev.parallax.core.matrix.RowMatrix;
import java.util.Random;

/** Random matrices of tests, each from its own seed. */
final class Spaces {

  private Spaces() {}

  /** {@code n × width} independent standard normal entries. */
  static RowMatrix gaussian(int n, int width, long seed) {
    Random random = new Random(seed);
    double[][] rows = new double[n][width];
    for (double[] row : rows) {
      for (int j = 0; j < width; j++) {
        row[j] = random.nextGaussian();
      }
    }
    return RowMatrix.of(rows);
  }

  /** {@code n × width} integers from −1 to 1, of which many inner products are equal. */
  static RowMatrix lattice(int n, int width, long seed) {
    Random random = new Random(seed);
    double[][] rows = new double[n][width];
    for (double[] row : rows) {
      for (int j = 0; j < width; j++) {
        row[j] = random.nextInt(3) - 1;
      }
    }
    return RowMatrix.of(rows);
  }

  /** A matrix plus {@code spread} times independent normal noise. */
  static RowMatrix noisy(RowMatrix matrix, double spread, long seed) {
    double[][] noise = gaussian(matrix.count(), matrix.width(), seed).toRows();
    for (int i = 0; i < noise.length; i++) {
      for (int j = 0; j < noise[i].length; j++) {
        noise[i][j] = matrix.get(i, j) + spread * noise[i][j];
      }
    }
    return RowMatrix.of(noise);
  }

  /** A matrix times a number. */
  static RowMatrix scaled(RowMatrix matrix, double factor) {
    double[][] rows = matrix.toRows();
    for (double[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] *= factor;
      }
    }
    return RowMatrix.of(rows);
  }
}
