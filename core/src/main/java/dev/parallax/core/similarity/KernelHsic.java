package dev.parallax.core.similarity;

/**
 * HSIC of any two kernel matrices over the same n items: the biased trace {@code tr(K H L H)} and
 * the debiased estimator of {@link DebiasedHsic}, each between the kernels and of each with itself.
 *
 * <p>Both centre the matrices in place, which spares two n × n copies, so their entries are gone
 * afterwards. U-centring undoes nothing that centring did to the other entries: {@link #biased} and
 * then {@link #debiased} of the same arrays gives both. Cost O(n²).
 */
public final class KernelHsic {

  private KernelHsic() {}

  /** Centres two symmetric n × n matrices in place, n ≥ 1, and multiplies. */
  public static HsicTriple biased(double[][] k, double[][] l) {
    centre(k);
    centre(l);
    return new HsicTriple(product(k, l), product(k, k), product(l, l));
  }

  /**
   * U-centres two symmetric n × n matrices in place and multiplies.
   *
   * @throws IllegalArgumentException when n is below {@link DebiasedHsic#MIN_PAIRS}
   */
  public static HsicTriple debiased(double[][] k, double[][] l) {
    if (k.length < DebiasedHsic.MIN_PAIRS) {
      throw new IllegalArgumentException(
          "expected " + DebiasedHsic.MIN_PAIRS + " or more pairs, got " + k.length);
    }
    DebiasedHsic.uCentred(k);
    DebiasedHsic.uCentred(l);
    return new HsicTriple(
        DebiasedHsic.meanProduct(k, l),
        DebiasedHsic.meanProduct(k, k),
        DebiasedHsic.meanProduct(l, l));
  }

  private static void centre(double[][] kernel) {
    int n = kernel.length;
    // A constant kernel is then 0 exactly, and stays so.
    double shift = kernel[0][0];
    for (double[] row : kernel) {
      for (int j = 0; j < n; j++) {
        row[j] -= shift;
      }
    }
    double[] means = new double[n];
    double mean = 0;
    for (int i = 0; i < n; i++) {
      for (double value : kernel[i]) {
        means[i] += value;
      }
      means[i] /= n;
      mean += means[i] / n;
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        kernel[i][j] += mean - (means[i] + means[j]);
      }
    }
  }

  private static double product(double[][] a, double[][] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        sum += a[i][j] * b[i][j];
      }
    }
    return sum;
  }
}
