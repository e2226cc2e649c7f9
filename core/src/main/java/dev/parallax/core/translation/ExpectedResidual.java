package dev.parallax.core.translation;

/**
 * What the residual of an input should be, given where it lies: a linear model of the residual in
 * the reference row, its leverage and its stratum, fitted on healthy panes.
 *
 * <p>Topics differ in how well they translate, so a healthy residual moves with the traffic.
 * Subtracting what the inputs of a pane lead one to expect leaves the part that the model is
 * answerable for: the <em>generalised regression estimator</em> of survey sampling, whose special
 * case with the strata alone is post-stratification. It removes more of the traffic than strata do,
 * and some of the sampling noise too.
 *
 * @see <a href="https://doi.org/10.1007/978-1-4612-4378-6">Särndal, Swensson and Wretman (1992),
 *     Model Assisted Survey Sampling, chapter 6</a>
 */
public final class ExpectedResidual {

  private final double[] coefficients;
  private final double[] meanFeatures;

  /**
   * A model.
   *
   * @param coefficients one a feature, see {@link PaneFeatures}; not copied
   * @param meanFeatures the means of the features on the baseline; not copied
   */
  public ExpectedResidual(double[] coefficients, double[] meanFeatures) {
    if (coefficients.length != meanFeatures.length) {
      throw new IllegalArgumentException(
          "expected as many means as coefficients, got "
              + meanFeatures.length
              + " and "
              + coefficients.length);
    }
    this.coefficients = coefficients;
    this.meanFeatures = meanFeatures;
  }

  /**
   * The mean residual of a pane had its inputs been those of the baseline.
   *
   * @param residual mean residual of its rows
   * @param features means of their features
   */
  public double adjusted(double residual, PaneFeatures features) {
    double expected = 0;
    for (int i = 0; i < coefficients.length; i++) {
      expected += coefficients[i] * (features.mean(i) - meanFeatures[i]);
    }
    return residual - expected;
  }

  /** The coefficients; shared, not to be changed. */
  public double[] coefficients() {
    return coefficients;
  }

  /** The means of the features on the baseline; shared, not to be changed. */
  public double[] meanFeatures() {
    return meanFeatures;
  }
}
