package dev.parallax.core.matrix;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * Thin singular value decomposition {@code A = U Σ Vᵀ} of an n × p matrix with r = min(n, p)
 * singular values, by EJML (Golub and Kahan, implicit QR). Immutable. Cost O(n p r).
 *
 * <p>A singular value is right to about 1e-15 of the largest one, so small values of a matrix with
 * a wide spectrum have few digits, and vectors of equal or nearly equal values are any basis of
 * their span.
 */
public final class SingularValues {

  private final double[] values;
  private final double[][] left;
  private final double[][] right;

  private SingularValues(double[] values, double[][] left, double[][] right) {
    this.values = values;
    this.left = left;
    this.right = right;
  }

  /**
   * With both sides' vectors.
   *
   * @param rows n ≥ 1 finite rows of one width p ≥ 1
   */
  public static SingularValues of(double[][] rows) {
    SingularValueDecomposition_F64<DMatrixRMaj> svd = decomposed(rows, true);
    DMatrixRMaj u = svd.getU(null, false);
    DMatrixRMaj w = svd.getW(null);
    DMatrixRMaj v = svd.getV(null, false);
    SingularOps_DDRM.descendingOrder(u, false, w, v, false);
    double[] values = new double[svd.numberOfSingularValues()];
    for (int i = 0; i < values.length; i++) {
      values[i] = w.get(i, i);
    }
    return new SingularValues(values, columns(u, values.length), columns(v, values.length));
  }

  /**
   * The singular values alone, descending, min(n, p) of them; several times faster than with the
   * vectors.
   *
   * @param rows n ≥ 1 finite rows of one width p ≥ 1
   */
  public static double[] valuesOf(double[][] rows) {
    SingularValueDecomposition_F64<DMatrixRMaj> svd = decomposed(rows, false);
    double[] values = svd.getSingularValues().clone();
    SingularOps_DDRM.descendingOrder(
        null, false, values, svd.numberOfSingularValues(), null, false);
    return values;
  }

  private static SingularValueDecomposition_F64<DMatrixRMaj> decomposed(
      double[][] rows, boolean vectors) {
    SingularValueDecomposition_F64<DMatrixRMaj> svd =
        DecompositionFactory_DDRM.svd(rows.length, rows[0].length, vectors, vectors, true);
    if (!svd.decompose(new DMatrixRMaj(rows))) {
      throw new IllegalStateException(
          "no singular values of a matrix of " + rows.length + " by " + rows[0].length);
    }
    return svd;
  }

  private static double[][] columns(DMatrixRMaj matrix, int count) {
    double[][] columns = new double[count][matrix.numRows];
    for (int i = 0; i < matrix.numRows; i++) {
      for (int j = 0; j < count; j++) {
        columns[j][i] = matrix.get(i, j);
      }
    }
    return columns;
  }

  /** Descending, none negative. */
  public double[] values() {
    return values.clone();
  }

  /** Left singular vector of the i-th largest value, length n, not a copy. */
  public double[] left(int i) {
    return left[i];
  }

  /** Right singular vector of the i-th largest value, length p, not a copy. */
  public double[] right(int i) {
    return right[i];
  }

  /** Number of singular values, min(n, p). */
  public int count() {
    return values.length;
  }
}
