package dev.parallax.core.spectrum;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.Statistic;
import java.util.Optional;

/** The checks that every figure of one matrix begins with, and its mean. */
final class MatrixChecks {

  private MatrixChecks() {}

  /** First reason of: fewer than {@code needed} rows, an entry that is not finite, no variance. */
  static Optional<Statistic> undefinedBelow(int needed, String name, RowMatrix rows) {
    return notFiniteOrFewerThan(needed, name, rows)
        .or(
            () ->
                rows.isConstant()
                    ? undefined(
                        Statistic.Cause.NO_VARIANCE,
                        "the %s matrix is constant: all its %d rows are equal",
                        name,
                        rows.count())
                    : Optional.empty());
  }

  /** As {@link #undefinedBelow}, for figures that a constant matrix has too. */
  static Optional<Statistic> notFiniteOrFewerThan(int needed, String name, RowMatrix rows) {
    if (rows.count() < needed) {
      return tooFew(needed, name, rows.count());
    }
    return rows.isFinite() ? Optional.empty() : notFinite(name);
  }

  /**
   * As {@link #undefinedBelow}, of sums.
   *
   * @param largest entry of the diagonal of {@code products}
   */
  static Optional<Statistic> undefinedMoments(
      int needed, String name, long count, RowMatrix products, double largest) {
    if (count < needed) {
      return tooFew(needed, name, count);
    }
    if (!products.isFinite()) {
      return notFinite(name);
    }
    return largest > 0
        ? Optional.empty()
        : undefined(
            Statistic.Cause.NO_VARIANCE,
            "the %s matrix is constant: the variance of its %d rows is 0",
            name,
            count);
  }

  private static Optional<Statistic> tooFew(int needed, String name, long count) {
    return undefined(
        Statistic.Cause.TOO_FEW_PAIRS,
        "expected %d or more rows, the %s matrix has %d",
        needed,
        name,
        count);
  }

  private static Optional<Statistic> notFinite(String name) {
    return undefined(Statistic.Cause.NOT_FINITE, "the %s matrix has NaN or infinite entries", name);
  }

  private static Optional<Statistic> undefined(
      Statistic.Cause cause, String detail, Object... arguments) {
    return Optional.of(new Statistic.Undefined(cause, String.format(detail, arguments)));
  }

  /**
   * Relative to the first row, so that a common offset costs no digits; exact if rows are equal.
   */
  static double[] mean(RowMatrix rows) {
    double[] mean = new double[rows.width()];
    for (int j = 0; j < mean.length; j++) {
      double sum = 0;
      for (int i = 0; i < rows.count(); i++) {
        sum += rows.get(i, j) - rows.get(0, j);
      }
      mean[j] = rows.get(0, j) + sum / rows.count();
    }
    return mean;
  }
}
