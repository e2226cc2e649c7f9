package dev.parallax.core.report;

import java.util.Random;

/** Rows of independent standard normal entries. */
final class RandomRows {

  private RandomRows() {}

  static double[][] of(int count, int width, long seed) {
    Random random = new Random(seed);
    double[][] rows = new double[count][width];
    for (double[] row : rows) {
      for (int j = 0; j < width; j++) {
        row[j] = random.nextGaussian();
      }
    }
    return rows;
  }
}
