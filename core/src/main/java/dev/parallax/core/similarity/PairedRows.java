package dev.parallax.core.similarity;

import dev.parallax.core.matrix.RowMatrix;
import java.util.Optional;

/**
 * Two matrices with as many rows, row i of the same item in both, and the checks that every figure
 * of them begins with.
 *
 * @param production n rows of width p
 * @param reference n rows of width q
 */
public record PairedRows(RowMatrix production, RowMatrix reference) {

  /** Throws {@link IllegalArgumentException} when the row counts differ. */
  public PairedRows {
    if (production.count() != reference.count()) {
      throw new IllegalArgumentException(
          "expected as many production as reference rows, got "
              + production.count()
              + " and "
              + reference.count());
    }
  }

  /** Number of pairs. */
  public int count() {
    return production.count();
  }

  /**
   * Why no figure of these rows that centres them can be stated; the first reason of: fewer than
   * {@code needed} pairs, an entry that is not finite, a constant matrix.
   */
  public Optional<Statistic> undefinedBelow(int needed) {
    return notFiniteOrFewerThan(needed)
        .or(() -> MatrixChecks.constant("production", production))
        .or(() -> MatrixChecks.constant("reference", reference));
  }

  /** As {@link #undefinedBelow}, for figures that a constant matrix has too. */
  public Optional<Statistic> notFiniteOrFewerThan(int needed) {
    if (count() < needed) {
      return Optional.of(tooFew(count(), needed));
    }
    return MatrixChecks.notFinite("production", production)
        .or(() -> MatrixChecks.notFinite("reference", reference));
  }

  private static Statistic tooFew(int pairs, int needed) {
    return new Statistic.Undefined(
        Statistic.Cause.TOO_FEW_PAIRS, "expected " + needed + " or more pairs, got " + pairs);
  }
}
