package dev.parallax.core.matrix;

import java.util.Arrays;

/**
 * The inner kernels of the plain definitions, above all rows of {@code aᵀb} for matrices kept as
 * row arrays.
 *
 * <p>With the rows of two matrices it gives their cross-products over items (features × features);
 * with the columns of one matrix its Gram matrix (items × items). Each entry of those is summed in
 * a fixed order, four terms at a time, so a result depends on its inputs alone. The innermost loop
 * runs along whole arrays because that is the form the JIT compiler vectorises.
 */
public final class Products {

  private static final int FUSED = 4;

  private Products() {}

  /**
   * Rows {@code from} (inclusive) to {@code to} (exclusive) of {@code aᵀb}: {@code out[i - from][j]
   * = Σ_k a[k][i] · b[k][j]} for {@code j ≥ start}; entries before {@code start} become 0.
   *
   * @param a one or more arrays of length at least {@code to}
   * @param b as many arrays, each as long as the rows of {@code out}
   */
  public static void transposed(
      double[][] a, double[][] b, int from, int to, int start, double[][] out) {
    for (int i = from; i < to; i++) {
      Arrays.fill(out[i - from], 0);
    }
    int k = 0;
    for (; k + FUSED <= a.length; k += FUSED) {
      for (int i = from; i < to; i++) {
        addFour(
            out[i - from],
            start,
            a[k][i],
            b[k],
            a[k + 1][i],
            b[k + 1],
            a[k + 2][i],
            b[k + 2],
            a[k + 3][i],
            b[k + 3]);
      }
    }
    for (; k < a.length; k++) {
      for (int i = from; i < to; i++) {
        addOne(out[i - from], start, a[k][i], b[k]);
      }
    }
  }

  /**
   * {@code Σ_k a[k][i]²} for all i, to the bit what {@link #transposed} has on the diagonal of
   * {@code aᵀa}.
   *
   * @param a one or more arrays of one length
   */
  public static double[] squaredNorms(double[][] a) {
    double[] norms = new double[a[0].length];
    int k = 0;
    for (; k + FUSED <= a.length; k += FUSED) {
      double[] v0 = a[k];
      double[] v1 = a[k + 1];
      double[] v2 = a[k + 2];
      double[] v3 = a[k + 3];
      for (int i = 0; i < norms.length; i++) {
        norms[i] += v0[i] * v0[i] + v1[i] * v1[i] + v2[i] * v2[i] + v3[i] * v3[i];
      }
    }
    for (; k < a.length; k++) {
      for (int i = 0; i < norms.length; i++) {
        norms[i] += a[k][i] * a[k][i];
      }
    }
    return norms;
  }

  /** {@code Σ a_i b_i} of two arrays of one length, in order. */
  public static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void addFour(
      double[] sum,
      int start,
      double w0,
      double[] v0,
      double w1,
      double[] v1,
      double w2,
      double[] v2,
      double w3,
      double[] v3) {
    for (int j = start; j < sum.length; j++) {
      sum[j] += w0 * v0[j] + w1 * v1[j] + w2 * v2[j] + w3 * v3[j];
    }
  }

  private static void addOne(double[] sum, int start, double weight, double[] vector) {
    for (int j = start; j < sum.length; j++) {
      sum[j] += weight * vector[j];
    }
  }
}
