package dev.parallax.core.neighbour;

import dev.parallax.core.similarity.Statistic;

/**
 * Mutual k-nearest-neighbour score of paired items: the mean share of neighbours that an item has
 * in both spaces, {@code 1/n Σᵢ |N_X(i) ∩ N_Y(i)| / k} (Huh et al., 2024).
 *
 * <p>From 0 to 1, symmetric; unchanged by what keeps the order of inner products, such as rotation
 * and scale, but not by a shift. For unrelated spaces the mean is {@code k/(n − 1)}, which the
 * adjusted score maps to 0; it is 1 at best, may be slightly negative, and is undefined where every
 * other item is a neighbour. Cost O(n k²) after the neighbours.
 *
 * @param raw mean share
 * @param k neighbours of each item, after capping
 * @param count items, n
 * @see <a href="https://arxiv.org/abs/2405.07987">Huh et al. (2024), section 2</a>
 */
public record MutualKnn(double raw, int k, int count) {

  /**
   * Of the same items in two spaces.
   *
   * @throws IllegalArgumentException when the counts or k differ
   */
  public static MutualKnn of(NearestNeighbours x, NearestNeighbours y) {
    x.requirePairedWith(y);
    long shared = 0;
    for (int i = 0; i < x.count(); i++) {
      for (int j : x.of(i)) {
        shared += y.isNeighbour(i, j) ? 1 : 0;
      }
    }
    return new MutualKnn(shared / ((double) x.k() * x.count()), x.k(), x.count());
  }

  /** What unrelated spaces score on average. */
  public double nullMean() {
    return k / (count - 1.0);
  }

  /** {@code (raw − null)/(1 − null)}; undefined when k = n − 1. */
  public Statistic adjusted() {
    if (k == count - 1) {
      return new Statistic.Undefined(
          Statistic.Cause.DEGENERATE,
          "each of the " + count + " items has all others for its " + k + " neighbours");
    }
    return new Statistic.Stated((raw - nullMean()) / (1 - nullMean()));
  }
}
