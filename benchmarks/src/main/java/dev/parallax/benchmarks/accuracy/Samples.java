package dev.parallax.benchmarks.accuracy;

import dev.parallax.core.matrix.RowMatrix;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Rows and row choices of the studies, each from the generator that it is given. */
final class Samples {

  private Samples() {}

  /** {@code count × width} independent standard normal entries. */
  static RowMatrix gaussian(int count, int width, RandomGenerator random) {
    double[][] rows = new double[count][width];
    for (double[] row : rows) {
      Arrays.setAll(row, j -> random.nextGaussian());
    }
    return RowMatrix.of(rows);
  }

  /** {@code count} different numbers from 0 to {@code total − 1}, in random order. */
  static int[] without(int total, int count, RandomGenerator random) {
    int[] all = new int[total];
    Arrays.setAll(all, i -> i);
    for (int i = 0; i < count; i++) {
      int j = i + random.nextInt(total - i);
      int swapped = all[i];
      all[i] = all[j];
      all[j] = swapped;
    }
    return Arrays.copyOf(all, count);
  }

  /** The rows with these indices. */
  static RowMatrix rows(RowMatrix matrix, int[] indices) {
    double[][] all = matrix.toRows();
    return RowMatrix.of(Arrays.stream(indices).mapToObj(i -> all[i]).toArray(double[][]::new));
  }

  /** The rows times a random rotation: {@code width} reflections at random planes, twice. */
  static RowMatrix rotated(RowMatrix matrix, RandomGenerator random) {
    double[][] rows = matrix.toRows();
    for (double[] normal : gaussian(2 * matrix.width(), matrix.width(), random).toRows()) {
      double squared = dot(normal, normal);
      for (double[] row : rows) {
        double factor = 2 * dot(row, normal) / squared;
        for (int j = 0; j < row.length; j++) {
          row[j] -= factor * normal[j];
        }
      }
    }
    return RowMatrix.of(rows);
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }
}
