package dev.parallax.core.spectrum;

import dev.parallax.core.matrix.RowMatrix;

/** What a monitor without rows knows of a matrix, by the textbook loop. */
public final class CentredMoments {

  private CentredMoments() {}

  /** The components of rows by way of their centred products. */
  public static PrincipalComponents of(RowMatrix rows) {
    return PrincipalComponents.ofMoments(
        "given", rows.count(), rows.mean(), crossProducts(rows, rows));
  }

  /** {@code Xcᵀ Yc}. */
  public static double[][] crossProducts(RowMatrix x, RowMatrix y) {
    double[] meanX = x.mean();
    double[] meanY = y.mean();
    double[][] products = new double[x.width()][y.width()];
    for (int row = 0; row < x.count(); row++) {
      for (int i = 0; i < x.width(); i++) {
        for (int j = 0; j < y.width(); j++) {
          products[i][j] += (x.get(row, i) - meanX[i]) * (y.get(row, j) - meanY[j]);
        }
      }
    }
    return products;
  }
}
