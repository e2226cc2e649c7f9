package dev.parallax.core.matrix;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Eigenvalues and orthonormal eigenvectors of a symmetric matrix, by EJML (QR algorithm).
 * Immutable. Cost O(n³).
 *
 * <p>An eigenvalue is right to about 1e-15 of the largest one, and vectors of equal or nearly equal
 * values are any basis of their span.
 */
public final class SymmetricEigen {

  private final double[] values;
  private final double[][] vectors;

  private SymmetricEigen(double[] values, double[][] vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  /**
   * Decomposes a matrix.
   *
   * @param matrix n ≥ 1 finite rows of width n, equal to its transpose
   */
  public static SymmetricEigen of(double[][] matrix) {
    int n = matrix.length;
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
    if (!eigen.decompose(new DMatrixRMaj(matrix))) {
      throw new IllegalStateException("no eigenvalues of a matrix of " + n + " by " + n);
    }
    int[] ascending =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> eigen.getEigenvalue(i).getReal()))
            .mapToInt(i -> i)
            .toArray();
    double[] values = new double[n];
    double[][] vectors = new double[n][];
    for (int i = 0; i < n; i++) {
      values[i] = eigen.getEigenvalue(ascending[i]).getReal();
      vectors[i] = eigen.getEigenVector(ascending[i]).data.clone();
    }
    return new SymmetricEigen(values, vectors);
  }

  /** Ascending. */
  public double[] values() {
    return values.clone();
  }

  /** Unit eigenvector of the i-th smallest value, not a copy. */
  public double[] vector(int i) {
    return vectors[i];
  }
}
