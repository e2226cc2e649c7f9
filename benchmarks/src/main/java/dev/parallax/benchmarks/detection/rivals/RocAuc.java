package dev.parallax.benchmarks.detection.rivals;

import java.util.Arrays;
import java.util.Comparator;

/** Area under the receiver operating characteristic, by Mann and Whitney's rank statistic. */
final class RocAuc {

  private RocAuc() {}

  /**
   * The share of pairs of a positive and a negative of which the positive scores higher, ties
   * counting half.
   *
   * @throws IllegalArgumentException if one of the classes is empty
   */
  static double of(double[] scores, boolean[] positive) {
    Integer[] order = new Integer[scores.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> scores[i]));
    double ranks = 0;
    long positives = 0;
    for (int from = 0; from < order.length; ) {
      int to = from + 1;
      while (to < order.length && scores[order[to]] == scores[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        if (positive[order[i]]) {
          // Mean rank of the tied, the first being 1.
          ranks += (from + 1 + to) / 2.0;
          positives++;
        }
      }
      from = to;
    }
    long negatives = scores.length - positives;
    if (positives == 0 || negatives == 0) {
      throw new IllegalArgumentException(
          "expected both classes, got " + positives + " positives and " + negatives + " negatives");
    }
    return (ranks - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
  }
}
