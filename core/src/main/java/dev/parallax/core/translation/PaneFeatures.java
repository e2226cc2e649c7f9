package dev.parallax.core.translation;

/**
 * What {@link ExpectedResidual} knows of the inputs of a pane: the means over its rows of the q
 * entries of r − r̄, of the leverage and of the indicators of the strata.
 *
 * <p>Leverage and indicators are scaled to about the spread that the entries of unit rows have, so
 * that one penalty suits all.
 */
public final class PaneFeatures {

  private static final double LEVERAGE_SCALE = 1;
  private static final double STRATUM_SCALE = 1;

  private final double[] means;

  private PaneFeatures(double[] means) {
    this.means = means;
  }

  /** Means from their numbers; not copied. */
  public static PaneFeatures of(double[] means) {
    return new PaneFeatures(means);
  }

  /**
   * Of the rows of a pane.
   *
   * @param reference n rows of length q, n at least 1
   * @param leverage leverage and stratum of each
   * @param origin r̄
   * @param strata number of strata
   */
  public static PaneFeatures of(
      float[][] reference, RowResiduals leverage, float[] origin, int strata) {
    double[] means = new double[count(origin.length, strata)];
    double[] row = new double[means.length];
    for (int i = 0; i < reference.length; i++) {
      ofRow(reference[i], leverage.residual(i), leverage.stratum(i), origin, row);
      for (int j = 0; j < means.length; j++) {
        means[j] += row[j];
      }
    }
    for (int j = 0; j < means.length; j++) {
      means[j] /= reference.length;
    }
    return new PaneFeatures(means);
  }

  /** Number of features. */
  static int count(int referenceWidth, int strata) {
    return referenceWidth + 1 + strata;
  }

  /** Fills {@code features} with those of one row. */
  static void ofRow(
      float[] reference, double leverage, int stratum, float[] origin, double[] features) {
    int q = origin.length;
    for (int j = 0; j < q; j++) {
      features[j] = (double) reference[j] - origin[j];
    }
    features[q] = LEVERAGE_SCALE * leverage;
    for (int j = q + 1; j < features.length; j++) {
      features[j] = j == q + 1 + stratum ? STRATUM_SCALE : 0;
    }
  }

  /** Mean of feature {@code i}. */
  double mean(int i) {
    return means[i];
  }

  /** The means; shared, not to be changed. */
  public double[] means() {
    return means;
  }
}
