package dev.parallax.core.similarity;

import dev.parallax.core.matrix.RowMatrix;
import java.util.Optional;

/**
 * The checks that every figure of one matrix begins with; {@link PairedRows} has those of two.
 *
 * <p>{@code name} is what a reader calls the matrix, such as "production".
 */
public final class MatrixChecks {

  private MatrixChecks() {}

  /**
   * Why no figure that centres the rows can be stated; the first reason of: fewer than {@code
   * needed} rows, an entry that is not finite, a constant matrix.
   */
  public static Optional<Statistic> undefinedBelow(int needed, String name, RowMatrix matrix) {
    return notFiniteOrFewerThan(needed, name, matrix).or(() -> constant(name, matrix));
  }

  /** As {@link #undefinedBelow}, for figures that a constant matrix has too. */
  public static Optional<Statistic> notFiniteOrFewerThan(
      int needed, String name, RowMatrix matrix) {
    return fewerThan(needed, name, matrix.count()).or(() -> notFinite(name, matrix));
  }

  /** That there are fewer than {@code needed} rows. */
  public static Optional<Statistic> fewerThan(int needed, String name, long count) {
    return count < needed
        ? undefined(
            Statistic.Cause.TOO_FEW_PAIRS,
            "expected " + needed + " or more rows, the " + name + " matrix has " + count)
        : Optional.empty();
  }

  /** That an entry is NaN or infinite. */
  public static Optional<Statistic> notFinite(String name, RowMatrix matrix) {
    return matrix.isFinite()
        ? Optional.empty()
        : undefined(
            Statistic.Cause.NOT_FINITE, "the " + name + " matrix has NaN or infinite entries");
  }

  /** That all rows are the same. */
  public static Optional<Statistic> constant(String name, RowMatrix matrix) {
    return matrix.isConstant()
        ? undefined(
            Statistic.Cause.NO_VARIANCE,
            "the " + name + " matrix is constant: all its " + matrix.count() + " rows are equal")
        : Optional.empty();
  }

  private static Optional<Statistic> undefined(Statistic.Cause cause, String detail) {
    return Optional.of(new Statistic.Undefined(cause, detail));
  }
}
