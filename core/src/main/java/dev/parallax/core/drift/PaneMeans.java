package dev.parallax.core.drift;

import dev.parallax.core.translation.Translation;

/**
 * The means of a pane's rows, and how far translation misses the live one.
 *
 * @param rows number of rows n, at least 2
 * @param live x̄
 * @param translated x̄₀ + (r̄ − r̄₀)W
 */
@SuppressWarnings("ArrayRecordComponent")
record PaneMeans(int rows, double[] live, double[] translated) {

  static PaneMeans of(Translation translation, float[][] live, float[][] reference) {
    double[] x = mean(live);
    double[] r = mean(reference);
    int p = x.length;
    double[] translated = new double[p];
    float[] map = translation.map();
    for (int j = 0; j < p; j++) {
      translated[j] = translation.liveMean()[j];
    }
    for (int i = 0; i < r.length; i++) {
      double entry = r[i] - translation.referenceMean()[i];
      for (int j = 0; j < p; j++) {
        translated[j] += entry * map[i * p + j];
      }
    }
    return new PaneMeans(live.length, x, translated);
  }

  private static double[] mean(float[][] rows) {
    double[] mean = new double[rows[0].length];
    for (float[] row : rows) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += row[j];
      }
    }
    for (int j = 0; j < mean.length; j++) {
      mean[j] /= rows.length;
    }
    return mean;
  }

  /**
   * The squared length of the mean residual vector, without what finite panes add: (n‖d̄‖² − ē)/(n
   * − 1).
   *
   * @param meanResidual ē, mean squared residual of the rows
   */
  double offset(double meanResidual) {
    double squared = 0;
    for (int j = 0; j < live.length; j++) {
      double difference = live[j] - translated[j];
      squared += difference * difference;
    }
    return (rows * squared - meanResidual) / (rows - 1);
  }

  /** The same of x̄ itself: mean inner product of two different rows of norm 1. */
  double length() {
    return (rows * squared(live) - 1) / (rows - 1);
  }

  /** ‖x̄₀ + (r̄ − r̄₀)W‖². */
  double translatedLength() {
    return squared(translated);
  }

  private static double squared(double[] vector) {
    double sum = 0;
    for (double value : vector) {
      sum += value * value;
    }
    return sum;
  }
}
