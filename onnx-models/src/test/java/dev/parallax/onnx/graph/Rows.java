package dev.parallax.onnx.graph;

import java.util.Arrays;
import java.util.Random;

/** Rows as a pane holds them: unit length, shifted by a common mean. */
final class Rows {

  private Rows() {}

  static float[][] normalised(int count, int width, long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[count][width];
    double[] mean = new double[width];
    for (float[] row : rows) {
      double squared = 0;
      for (int j = 0; j < width; j++) {
        row[j] = (float) (random.nextGaussian() + 0.3);
        squared += row[j] * row[j];
      }
      for (int j = 0; j < width; j++) {
        row[j] /= (float) Math.sqrt(squared);
        mean[j] += row[j] / count;
      }
    }
    for (float[] row : rows) {
      for (int j = 0; j < width; j++) {
        row[j] -= (float) mean[j];
      }
    }
    return rows;
  }

  /** Rows that follow {@code source} through a fixed random map, with noise. */
  static float[][] following(float[][] source, int width, double noise, long seed) {
    Random random = new Random(seed);
    int from = source[0].length;
    double[][] map = new double[from][width];
    for (double[] row : map) {
      Arrays.setAll(row, j -> random.nextGaussian() / Math.sqrt(from));
    }
    float[][] rows = new float[source.length][width];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < width; j++) {
        double value = noise * random.nextGaussian() / Math.sqrt(width);
        for (int l = 0; l < from; l++) {
          value += source[i][l] * map[l][j];
        }
        rows[i][j] = (float) value;
      }
    }
    return rows;
  }
}
