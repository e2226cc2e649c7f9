package dev.parallax.core.neighbour;

import dev.parallax.core.neighbour.MaskedKernels.Lists;
import dev.parallax.core.similarity.DebiasedHsic;
import dev.parallax.core.similarity.HsicTriple;
import dev.parallax.core.similarity.KernelHsic;
import dev.parallax.core.similarity.Statistic;
import java.util.function.ToDoubleFunction;

/**
 * Centred kernel nearest-neighbour alignment (CKNNA): alignment of two linear kernels that looks
 * only at pairs of items that are neighbours in both spaces. Three conventions go by this name.
 *
 * <ul>
 *   <li><b>As published</b> (Huh et al., 2024, equations 16 to 18): {@code Σ α_ij (K_ij −
 *       K̄_i)(L_ij − L̄_i)} with α the mask of mutual neighbours and K̄_i the mean of row i, over
 *       the root of the product of each side with itself under its own mask. Within [−1, 1] only
 *       when the masks agree.
 *   <li><b>Debiased</b> and <b>biased</b>, what the authors' code does without its epsilon: the
 *       kernels are masked first, and HSIC is taken of what is left, {@link DebiasedHsic} by Song's
 *       equation 5 or {@code tr(KHLH)}. The mask is not symmetric. For the biased one an item may
 *       be its own neighbour and takes one of the k places.
 *   <li><b>As released</b> (platonic-rep, {@code metrics.py}): the same with 1e-6 added to the
 *       denominator, which makes it depend on the scale of the rows. Published values are the
 *       debiased one of this on rows of unit norm with k = 10.
 * </ul>
 *
 * <p>About 0 for unrelated spaces when debiased and {@code n ≫ k}, 1 for equal ones, and not
 * limited to [−1, 1] in between. At k = n − 1 the debiased one is debiased linear CKA. A constant
 * space has a CKNNA, made of the order of the rows alone: it has ties for neighbours. Cost O(n k²)
 * after the neighbours.
 *
 * @see <a href="https://arxiv.org/abs/2405.07987">Huh et al. (2024), appendix</a>
 */
public final class Cknna {

  private static final double RELEASED_EPSILON = 1e-6;

  /** Share of a kernel's mean square below which its U-centred one is rounding, about 1e-32. */
  private static final double NEGLIGIBLE = 1e-28;

  private final NearestNeighbours x;
  private final NearestNeighbours y;

  private Cknna(NearestNeighbours x, NearestNeighbours y) {
    this.x = x;
    this.y = y;
  }

  /**
   * Of the same items in two spaces.
   *
   * @throws IllegalArgumentException when the counts or k differ
   */
  public static Cknna of(NearestNeighbours x, NearestNeighbours y) {
    x.requirePairedWith(y);
    return new Cknna(x, y);
  }

  /** By the equations of the paper. */
  public Statistic published() {
    return ratio(
        Triple.of(Lists.centredNeighbours(x), Lists.centredNeighbours(y), MaskedKernels::products));
  }

  /** Debiased HSIC of masked kernels, nothing added; four items or more. */
  public Statistic debiased() {
    return x.count() < DebiasedHsic.MIN_PAIRS ? tooFew() : ratio(debiasedTriple());
  }

  /** Biased HSIC of masked kernels, nothing added. */
  public Statistic biased() {
    return ratio(biasedTriple());
  }

  /** The default of the released code, its 1e-6 included; four items or more. */
  public Statistic debiasedAsReleased() {
    return x.count() < DebiasedHsic.MIN_PAIRS ? tooFew() : asReleased(debiasedTriple());
  }

  /** The released code with {@code unbiased=False}, its 1e-6 included. */
  public Statistic biasedAsReleased() {
    return asReleased(biasedTriple());
  }

  /**
   * With every other row a neighbour nothing is masked, and Song's equation 5 of rows far from the
   * origin cancels to nothing: the same value is then had from U-centred kernels, which do not.
   */
  private Triple debiasedTriple() {
    return x.k() == x.count() - 1
        ? Triple.unmasked(kernel(x), kernel(y))
        : Triple.of(Lists.neighbours(x), Lists.neighbours(y), MaskedKernels::debiasedHsic);
  }

  private static double[][] kernel(NearestNeighbours neighbours) {
    double[][] kernel = new double[neighbours.count()][neighbours.count()];
    for (int i = 0; i < kernel.length; i++) {
      for (int place = 0; place < neighbours.k(); place++) {
        kernel[i][neighbours.of(i)[place]] = neighbours.similarities(i)[place];
      }
    }
    return kernel;
  }

  private Triple biasedTriple() {
    return Triple.of(Lists.withSelf(x), Lists.withSelf(y), MaskedKernels::biasedHsic);
  }

  private Statistic tooFew() {
    return new Statistic.Undefined(
        Statistic.Cause.TOO_FEW_PAIRS,
        "expected " + DebiasedHsic.MIN_PAIRS + " or more pairs, got " + x.count());
  }

  private static Statistic ratio(Triple triple) {
    if (!(triple.xx > 0) || !(triple.yy > 0)) {
      return noVariance(triple.xx > 0 ? "reference" : "production");
    }
    return new Statistic.Stated(triple.xy / Math.sqrt(triple.xx) / Math.sqrt(triple.yy));
  }

  private Statistic asReleased(Triple triple) {
    double product = triple.xx * triple.yy;
    if (product < 0) {
      return noVariance(triple.xx < 0 ? "production" : "reference");
    }
    // The kernels are held in other units, and the epsilon is not free of them.
    double epsilon = Math.scalb(RELEASED_EPSILON, -(x.exponent() + y.exponent()));
    return new Statistic.Stated(triple.xy / (Math.sqrt(product) + epsilon));
  }

  private static Statistic noVariance(String side) {
    return new Statistic.Undefined(
        Statistic.Cause.DEGENERATE,
        "the masked kernel of the " + side + " matrix has no positive HSIC with itself");
  }

  /** One measure of the masked kernels between the spaces and of each with itself. */
  private record Triple(double xy, double xx, double yy) {

    static Triple of(Lists x, Lists y, ToDoubleFunction<MaskedKernels> measure) {
      return new Triple(
          measure.applyAsDouble(MaskedKernels.shared(x, y)),
          measure.applyAsDouble(MaskedKernels.shared(x, x)),
          measure.applyAsDouble(MaskedKernels.shared(y, y)));
    }

    static Triple unmasked(double[][] k, double[][] l) {
      double leastX = NEGLIGIBLE * meanSquare(k);
      double leastY = NEGLIGIBLE * meanSquare(l);
      HsicTriple hsic = KernelHsic.debiased(k, l);
      return new Triple(
          hsic.xy(), hsic.xx() > leastX ? hsic.xx() : 0, hsic.yy() > leastY ? hsic.yy() : 0);
    }

    private static double meanSquare(double[][] kernel) {
      double sum = 0;
      for (double[] row : kernel) {
        for (double value : row) {
          sum += value * value;
        }
      }
      return sum / kernel.length / kernel.length;
    }
  }
}
