package dev.parallax.core.translation;

import java.util.Arrays;

/**
 * How far inputs lie from those that a translation was fitted on: the squared Mahalanobis distance
 * (r − r̄)(C + λI)⁻¹(r − r̄)ᵀ / q of a reference row, with C the covariance of the fit and λ its
 * ridge. Its mean over the inputs of the fit is a little below 1.
 *
 * <p>It is the <em>leverage</em> of linear regression up to a constant: where it is large, the map
 * extrapolates and its residual says nothing of the model. Computed as a residual of zero under the
 * map L with LLᵀ = (C + λI)⁻¹/q, so that kernels need no second product.
 */
public final class Leverage {

  private final Translation whitening;

  Leverage(Translation whitening) {
    this.whitening = whitening;
  }

  /**
   * Leverage from its parts, for codecs.
   *
   * @param referenceMean r̄, length q; not copied
   * @param whitening L, row-major q × q; not copied
   * @param ridge the relative penalty of the fit
   */
  public static Leverage of(float[] referenceMean, float[] whitening, double ridge) {
    return new Leverage(
        new Translation(new float[referenceMean.length], referenceMean, whitening, ridge));
  }

  /** The leverage of each row of {@code reference}, and its stratum. */
  public RowResiduals of(TranslationKernel kernel, Strata strata, float[][] reference) {
    float[] zero = new float[whitening.liveWidth()];
    float[][] zeros = new float[reference.length][];
    Arrays.fill(zeros, zero);
    return kernel.rows(whitening, strata, zeros, reference);
  }

  /** L, row-major q × q; shared, not to be changed. */
  public float[] whitening() {
    return whitening.map();
  }

  /** r̄, length q; shared, not to be changed. */
  public float[] referenceMean() {
    return whitening.referenceMean();
  }

  /** The relative penalty of the fit. */
  public double ridge() {
    return whitening.ridge();
  }
}
