package dev.parallax.core.neighbour;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.PairedRows;

/**
 * The lowest and highest {@link MutualKnn} over all ways of breaking ties: any correct
 * implementation, whatever its order among equals, lies in between.
 *
 * <p>Rows choose independently, so each end is the mean of row-wise ends. In a row and a space the
 * items above the k-th similarity are fixed and those equal to it are chosen from. Ties are equal
 * doubles, after rounding. Cost O(n² (p + q)).
 *
 * @param min lowest score
 * @param max highest score
 * @param rowsWithChoice items for which either list could be another
 */
public record MutualKnnRange(double min, double max, int rowsWithChoice) {

  /**
   * Of paired rows, 2 or more, with only finite entries.
   *
   * @param k 1 or more, capped at n − 1
   * @throws IllegalArgumentException when the row counts differ or k is less
   */
  public static MutualKnnRange of(RowMatrix production, RowMatrix reference, int k) {
    int n = new PairedRows(production, reference).count();
    NearestNeighbours x = NearestNeighbours.of(production, k);
    NearestNeighbours y = NearestNeighbours.of(reference, k);
    InnerProductRows xProducts = new InnerProductRows(production);
    InnerProductRows yProducts = new InnerProductRows(reference);
    long min = 0;
    long max = 0;
    int rowsWithChoice = 0;
    for (int i = 0; i < n; i++) {
      Overlap overlap =
          new Overlap(i, xProducts.row(i), yProducts.row(i), last(x, i), last(y, i), x.k());
      min += overlap.min();
      max += overlap.max();
      rowsWithChoice += overlap.isFree() ? 1 : 0;
    }
    double lists = (double) x.k() * n;
    return new MutualKnnRange(min / lists, max / lists, rowsWithChoice);
  }

  private static double last(NearestNeighbours neighbours, int i) {
    return neighbours.similarities(i)[neighbours.k() - 1];
  }

  /** What can be shared by the two lists of one item. */
  private static final class Overlap {

    /** Fixed in both spaces. */
    private int fixed;

    /** Tied in X and fixed in Y. */
    private int tiedX;

    /** Fixed in X and tied in Y. */
    private int tiedY;

    /** Tied in both. */
    private int tied;

    /** Tied in X and out of reach in Y. */
    private int aloneX;

    /** Out of reach in X and tied in Y. */
    private int aloneY;

    /** Places for tied items in X. */
    private int openX;

    /** Places for tied items in Y. */
    private int openY;

    Overlap(int self, double[] x, double[] y, double lastX, double lastY, int k) {
      openX = k;
      openY = k;
      for (int j = 0; j < x.length; j++) {
        if (j != self) {
          count(Double.compare(x[j], lastX), Double.compare(y[j], lastY));
        }
      }
    }

    private void count(int x, int y) {
      openX -= x > 0 ? 1 : 0;
      openY -= y > 0 ? 1 : 0;
      if (x > 0 && y > 0) {
        fixed++;
      } else if (x == 0 && y > 0) {
        tiedX++;
      } else if (x > 0 && y == 0) {
        tiedY++;
      } else if (x == 0 && y == 0) {
        tied++;
      } else if (x == 0) {
        aloneX++;
      } else if (y == 0) {
        aloneY++;
      }
    }

    boolean isFree() {
      return openX < tiedX + tied + aloneX || openY < tiedY + tied + aloneY;
    }

    int max() {
      int fromX = Math.min(openX, tiedX);
      int fromY = Math.min(openY, tiedY);
      return fixed + fromX + fromY + Math.min(tied, Math.min(openX - fromX, openY - fromY));
    }

    /** First places go to items that are alone, then to those tied in both, which may differ. */
    int min() {
      int restX = Math.max(0, openX - aloneX);
      int restY = Math.max(0, openY - aloneY);
      int bothX = Math.min(restX, tied);
      int bothY = Math.min(restY, tied);
      return fixed + (restX - bothX) + (restY - bothY) + Math.max(0, bothX + bothY - tied);
    }
  }
}
