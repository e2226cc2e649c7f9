package dev.parallax.core.alignment;

import static dev.parallax.core.matrix.Products.dot;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.matrix.RowNormalisation;

/**
 * Relative representation: each row as its cosines to a fixed list of anchor rows of the same
 * space.
 *
 * <p>Two spaces of any widths are then compared in the coordinates of the anchors, provided that
 * the anchors are the same items in the same order. Unchanged by rotation, reflection and the
 * lengths of rows; changed by a shift, so a common mean should be removed first where it is large.
 *
 * @see <a href="https://arxiv.org/abs/2209.15430">Moschella et al. (2023)</a>
 */
public final class RelativeRepresentation {

  private RelativeRepresentation() {}

  /**
   * Cosines of n rows to a anchors, n rows of width a, from −1 to 1 up to rounding. A row of zeros
   * has no direction: its cosines are 0. Entries that are not finite stay so. Cost O(n a p).
   *
   * @param rows n rows of width p
   * @param anchors one or more rows of width p
   * @throws IllegalArgumentException when the widths differ or there is no anchor
   */
  public static RowMatrix of(RowMatrix rows, RowMatrix anchors) {
    if (anchors.count() == 0) {
      throw new IllegalArgumentException("expected 1 or more anchors, got 0");
    }
    if (rows.count() > 0 && rows.width() != anchors.width()) {
      throw new IllegalArgumentException(
          "expected rows as wide as the anchors, got " + rows.width() + " and " + anchors.width());
    }
    double[][] unitRows = rows.normalised(RowNormalisation.L2).toRows();
    double[][] unitAnchors = anchors.normalised(RowNormalisation.L2).toRows();
    double[][] cosines = new double[unitRows.length][unitAnchors.length];
    for (int i = 0; i < unitRows.length; i++) {
      for (int k = 0; k < unitAnchors.length; k++) {
        cosines[i][k] = dot(unitRows[i], unitAnchors[k]);
      }
    }
    return RowMatrix.of(cosines);
  }
}
