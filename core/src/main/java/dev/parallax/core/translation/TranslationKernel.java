package dev.parallax.core.translation;

/**
 * Computes what translation needs of the rows of a pane. {@link PlainTranslationKernel} is the
 * definition; faster ones must equal it.
 */
public interface TranslationKernel {

  /**
   * Adds rows to the sums of a fit.
   *
   * @param live n rows of length p
   * @param reference n rows of length q, of the same inputs
   */
  void addTo(TranslationSums sums, float[][] live, float[][] reference);

  /**
   * The residual of each row under a map, and its stratum.
   *
   * @param live n rows of length p
   * @param reference n rows of length q, of the same inputs
   */
  RowResiduals rows(Translation translation, Strata strata, float[][] live, float[][] reference);

  /**
   * The residuals of rows under a map, summed per stratum.
   *
   * @param live n rows of length p
   * @param reference n rows of length q, of the same inputs
   */
  default StratumResiduals residuals(
      Translation translation, Strata strata, float[][] live, float[][] reference) {
    return rows(translation, strata, live, reference).byStratum(strata.count());
  }
}
