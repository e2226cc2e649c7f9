package dev.parallax.benchmarks.kernel;

import java.util.Random;

/** Unit rows like those of encoders: a live space that follows a reference space with noise. */
final class FollowingRows {

  private FollowingRows() {}

  /** {@code count} unit rows of independent normal entries. */
  static float[][] reference(int count, int width, long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[count][width];
    for (float[] row : rows) {
      for (int j = 0; j < width; j++) {
        row[j] = (float) random.nextGaussian();
      }
      scaleToUnit(row);
    }
    return rows;
  }

  /** As many unit rows of another width: columns of the reference in turn, plus noise. */
  static float[][] live(float[][] reference, int width, long seed) {
    float[][] rows = reference(reference.length, width, seed);
    for (int i = 0; i < rows.length; i++) {
      float[] source = reference[i];
      for (int j = 0; j < width; j++) {
        rows[i][j] = source[j % source.length] + 0.5f * rows[i][j];
      }
      scaleToUnit(rows[i]);
    }
    return rows;
  }

  private static void scaleToUnit(float[] row) {
    double squares = 0;
    for (float value : row) {
      squares += (double) value * value;
    }
    float scale = (float) (1 / Math.sqrt(squares));
    for (int j = 0; j < row.length; j++) {
      row[j] *= scale;
    }
  }
}
