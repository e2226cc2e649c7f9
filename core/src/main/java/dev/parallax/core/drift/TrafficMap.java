package dev.parallax.core.drift;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.twosample.RandomFourierFeatures;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Where the inputs of the baseline lie: random Fourier features of its reference rows, against
 * which the traffic of a pane is compared. The bandwidth is the median distance of the baseline's
 * rows, frozen with it.
 */
final class TrafficMap {

  /** Frequencies; the error of MMD² is that of the seed's draw and the same for every pane. */
  private static final int FREQUENCIES = 64;

  /** Rows of a pane that are compared, in hash order. */
  private static final int ROWS = 512;

  /** Rows whose distances give the bandwidth. */
  private static final int BANDWIDTH_ROWS = 256;

  private final RandomFourierFeatures features;
  private final RandomFourierFeatures.Sums sums;
  private final Parts parts;

  private TrafficMap(RandomFourierFeatures features, RandomFourierFeatures.Sums sums, Parts parts) {
    this.features = features;
    this.sums = sums;
    this.parts = parts;
  }

  /**
   * Of reference rows.
   *
   * @param rows n rows of length q, n at least 2
   * @param seed of the frequencies
   */
  static TrafficMap fit(float[][] rows, long seed) {
    double sigma = medianDistance(rows);
    int width = rows[0].length;
    RandomFourierFeatures features = RandomFourierFeatures.of(width, FREQUENCIES, sigma, seed);
    RandomFourierFeatures.Sums sums = features.sums(RowMatrix.of(rows));
    return new TrafficMap(
        features, sums, new Parts(width, sigma, seed, sums.count(), sums.cosines(), sums.sines()));
  }

  /** Restores a map from its parts. */
  static TrafficMap of(Parts parts) {
    RandomFourierFeatures features =
        RandomFourierFeatures.of(parts.width(), FREQUENCIES, parts.sigma(), parts.seed());
    return new TrafficMap(
        features, features.sums(parts.count(), parts.cosines(), parts.sines()), parts);
  }

  /** 1 where all rows are the same: any other row is far then. */
  private static double medianDistance(float[][] rows) {
    int n = Math.min(rows.length, BANDWIDTH_ROWS);
    double[] distances = new double[n * (n - 1) / 2];
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double squared = 0;
        for (int c = 0; c < rows[i].length; c++) {
          double difference = (double) rows[i][c] - rows[j][c];
          squared += difference * difference;
        }
        distances[at++] = Math.sqrt(squared);
      }
    }
    Arrays.sort(distances);
    double median = distances[distances.length / 2];
    return median > 0 ? median : 1;
  }

  /** Unbiased MMD² of a pane's traffic against the baseline's; empty with too few rows. */
  OptionalDouble discrepancy(float[][] reference) {
    float[][] head = reference.length <= ROWS ? reference : Arrays.copyOf(reference, ROWS);
    return RandomFourierFeatures.squaredDiscrepancy(features.sums(RowMatrix.of(head)), sums)
        .asOptional();
  }

  /** The parts, shared and not copied: for codecs. */
  Parts parts() {
    return parts;
  }

  /**
   * The parts of {@link TrafficMap}, for codecs.
   *
   * @param width q
   * @param sigma bandwidth
   * @param seed of the frequencies
   * @param count rows of the baseline
   * @param cosines sums, one a frequency
   * @param sines sums, one a frequency
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Parts(int width, double sigma, long seed, long count, double[] cosines, double[] sines) {}
}
