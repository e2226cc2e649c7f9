package dev.parallax.core.neighbour;

/**
 * Mean Jaccard similarity of an item's two sets of neighbours, {@code |A ∩ B| / |A ∪ B|} (Klabunde
 * et al., 2023): a steeper scale for what {@link MutualKnn} measures.
 *
 * <p>From 0 to 1; symmetric; about {@code k/(2(n − 1) − k)} for unrelated spaces. The code of that
 * survey (resi) takes k + 1 neighbours by cosine and drops the first as the item itself, which is
 * another item where rows repeat or are zero; here an item is known by its index. Cost O(n k²)
 * after the neighbours.
 *
 * @see <a href="https://arxiv.org/abs/2305.06329">Klabunde et al. (2023)</a>
 */
public final class JaccardKnn {

  private JaccardKnn() {}

  /**
   * Of the same items in two spaces.
   *
   * @throws IllegalArgumentException when the counts or k differ
   */
  public static double of(NearestNeighbours x, NearestNeighbours y) {
    x.requirePairedWith(y);
    double sum = 0;
    for (int i = 0; i < x.count(); i++) {
      int shared = 0;
      for (int j : x.of(i)) {
        shared += y.isNeighbour(i, j) ? 1 : 0;
      }
      sum += (double) shared / (2 * x.k() - shared);
    }
    return sum / x.count();
  }
}
