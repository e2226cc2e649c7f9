package dev.parallax.core.translation;

import java.util.Random;

/** Random rows of tests, each from its own seed. */
final class Rows {

  private Rows() {}

  /** {@code n × width} independent normal entries, rounded to multiples of 1/1024. */
  static float[][] gaussian(int n, int width, long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[n][width];
    for (float[] row : rows) {
      for (int j = 0; j < width; j++) {
        row[j] = Math.round(1024 * random.nextGaussian()) / 1024f;
      }
    }
    return rows;
  }

  /** The rows plus {@code shift} in every column. */
  static float[][] shifted(float[][] rows, float shift) {
    float[][] result = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      result[i] = rows[i].clone();
      for (int j = 0; j < result[i].length; j++) {
        result[i][j] += shift;
      }
    }
    return result;
  }

  /** The rows times a matrix, in double and rounded once, plus {@code (j + 1)} in column j. */
  static float[][] mapped(float[][] rows, float[][] map) {
    int p = map[0].length;
    float[][] result = new float[rows.length][p];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < p; j++) {
        double sum = j + 1;
        for (int k = 0; k < map.length; k++) {
          sum += (double) rows[i][k] * map[k][j];
        }
        result[i][j] = (float) sum;
      }
    }
    return result;
  }

  /** The rows with their columns turned round by one: an orthogonal map. */
  static float[][] turned(float[][] rows) {
    float[][] result = new float[rows.length][rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        result[i][(j + 1) % rows[i].length] = rows[i][j];
      }
    }
    return result;
  }

  /** Column means in double. */
  static double[] mean(float[][] rows) {
    double[] mean = new double[rows[0].length];
    for (float[] row : rows) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += (double) row[j] / rows.length;
      }
    }
    return mean;
  }

  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int j = 0; j < floats.length; j++) {
      floats[j] = (float) values[j];
    }
    return floats;
  }
}
