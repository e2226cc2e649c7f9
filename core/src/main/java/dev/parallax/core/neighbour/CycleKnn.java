package dev.parallax.core.neighbour;

/**
 * Cycle k-nearest-neighbour score: the share of items that come back to themselves when one goes to
 * a neighbour in one space and from there to a neighbour in the other (platonic-rep).
 *
 * <p>From 0 to 1; not symmetric. Unrelated spaces score about {@code 1 − (1 − k/(n − 1))^k}, which
 * is large unless k² is small against n. Cost O(n k²) after the neighbours.
 *
 * @see <a href="https://github.com/minyoungg/platonic-rep">metrics.py, cycle_knn</a>
 */
public final class CycleKnn {

  private CycleKnn() {}

  /**
   * Share of items i with i in {@code N_X(j)} for some j in {@code N_Y(i)}; the other direction is
   * {@code of(y, x)}.
   *
   * @throws IllegalArgumentException when the counts or k differ
   */
  public static double of(NearestNeighbours x, NearestNeighbours y) {
    x.requirePairedWith(y);
    int cycles = 0;
    for (int i = 0; i < y.count(); i++) {
      cycles += returns(x, y.of(i), i) ? 1 : 0;
    }
    return (double) cycles / y.count();
  }

  private static boolean returns(NearestNeighbours x, int[] from, int to) {
    for (int j : from) {
      if (x.isNeighbour(j, to)) {
        return true;
      }
    }
    return false;
  }
}
