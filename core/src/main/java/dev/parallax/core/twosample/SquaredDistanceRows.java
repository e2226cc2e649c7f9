package dev.parallax.core.twosample;

import dev.parallax.core.matrix.CentredRows;
import dev.parallax.core.matrix.Products;
import dev.parallax.core.matrix.RowMatrix;

/**
 * Squared distances of each row of a matrix to the rows after it, asked for in order and computed a
 * block at a time, so that n² of them need not be held. Equal rows are exactly 0 apart.
 */
final class SquaredDistanceRows {

  private static final int BLOCK = 32;

  private final double[][] columns;
  private final double[] norms;
  private final int exponent;
  private final double[][] block;
  private int from;
  private int to;

  /** Of a matrix with at least one row and only finite entries. */
  SquaredDistanceRows(RowMatrix rows) {
    CentredRows centred = CentredRows.of(rows);
    columns = centred.columns();
    norms = columns.length == 0 ? new double[rows.count()] : Products.squaredNorms(columns);
    exponent = 2 * centred.exponent();
    block = new double[Math.min(BLOCK, rows.count())][rows.count()];
  }

  /** What 2 is raised to for one distance. */
  int exponent() {
    return exponent;
  }

  /** Those of row i to rows j &gt; i, at index j; overwritten with the next block. */
  double[] row(int i) {
    if (i < from || i >= to) {
      from = i;
      to = Math.min(norms.length, i + block.length);
      Products.transposed(columns, columns, from, to, from, block);
      for (int row = from; row < to; row++) {
        intoDistances(row, block[row - from]);
      }
    }
    return block[i - from];
  }

  private void intoDistances(int i, double[] products) {
    for (int j = i + 1; j < products.length; j++) {
      products[j] = Math.max(0, norms[i] + norms[j] - 2 * products[j]);
    }
  }
}
