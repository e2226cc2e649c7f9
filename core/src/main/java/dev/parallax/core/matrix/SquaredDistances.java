package dev.parallax.core.matrix;

/**
 * Squared Euclidean distances between all rows of one matrix, {@code ‖xᵢ − xⱼ‖² = G_ii + G_jj − 2
 * G_ij} with the Gram matrix G of the centred rows: a common offset costs no digits, and equal rows
 * are exactly 0 apart.
 *
 * <p>Distances held here times {@code 2^exponent} are those of the matrix, so that huge and tiny
 * rows have distances too. Symmetric with a zero diagonal. n² doubles; cost O(n² p).
 */
public final class SquaredDistances {

  private final double[][] values;
  private final int exponent;

  private SquaredDistances(double[][] values, int exponent) {
    this.values = values;
    this.exponent = exponent;
  }

  /** Of a matrix with at least one row and only finite entries. */
  public static SquaredDistances of(RowMatrix matrix) {
    CentredRows centred = CentredRows.of(matrix);
    double[][] gram = centred.gram();
    int n = gram.length;
    double[] norms = new double[n];
    for (int i = 0; i < n; i++) {
      norms[i] = gram[i][i];
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        gram[i][j] = Math.max(0, norms[i] + norms[j] - 2 * gram[i][j]);
      }
    }
    return new SquaredDistances(gram, 2 * centred.exponent());
  }

  /** Number of rows. */
  public int count() {
    return values.length;
  }

  /** What 2 is raised to for one distance held here. */
  public int exponent() {
    return exponent;
  }

  /**
   * Median of all n² distances, the n zeros of the diagonal among them, in the units held here; the
   * mean of the middle two when n is even.
   */
  public double medianOfAll() {
    int n = values.length;
    double[] pairs = new double[n * (n - 1) / 2];
    int next = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        pairs[next++] = values[i][j];
      }
    }
    long entries = (long) n * n;
    return (ofRank((entries - 1) / 2, pairs) + ofRank(entries / 2, pairs)) / 2;
  }

  /** Sorted, all entries are the diagonal's zeros and then each pair twice. */
  private double ofRank(long rank, double[] pairs) {
    int n = values.length;
    return rank < n ? 0 : OrderStatistic.select(pairs, (int) ((rank - n) / 2));
  }

  /**
   * The Gaussian kernel {@code exp(−d²/(2σ²))} of all pairs; uses up this object's array, whose
   * distances are gone afterwards.
   *
   * @param twoSigmaSquared 2σ² in the units held here, more than 0
   */
  public double[][] intoGaussianKernel(double twoSigmaSquared) {
    for (int i = 0; i < values.length; i++) {
      values[i][i] = 1;
      for (int j = i + 1; j < values.length; j++) {
        double kernel = StrictMath.exp(-values[i][j] / twoSigmaSquared);
        values[i][j] = kernel;
        values[j][i] = kernel;
      }
    }
    return values;
  }
}
