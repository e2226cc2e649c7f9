package dev.parallax.core.similarity;

import dev.parallax.core.matrix.CentredRows;
import dev.parallax.core.matrix.RowMatrix;
import java.util.Optional;

/**
 * Linear centred kernel alignment (CKA) of two whole matrices, biased and debiased.
 *
 * <p>Biased: {@code ‖Xcᵀ Yc‖² / (‖Xcᵀ Xc‖ · ‖Ycᵀ Yc‖)} in the Frobenius norm with centred columns
 * (Kornblith et al., 2019), from 0 to 1; for fewer rows than dimensions it reads high even for
 * unrelated spaces, about {@code √(p q / ((n + p)(n + q)))} for isotropic ones. Debiased: {@link
 * DebiasedHsic} between the sides over the root of the product of each with itself, from −1 to 1
 * and about 0 ± √2/n for unrelated isotropic spaces. Both are 1 when the spaces differ only by
 * rotation, reflection, shift and uniform scale. Neither is clipped.
 *
 * <p>Evaluated over pairs of rows (n × n) or pairs of features (p × q), whichever is less work: O(n
 * (p + q) min(n, p + q)). The second form cancels where few rows carry most of the variance; where
 * that would cost more than four digits the first one is used at any size.
 *
 * @see <a href="https://arxiv.org/abs/1905.00414">Kornblith et al. (2019)</a>
 */
public final class LinearCka {

  private static final int MIN_PAIRS_BIASED = 2;

  private final Statistic biased;
  private final Statistic debiased;

  private LinearCka(Statistic biased, Statistic debiased) {
    this.biased = biased;
    this.debiased = debiased;
  }

  /**
   * Both figures of paired rows.
   *
   * @param production n rows, row i of the same item as row i of {@code reference}
   * @throws IllegalArgumentException when the row counts differ
   */
  public static LinearCka of(RowMatrix production, RowMatrix reference) {
    PairedRows rows = new PairedRows(production, reference);
    Optional<Statistic> none = rows.undefinedBelow(MIN_PAIRS_BIASED);
    if (none.isPresent()) {
      return new LinearCka(none.get(), none.get());
    }
    HsicSums sums = HsicSums.of(CentredRows.of(production), CentredRows.of(reference));
    Statistic biased =
        new Statistic.Stated(sums.xy() / Math.sqrt(sums.xx()) / Math.sqrt(sums.yy()));
    Statistic debiased =
        rows.undefinedBelow(DebiasedHsic.MIN_PAIRS).orElseGet(() -> debiased(sums));
    return new LinearCka(biased, debiased);
  }

  private static Statistic debiased(HsicSums sums) {
    if (sums.xFlat() || sums.yFlat()) {
      String side = sums.xFlat() ? "production" : "reference";
      return new Statistic.Undefined(
          Statistic.Cause.DEGENERATE,
          "the "
              + side
              + " matrix has no debiased variance, as when one row alone differs or all rows are"
              + " equally far from each other");
    }
    return new Statistic.Stated(
        sums.debiasedXy() / Math.sqrt(sums.debiasedXx()) / Math.sqrt(sums.debiasedYy()));
  }

  /** Biased CKA; defined from two pairs on when both matrices vary. */
  public Statistic biased() {
    return biased;
  }

  /** Debiased CKA; defined from four pairs on when both matrices vary enough. */
  public Statistic debiased() {
    return debiased;
  }
}
