package dev.parallax.core.twosample;

import dev.parallax.core.matrix.OrderStatistic;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.MatrixChecks;
import dev.parallax.core.similarity.Statistic;
import java.util.Optional;

/**
 * Unbiased squared maximum mean discrepancy (MMD²) of two sets of rows under a Gaussian kernel
 * {@code k(x, y) = exp(−‖x − y‖²/(2σ²))}: the mean kernel value within each set, of different rows,
 * less twice the mean between them, all n · m pairs. Immutable.
 *
 * <p>From below 0 to 2; its mean is 0 when both sets come from one distribution, and it is then
 * negative half of the time. It sees rotations and shifts, and differences of any kind for many
 * rows, but best those of the size of σ.
 *
 * <p>σ is given, or by the median heuristic of alibi-detect: {@code σ² = ½ · median} of the squared
 * distances of all pairs of different rows of both sets, of an even number the lower of the middle
 * two. A σ that follows the data hides part of a movement; across time give one. Cost O((n + m)² p)
 * and as many exponentials, twice the products with the heuristic, which also holds all distances
 * once, 4 (n + m)² bytes: hence {@link #MAX_ROWS_MEDIAN}.
 *
 * @see <a href="https://jmlr.org/papers/v13/gretton12a.html">Gretton et al. (2012), equation 3</a>
 */
public final class MaximumMeanDiscrepancy {

  /** Most rows of both sets together with the median heuristic: 268 MB of distances. */
  public static final int MAX_ROWS_MEDIAN = 8192;

  private static final int MIN_ROWS = 2;

  private final Statistic squared;
  private final Statistic sigma;

  private MaximumMeanDiscrepancy(Statistic squared, Statistic sigma) {
    this.squared = squared;
    this.sigma = sigma;
  }

  /** With σ by the median heuristic. */
  public static MaximumMeanDiscrepancy of(RowMatrix production, RowMatrix reference) {
    Optional<Statistic> none =
        undefined(production, reference)
            .or(() -> tooMany(production.count() + (long) reference.count()));
    if (none.isPresent()) {
      return new MaximumMeanDiscrepancy(none.get(), none.get());
    }
    SquaredDistanceRows distances = new SquaredDistanceRows(production.followedBy(reference));
    double median = lowerMedian(distances, production.count() + reference.count());
    if (median == 0) {
      Statistic equal =
          new Statistic.Undefined(
              Statistic.Cause.DEGENERATE,
              "the median squared distance is 0: half of the pairs of rows or more are equal");
      return new MaximumMeanDiscrepancy(equal, equal);
    }
    double sigma = Math.scalb(Math.sqrt(median / 2), distances.exponent() / 2);
    return new MaximumMeanDiscrepancy(
        new Statistic.Stated(squared(distances, production.count(), reference.count(), median)),
        new Statistic.Stated(sigma));
  }

  /**
   * With a given σ; any number of rows.
   *
   * @param sigma in the units of the entries, more than 0
   * @throws IllegalArgumentException when sigma is not positive
   */
  public static MaximumMeanDiscrepancy of(RowMatrix production, RowMatrix reference, double sigma) {
    if (!(sigma > 0) || !Double.isFinite(sigma)) {
      throw new IllegalArgumentException("sigma=" + sigma + ": expected more than 0");
    }
    return new MaximumMeanDiscrepancy(
        undefined(production, reference).orElseGet(() -> squared(production, reference, sigma)),
        new Statistic.Stated(sigma));
  }

  private static Statistic squared(RowMatrix production, RowMatrix reference, double sigma) {
    SquaredDistanceRows distances = new SquaredDistanceRows(production.followedBy(reference));
    double inUnits = Math.scalb(sigma, -distances.exponent() / 2);
    double twoSigmaSquared =
        Math.min(Double.MAX_VALUE, Math.max(Double.MIN_VALUE, 2 * inUnits * inUnits));
    return new Statistic.Stated(
        squared(distances, production.count(), reference.count(), twoSigmaSquared));
  }

  private static Optional<Statistic> undefined(RowMatrix production, RowMatrix reference) {
    if (Math.min(production.count(), reference.count()) < MIN_ROWS) {
      return Optional.of(
          new Statistic.Undefined(
              Statistic.Cause.TOO_FEW_PAIRS,
              "expected "
                  + MIN_ROWS
                  + " or more rows on both sides, got "
                  + production.count()
                  + " and "
                  + reference.count()));
    }
    if (production.width() != reference.width()) {
      return Optional.of(
          new Statistic.Undefined(
              Statistic.Cause.WIDTHS_DIFFER,
              "expected equal widths, got " + production.width() + " and " + reference.width()));
    }
    return MatrixChecks.notFinite("production", production)
        .or(() -> MatrixChecks.notFinite("reference", reference));
  }

  private static Optional<Statistic> tooMany(long rows) {
    return rows <= MAX_ROWS_MEDIAN
        ? Optional.empty()
        : Optional.of(
            new Statistic.Undefined(
                Statistic.Cause.TOO_MANY_PAIRS,
                "expected "
                    + MAX_ROWS_MEDIAN
                    + " or fewer rows of both sides, whose distances are held at once, got "
                    + rows));
  }

  private static double lowerMedian(SquaredDistanceRows distances, int rows) {
    double[] pairs = new double[rows * (rows - 1) / 2];
    int next = 0;
    for (int i = 0; i < rows; i++) {
      int rest = rows - i - 1;
      System.arraycopy(distances.row(i), i + 1, pairs, next, rest);
      next += rest;
    }
    return OrderStatistic.select(pairs, (pairs.length - 1) / 2);
  }

  private static double squared(
      SquaredDistanceRows distances, int n, int m, double twoSigmaSquared) {
    double within = 0;
    double between = 0;
    double withinOther = 0;
    for (int i = 0; i < n + m; i++) {
      double[] row = distances.row(i);
      int split = Math.max(i + 1, n);
      double same = 0;
      for (int j = i + 1; j < split; j++) {
        same += StrictMath.exp(-row[j] / twoSigmaSquared);
      }
      double other = 0;
      for (int j = split; j < n + m; j++) {
        other += StrictMath.exp(-row[j] / twoSigmaSquared);
      }
      if (i < n) {
        within += same;
        between += other;
      } else {
        withinOther += other;
      }
    }
    return 2 * within / n / (n - 1.0) + 2 * withinOther / m / (m - 1.0) - 2 * between / n / m;
  }

  /** MMD². */
  public Statistic squared() {
    return squared;
  }

  /** The bandwidth that it was taken with, in the units of the entries. */
  public Statistic sigma() {
    return sigma;
  }
}
