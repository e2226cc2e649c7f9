package dev.parallax.core.neighbour;

/**
 * Mean length of the longest common subsequence of an item's two ordered lists of neighbours
 * (platonic-rep): like {@link MutualKnn}, and the shared neighbours have to be in the same order.
 *
 * <p>From 0 to k, not divided by k; symmetric. For unrelated spaces it is close to the number of
 * shared neighbours, {@code k²/(n − 1)}, while that is below 1. Cost O(n k²) after the neighbours.
 *
 * @see <a href="https://github.com/minyoungg/platonic-rep">metrics.py, lcs_knn</a>
 */
public final class LcsKnn {

  private LcsKnn() {}

  /**
   * Of the same items in two spaces.
   *
   * @throws IllegalArgumentException when the counts or k differ
   */
  public static double of(NearestNeighbours x, NearestNeighbours y) {
    x.requirePairedWith(y);
    long total = 0;
    for (int i = 0; i < x.count(); i++) {
      total += length(x.of(i), y.of(i));
    }
    return (double) total / x.count();
  }

  /** Of two lists. */
  static int length(int[] a, int[] b) {
    int[] previous = new int[b.length + 1];
    int[] current = new int[b.length + 1];
    for (int value : a) {
      for (int j = 1; j <= b.length; j++) {
        current[j] =
            value == b[j - 1] ? previous[j - 1] + 1 : Math.max(previous[j], current[j - 1]);
      }
      int[] spare = previous;
      previous = current;
      current = spare;
    }
    return previous[b.length];
  }
}
