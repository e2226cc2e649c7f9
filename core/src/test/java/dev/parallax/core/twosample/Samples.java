package dev.parallax.core.twosample;

import dev.parallax.core.matrix.RowMatrix;
import java.util.Random;

/** Random matrices of tests, each from its own seed. */
final class Samples {

  private Samples() {}

  /** {@code n × width} independent normal entries of deviation 1. */
  static RowMatrix gaussian(int n, int width, double mean, long seed) {
    Random random = new Random(seed);
    double[][] rows = new double[n][width];
    for (double[] row : rows) {
      for (int j = 0; j < width; j++) {
        row[j] = mean + random.nextGaussian();
      }
    }
    return RowMatrix.of(rows);
  }
}
