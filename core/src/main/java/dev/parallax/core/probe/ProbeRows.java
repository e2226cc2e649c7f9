package dev.parallax.core.probe;

import static dev.parallax.core.matrix.Products.dot;

import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.matrix.RowNormalisation;
import java.util.List;

/**
 * The same probes in two cycles of one width: their directions, one row each, and lengths.
 *
 * @param keys of the probes, ascending
 * @param earlier unit vectors of the earlier cycle, in the order of the keys
 * @param later unit vectors of the later one
 * @param normRatio mean over the probes of the later vector's length over the earlier one's
 */
record ProbeRows(List<InputKey> keys, double[][] earlier, double[][] later, double normRatio) {

  static ProbeRows of(ProbeCycle earlier, ProbeCycle later) {
    List<InputKey> keys = earlier.keysShared(later);
    double[][] from = earlier.rows(keys);
    double[][] to = later.rows(keys);
    double ratios = 0;
    for (int i = 0; i < from.length; i++) {
      ratios += Math.sqrt(dot(to[i], to[i])) / Math.sqrt(dot(from[i], from[i]));
    }
    return new ProbeRows(keys, unit(from), unit(to), ratios / from.length);
  }

  private static double[][] unit(double[][] rows) {
    return RowMatrix.of(rows).normalised(RowNormalisation.L2).toRows();
  }

  /**
   * {@code 1 − cos} of every probe, from {@code ‖u − v‖² / 2}: the cosine itself has no digits left
   * where the two nearly coincide.
   */
  double[] deviations() {
    double[] deviations = new double[earlier.length];
    for (int i = 0; i < deviations.length; i++) {
      double sum = 0;
      for (int j = 0; j < earlier[i].length; j++) {
        double difference = later[i][j] - earlier[i][j];
        sum += difference * difference;
      }
      deviations[i] = sum / 2;
    }
    return deviations;
  }
}
