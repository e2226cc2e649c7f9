package dev.parallax.core.probe;

import dev.parallax.core.embedding.InputKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Rows as cycles of probes; row i is the answer to the probe with key i. */
final class ProbeVectors {

  private ProbeVectors() {}

  static ProbeCycle cycle(double[][] rows) {
    Map<InputKey, float[]> vectors = new LinkedHashMap<>();
    for (int i = rows.length - 1; i >= 0; i--) {
      vectors.put(key(i), floats(rows[i]));
    }
    return ProbeCycle.of(vectors);
  }

  static InputKey key(int i) {
    return new InputKey(0, i);
  }

  static float[] floats(double[] row) {
    float[] vector = new float[row.length];
    for (int j = 0; j < vector.length; j++) {
      vector[j] = (float) row[j];
    }
    return vector;
  }

  /**
   * Unit vectors as text encoders answer: in a cone whose inner products are about {@code cosine},
   * with topics of falling weight inside it.
   */
  static double[][] cone(int n, int d, double cosine, long seed) {
    Random random = new Random(seed);
    double[][] topics = new double[d][d];
    for (double[] topic : topics) {
      gaussian(topic, 1 / Math.sqrt(d), random);
    }
    double[][] rows = new double[n][d];
    for (double[] row : rows) {
      double weights = 0;
      for (int k = 1; k < d; k++) {
        double weight = random.nextGaussian() / Math.sqrt(k);
        weights += 1.0 / k;
        for (int j = 0; j < d; j++) {
          row[j] += weight * topics[k][j];
        }
      }
      for (int j = 0; j < d; j++) {
        row[j] = row[j] * Math.sqrt((1 - cosine) / weights) + Math.sqrt(cosine) * topics[0][j];
      }
      unit(row);
    }
    return rows;
  }

  /** Each row moved on its own, in any direction, by about {@code distance}, and of length 1. */
  static double[][] disturbed(double[][] rows, double distance, long seed) {
    Random random = new Random(seed);
    double[][] result = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      double[] noise = new double[rows[i].length];
      gaussian(noise, distance / Math.sqrt(noise.length), random);
      for (int j = 0; j < noise.length; j++) {
        noise[j] += rows[i][j];
      }
      result[i] = unit(noise);
    }
    return result;
  }

  private static void gaussian(double[] row, double scale, Random random) {
    for (int j = 0; j < row.length; j++) {
      row[j] = scale * random.nextGaussian();
    }
  }

  private static double[] unit(double[] row) {
    double norm = 0;
    for (double value : row) {
      norm += value * value;
    }
    for (int j = 0; j < row.length; j++) {
      row[j] /= Math.sqrt(norm);
    }
    return row;
  }
}
