package dev.parallax.core.platonic;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.matrix.SquaredDistances;
import dev.parallax.core.similarity.BiasedHsic;
import dev.parallax.core.similarity.DebiasedHsic;
import dev.parallax.core.similarity.HsicTriple;
import dev.parallax.core.similarity.KernelHsic;
import dev.parallax.core.similarity.PairedRows;
import dev.parallax.core.similarity.RbfCka;
import dev.parallax.core.similarity.Statistic;
import java.util.Optional;

/**
 * CKA as released by platonic-rep: {@code HSIC_kl / (√(HSIC_kk · HSIC_ll) + 1e-6)}.
 *
 * <p>Because of the 1e-6 a value depends on the scale of the rows: debiased CKA of a matrix with
 * itself is 0.9985 for isotropic rows of unit norm and 1,536 dimensions, and near 0 for rows of
 * norm 1e-3. A constant side scores 0 here, not nothing. The HSIC values are the accurate ones of
 * this library; the released code forms kernels of rows that are not centred, and prints rounding
 * where the mean is large.
 *
 * <p>Undefined below two pairs (four when unbiased) and where an entry is not finite. The kernels
 * of the last two are held whole, see {@link RbfCka#MAX_PAIRS}.
 *
 * @see <a href="https://github.com/minyoungg/platonic-rep">metrics.py, cka and unbiased_cka</a>
 */
public final class PlatonicCka {

  private static final double EPSILON = 1e-6;
  private static final double TWO_SIGMA_SQUARED = 2;
  private static final int MIN_PAIRS_BIASED = 2;

  private PlatonicCka() {}

  /** {@code cka} with the inner-product kernel. */
  public static Statistic biased(RowMatrix x, RowMatrix y) {
    return new PairedRows(x, y)
        .notFiniteOrFewerThan(MIN_PAIRS_BIASED)
        .orElseGet(() -> ratio(BiasedHsic.of(x, y)));
  }

  /** {@code unbiased_cka} with the inner-product kernel. */
  public static Statistic unbiased(RowMatrix x, RowMatrix y) {
    return new PairedRows(x, y)
        .notFiniteOrFewerThan(DebiasedHsic.MIN_PAIRS)
        .orElseGet(() -> ratio(DebiasedHsic.of(x, y)));
  }

  /** {@code cka} with {@code kernel_metric='rbf'} and its σ = 1. */
  public static Statistic rbfBiased(RowMatrix x, RowMatrix y) {
    return undefinedKernels(x, y, MIN_PAIRS_BIASED)
        .orElseGet(() -> ratio(KernelHsic.biased(kernel(x), kernel(y))));
  }

  /** {@code unbiased_cka} with {@code kernel_metric='rbf'} and its σ = 1. */
  public static Statistic rbfUnbiased(RowMatrix x, RowMatrix y) {
    return undefinedKernels(x, y, DebiasedHsic.MIN_PAIRS)
        .orElseGet(() -> ratio(KernelHsic.debiased(kernel(x), kernel(y))));
  }

  private static Optional<Statistic> undefinedKernels(RowMatrix x, RowMatrix y, int needed) {
    return new PairedRows(x, y)
        .notFiniteOrFewerThan(needed)
        .or(() -> RbfCka.undefinedAbove(x.count()));
  }

  private static double[][] kernel(RowMatrix matrix) {
    SquaredDistances distances = SquaredDistances.of(matrix);
    double inUnits = Math.scalb(TWO_SIGMA_SQUARED, -distances.exponent());
    return distances.intoGaussianKernel(Math.max(Double.MIN_VALUE, inUnits));
  }

  private static Statistic ratio(HsicTriple hsic) {
    return new Statistic.Stated(
        hsic.xy() / (Math.sqrt(hsic.xx()) * Math.sqrt(hsic.yy()) + EPSILON));
  }
}
