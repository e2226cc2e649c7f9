package dev.parallax.core.neighbour;

/**
 * One minus the mean Levenshtein distance of an item's two ordered lists of neighbours, relative to
 * k (platonic-rep): unlike {@link LcsKnn}, a shared neighbour counts fully only at the same rank or
 * after an insertion and a removal that pay for themselves.
 *
 * <p>From 0 to 1; symmetric; about 0 for unrelated spaces. Cost O(n k²) after the neighbours.
 *
 * @see <a href="https://github.com/minyoungg/platonic-rep">metrics.py, edit_distance_knn</a>
 */
public final class EditDistanceKnn {

  private EditDistanceKnn() {}

  /**
   * Of the same items in two spaces.
   *
   * @throws IllegalArgumentException when the counts or k differ
   */
  public static double of(NearestNeighbours x, NearestNeighbours y) {
    x.requirePairedWith(y);
    long total = 0;
    for (int i = 0; i < x.count(); i++) {
      total += distance(x.of(i), y.of(i));
    }
    return 1 - (double) total / x.count() / x.k();
  }

  /** Insertions, removals and replacements that turn one list into the other. */
  static int distance(int[] a, int[] b) {
    int[] previous = new int[b.length + 1];
    for (int j = 0; j <= b.length; j++) {
      previous[j] = j;
    }
    int[] current = new int[b.length + 1];
    for (int i = 1; i <= a.length; i++) {
      current[0] = i;
      for (int j = 1; j <= b.length; j++) {
        int replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      int[] spare = previous;
      previous = current;
      current = spare;
    }
    return previous[b.length];
  }
}
