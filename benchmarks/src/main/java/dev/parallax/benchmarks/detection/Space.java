package dev.parallax.benchmarks.detection;

/**
 * Vectors of texts in one encoding: unit rows, and the norms that they had.
 *
 * @param rows one a text, of norm 1
 * @param norms before normalising
 */
@SuppressWarnings("ArrayRecordComponent")
record Space(float[][] rows, float[] norms) {

  /** Normalises vectors as the job does. */
  static Space of(float[][] vectors) {
    float[][] rows = new float[vectors.length][];
    float[] norms = new float[vectors.length];
    for (int i = 0; i < vectors.length; i++) {
      double squares = 0;
      for (float value : vectors[i]) {
        squares += (double) value * value;
      }
      double norm = Math.sqrt(squares);
      norms[i] = (float) norm;
      rows[i] = new float[vectors[i].length];
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = (float) (vectors[i][j] / norm);
      }
    }
    return new Space(rows, norms);
  }
}
