package dev.parallax.core.spectrum;

import dev.parallax.core.matrix.CentredRows;
import dev.parallax.core.matrix.Products;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.MatrixChecks;
import dev.parallax.core.similarity.Statistic;
import java.util.Optional;

/**
 * Participation ratio {@code (tr C)² / tr C²} of the covariance C of a space: how many directions
 * hold its variance, from 1 to p; r for r equal variances.
 *
 * <p>With n centred rows, {@code a_i = ‖x_i‖²}, {@code A = Σ a_i}, {@code Q = Σ a_i²} and {@code F
 * = ‖Xcᵀ Xc‖²} in the Frobenius norm:
 *
 * <ul>
 *   <li>naive: {@code A² / F}. Both terms are biased, and it reads near {@code 1 / (1/PR + 1/n)}:
 *       at most n − 1, however many directions there are.
 *   <li>debiased: the ratio of the unbiased estimates {@code ((n² − 3n + 1) A² − n (n − 1) Q + 2 F)
 *       / (n (n − 1)(n − 2)(n − 3))} of (tr C)² and {@code (F − n Q / (n − 2) + A² / ((n − 1)(n −
 *       2))) / (n (n − 3))} of tr C². These are the means over distinct rows i, j, k, l of {@code
 *       ‖x_i − x_j‖² ‖x_k − x_l‖² / 4} and {@code ((x_i − x_j)·(x_k − x_l))² / 4}, whatever the
 *       distribution; the second is the debiased HSIC of the space with itself. The ratio itself
 *       keeps a bias of order 1/n, and with few rows it may exceed p.
 * </ul>
 *
 * <p>A, Q and F are sums that a merge of panes can keep: {@link #ofSums}. Cost O(n p min(n, p)).
 *
 * <p>The estimates of the two terms are those of Himeno and Yamada (2014), Journal of Multivariate
 * Analysis 130.
 *
 * @see <a href="https://arxiv.org/abs/2509.26560">Chun et al. (2025)</a>
 */
public final class ParticipationRatio {

  /** Fewest rows for the unbiased estimates. */
  public static final int MIN_ROWS_DEBIASED = 4;

  private static final int MIN_ROWS = 2;

  /** Share of the biased term below which an unbiased one is rounding. */
  private static final double NEGLIGIBLE = 1e-13;

  private final Statistic naive;
  private final Statistic debiased;

  private ParticipationRatio(Statistic naive, Statistic debiased) {
    this.naive = naive;
    this.debiased = debiased;
  }

  /** Of the rows of a matrix. */
  public static ParticipationRatio of(RowMatrix rows) {
    Optional<Statistic> none = MatrixChecks.undefinedBelow(MIN_ROWS, "given", rows);
    if (none.isPresent()) {
      return new ParticipationRatio(none.get(), none.get());
    }
    CentredRows centred = CentredRows.of(rows);
    double sum = 0;
    double sumOfSquares = 0;
    for (double norm : centred.squaredNorms()) {
      sum += norm;
      sumOfSquares += norm * norm;
    }
    return ofSums(rows.count(), sum, sumOfSquares, squaredProducts(centred));
  }

  private static double squaredProducts(CentredRows centred) {
    double[][] factor = centred.count() < centred.width() ? centred.columns() : centred.rows();
    double[][] products = new double[factor[0].length][factor[0].length];
    Products.transposed(factor, factor, 0, products.length, 0, products);
    double sum = 0;
    for (double[] row : products) {
      for (double value : row) {
        sum += value * value;
      }
    }
    return sum;
  }

  /**
   * Of sums over centred rows, in any one unit.
   *
   * @param count n
   * @param squaredNorms A, the sum of ‖x_i‖²
   * @param fourthPowers Q, the sum of ‖x_i‖⁴
   * @param squaredProducts F, the squared Frobenius norm of the sum of {@code x_i x_iᵀ}
   */
  public static ParticipationRatio ofSums(
      long count, double squaredNorms, double fourthPowers, double squaredProducts) {
    if (count < MIN_ROWS) {
      Statistic few = tooFew(MIN_ROWS, count);
      return new ParticipationRatio(few, few);
    }
    if (!(squaredProducts > 0)) {
      Statistic none =
          new Statistic.Undefined(
              Statistic.Cause.NO_VARIANCE, "the variance of the " + count + " rows is 0");
      return new ParticipationRatio(none, none);
    }
    return new ParticipationRatio(
        Statistic.of(squaredNorms * squaredNorms / squaredProducts),
        debiased(count, squaredNorms, fourthPowers, squaredProducts));
  }

  private static Statistic debiased(double n, double a, double q, double f) {
    if (n < MIN_ROWS_DEBIASED) {
      return tooFew(MIN_ROWS_DEBIASED, (long) n);
    }
    double squaredTrace =
        ((n * n - 3 * n + 1) * a * a - n * (n - 1) * q + 2 * f) / (n * (n - 1) * (n - 2) * (n - 3));
    double traceOfSquare = (f - n / (n - 2) * q + a * a / ((n - 1) * (n - 2))) / (n * (n - 3));
    if (traceOfSquare <= NEGLIGIBLE * f / (n * n)) {
      return new Statistic.Undefined(
          Statistic.Cause.DEGENERATE,
          "the "
              + (long) n
              + " rows have no debiased variance, as when one row alone differs or all rows are"
              + " equally far from each other");
    }
    return Statistic.of(squaredTrace / traceOfSquare);
  }

  private static Statistic tooFew(int needed, long count) {
    return new Statistic.Undefined(
        Statistic.Cause.TOO_FEW_PAIRS, "expected " + needed + " or more rows, got " + count);
  }

  /** The plug-in estimate; from two rows on. */
  public Statistic naive() {
    return naive;
  }

  /** The ratio of unbiased estimates; from four rows on. */
  public Statistic debiased() {
    return debiased;
  }
}
