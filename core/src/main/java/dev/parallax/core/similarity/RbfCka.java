package dev.parallax.core.similarity;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.matrix.SquaredDistances;
import java.util.Optional;

/**
 * Centred kernel alignment under Gaussian kernels {@code exp(−‖xᵢ − xⱼ‖²/(2σ²))}, biased and
 * debiased, each side with its own bandwidth by the median rule of Kornblith et al.: {@code σ² = t²
 * · median} of <em>all</em> n² squared distances, the n zeros of the diagonal among them.
 *
 * <p>Biased: from 0 to 1, and high for unrelated spaces of few rows, as linear CKA is. Debiased:
 * from −1 to 1, about 0 for unrelated spaces. Both are 1 when the spaces differ only by rotation,
 * reflection, shift and uniform scale. A small t looks at near pairs only, and for large t both
 * tend to linear CKA. Neither is clipped, and nothing is added to a denominator.
 *
 * <p>Holds two n × n matrices, 16 n² bytes, so there is a limit of {@link #MAX_PAIRS}. Cost O(n² (p
 * + q)) and n² exponentials.
 *
 * @see <a href="https://arxiv.org/abs/1905.00414">Kornblith et al. (2019), section 3 and
 *     appendix</a>
 */
public final class RbfCka {

  /** Most pairs that are compared: their kernels fill 268 MB. */
  public static final int MAX_PAIRS = 4096;

  private static final int MIN_PAIRS_BIASED = 2;

  /**
   * Share of the kernel's own mean square below which a mean squared U-centred entry is rounding,
   * which alone leaves about 1e-32.
   */
  private static final double NEGLIGIBLE = 1e-26;

  private final Statistic biased;
  private final Statistic debiased;

  private RbfCka(Statistic biased, Statistic debiased) {
    this.biased = biased;
    this.debiased = debiased;
  }

  /**
   * Both figures of paired rows.
   *
   * @param production n rows, row i of the same item as row i of {@code reference}
   * @param t bandwidth in units of the root of the median, more than 0; usually 1
   * @throws IllegalArgumentException when the row counts differ or t is not positive
   */
  public static RbfCka of(RowMatrix production, RowMatrix reference, double t) {
    if (!(t > 0) || !Double.isFinite(t)) {
      throw new IllegalArgumentException("bandwidth t=" + t + ": expected more than 0");
    }
    PairedRows rows = new PairedRows(production, reference);
    Optional<Statistic> none =
        rows.undefinedBelow(MIN_PAIRS_BIASED).or(() -> undefinedAbove(rows.count()));
    if (none.isPresent()) {
      return new RbfCka(none.get(), none.get());
    }
    SquaredDistances x = SquaredDistances.of(production);
    SquaredDistances y = SquaredDistances.of(reference);
    double medianX = x.medianOfAll();
    double medianY = y.medianOfAll();
    if (medianX == 0 || medianY == 0) {
      Statistic noBandwidth = noBandwidth(medianX == 0 ? "production" : "reference");
      return new RbfCka(noBandwidth, noBandwidth);
    }
    double[][] k = x.intoGaussianKernel(2 * t * t * medianX);
    double[][] l = y.intoGaussianKernel(2 * t * t * medianY);
    double meanSquareK = meanSquareOffDiagonal(k);
    double meanSquareL = meanSquareOffDiagonal(l);
    Statistic biased = ratio(KernelHsic.biased(k, l));
    Statistic debiased =
        rows.undefinedBelow(DebiasedHsic.MIN_PAIRS)
            .orElseGet(() -> debiased(KernelHsic.debiased(k, l), meanSquareK, meanSquareL));
    return new RbfCka(biased, debiased);
  }

  /** Why no kernels of this many pairs are held, or nothing. */
  public static Optional<Statistic> undefinedAbove(int pairs) {
    return pairs <= MAX_PAIRS
        ? Optional.empty()
        : Optional.of(
            new Statistic.Undefined(
                Statistic.Cause.TOO_MANY_PAIRS,
                "expected "
                    + MAX_PAIRS
                    + " or fewer pairs, whose kernels are held whole, got "
                    + pairs));
  }

  private static Statistic noBandwidth(String side) {
    return new Statistic.Undefined(
        Statistic.Cause.DEGENERATE,
        "the median squared distance of the "
            + side
            + " matrix is 0: half of its pairs of rows or more are equal");
  }

  private static double meanSquareOffDiagonal(double[][] kernel) {
    double sum = 0;
    for (int i = 0; i < kernel.length; i++) {
      for (int j = i + 1; j < kernel.length; j++) {
        sum += 2 * kernel[i][j] * kernel[i][j];
      }
    }
    return sum / ((double) kernel.length * (kernel.length - 1));
  }

  private static Statistic debiased(HsicTriple hsic, double meanSquareK, double meanSquareL) {
    boolean flat = hsic.xx() <= NEGLIGIBLE * meanSquareK;
    if (flat || hsic.yy() <= NEGLIGIBLE * meanSquareL) {
      return new Statistic.Undefined(
          Statistic.Cause.DEGENERATE,
          "the kernel of the "
              + (flat ? "production" : "reference")
              + " matrix has no debiased variance, as when all its rows are equally far from each"
              + " other");
    }
    return ratio(hsic);
  }

  private static Statistic ratio(HsicTriple hsic) {
    return new Statistic.Stated(hsic.xy() / Math.sqrt(hsic.xx()) / Math.sqrt(hsic.yy()));
  }

  /** Biased; defined from two pairs on when the median distance of neither side is 0. */
  public Statistic biased() {
    return biased;
  }

  /** Debiased; defined from four pairs on when also both kernels vary enough. */
  public Statistic debiased() {
    return debiased;
  }
}
