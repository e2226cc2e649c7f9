package dev.parallax.core.neighbour;

import dev.parallax.core.matrix.Products;
import dev.parallax.core.matrix.RowMatrix;

/**
 * Rows of the Gram matrix of a matrix, asked for in order and computed a block at a time, so that
 * only {@link #BLOCK} of the n are held.
 *
 * <p>Rows are scaled by a power of two first: products of huge or tiny entries neither overflow nor
 * vanish. They are not centred. Entry (i, j) has the same bits as entry (j, i), and equal rows have
 * the same bits throughout, so exact ties are ties here too.
 */
final class InnerProductRows {

  /** Rows held at once: 32 rows of 2,000 doubles stay in half of a typical L2 cache. */
  private static final int BLOCK = 32;

  private final double[][] columns;
  private final int count;
  private final int exponent;
  private final double[][] block;
  private int from;
  private int to;

  InnerProductRows(RowMatrix rows) {
    columns = rows.unitScaled().columns();
    count = rows.count();
    exponent = 2 * Math.getExponent(rows.largest());
    block = new double[Math.min(BLOCK, count)][count];
  }

  /** What 2 is raised to for one entry. */
  int exponent() {
    return exponent;
  }

  /**
   * Inner products of row i with all rows; overwritten when a row of another block is asked for.
   */
  double[] row(int i) {
    if (i < from || i >= to) {
      from = i;
      to = Math.min(count, i + block.length);
      Products.transposed(columns, columns, from, to, 0, block);
    }
    return block[i - from];
  }
}
