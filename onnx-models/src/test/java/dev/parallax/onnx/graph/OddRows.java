package dev.parallax.onnx.graph;

import java.util.Random;

/** Rows on which single precision is tried: off the origin, tiny, repeated. */
final class OddRows {

  private OddRows() {}

  /** Independent normal entries. */
  static float[][] gaussian(int count, int width, long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[count][width];
    for (float[] row : rows) {
      for (int j = 0; j < width; j++) {
        row[j] = (float) random.nextGaussian();
      }
    }
    return rows;
  }

  /** {@code scale · (row + offset)}. */
  static float[][] affine(float[][] rows, double scale, double offset) {
    float[][] result = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      result[i] = new float[rows[i].length];
      for (int j = 0; j < result[i].length; j++) {
        result[i][j] = (float) (scale * (rows[i][j] + offset));
      }
    }
    return result;
  }

  /** The rows, each third one a copy of the one before it. */
  static float[][] repeated(float[][] rows) {
    float[][] result = rows.clone();
    for (int i = 2; i < result.length; i += 3) {
      result[i] = result[i - 1].clone();
    }
    return result;
  }
}
