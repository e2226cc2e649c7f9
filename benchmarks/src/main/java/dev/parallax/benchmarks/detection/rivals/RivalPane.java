package dev.parallax.benchmarks.detection.rivals;

import java.util.OptionalDouble;

/**
 * What a pane is to the rules: the vectors as the model sent them, and two figures that Parallax
 * publishes of it, which a chart on a dashboard would have.
 *
 * @param vectors one a row, not normalised; shared
 * @param cka mini-batch debiased CKA of the pane; empty where it cannot be stated
 * @param residual stratified translation residual over the baseline's; empty likewise
 */
@SuppressWarnings("ArrayRecordComponent")
public record RivalPane(float[][] vectors, OptionalDouble cka, OptionalDouble residual) {

  /** Further than this from 1 a norm is no rounding. */
  private static final double ROUNDING = 1e-6;

  /**
   * The vectors that unit rows were before they were normalised; a row that had norm 1 stays the
   * same array.
   *
   * @param rows of norm 1
   * @param norms that they had
   */
  public static float[][] asSent(float[][] rows, float[] norms) {
    float[][] vectors = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      vectors[i] = rows[i];
      if (Math.abs(norms[i] - 1) > ROUNDING) {
        vectors[i] = rows[i].clone();
        for (int j = 0; j < vectors[i].length; j++) {
          vectors[i][j] *= norms[i];
        }
      }
    }
    return vectors;
  }

  /** Mean of the vectors. */
  double[] centroid() {
    double[] mean = new double[vectors[0].length];
    for (float[] vector : vectors) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += vector[j];
      }
    }
    for (int j = 0; j < mean.length; j++) {
      mean[j] /= vectors.length;
    }
    return mean;
  }
}
