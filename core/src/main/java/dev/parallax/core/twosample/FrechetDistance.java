package dev.parallax.core.twosample;

import dev.parallax.core.matrix.OrthogonalFit;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.Statistic;
import dev.parallax.core.spectrum.PrincipalComponents;
import java.util.Optional;

/**
 * Squared Fréchet (Wasserstein-2) distance between the normal distributions with the means and
 * covariances of two sets of rows. Immutable.
 *
 * <p>{@code ‖μ₁ − μ₂‖² + tr C₁ + tr C₂ − 2 tr (C₁ C₂)^½}, covariances with n − 1. The last term is
 * the nuclear norm of {@code Xc Ycᵀ} over {@code √((n−1)(m−1))}, which needs no root of a matrix
 * and is accurate for singular covariances too; where the sets nearly coincide the last three terms
 * are summed as the one distance that they are. Never negative, in squared units of the entries,
 * and biased upwards: two samples of one distribution are at a distance of order (tr C)/n apart and
 * more for fewer rows than dimensions. It sees rotations. Cost O(p² min(n, m, p)) after
 * decomposition.
 *
 * @see <a href="https://doi.org/10.1016/0047-259X(82)90077-X">Dowson and Landau (1982)</a>
 */
public final class FrechetDistance {

  private final Statistic squared;
  private final Statistic meanShiftSquared;

  private FrechetDistance(Statistic squared, Statistic meanShiftSquared) {
    this.squared = squared;
    this.meanShiftSquared = meanShiftSquared;
  }

  /** Of two sets of two rows or more each; undefined when the widths differ. */
  public static FrechetDistance of(RowMatrix production, RowMatrix reference) {
    return of(
        PrincipalComponents.of("production", production),
        PrincipalComponents.of("reference", reference));
  }

  /** Of rows that were decomposed already, or of their moments. A constant side is a point. */
  public static FrechetDistance of(PrincipalComponents first, PrincipalComponents second) {
    Optional<Statistic> none = unusable(first).or(() -> unusable(second));
    if (none.isEmpty() && first.width() != second.width()) {
      none =
          Optional.of(
              new Statistic.Undefined(
                  Statistic.Cause.WIDTHS_DIFFER,
                  "expected equal widths, got " + first.width() + " and " + second.width()));
    }
    return none.map(it -> new FrechetDistance(it, it)).orElseGet(() -> defined(first, second));
  }

  private static Optional<Statistic> unusable(PrincipalComponents components) {
    return components.undefined().filter(it -> !isOfConstantRows(it));
  }

  private static boolean isOfConstantRows(Statistic reason) {
    return reason instanceof Statistic.Undefined undefined
        && undefined.cause() == Statistic.Cause.NO_VARIANCE;
  }

  private static FrechetDistance defined(PrincipalComponents first, PrincipalComponents second) {
    double shift = 0;
    double[] mean = first.mean();
    double[] otherMean = second.mean();
    for (int j = 0; j < mean.length; j++) {
      double difference = mean[j] - otherMean[j];
      shift += difference * difference;
    }
    int exponent = Math.max(first.exponent(), second.exponent());
    double spread =
        OrthogonalFit.of(covarianceRoot(first, exponent), covarianceRoot(second, exponent))
            .squaredDistance();
    return new FrechetDistance(
        Statistic.of(shift + Math.scalb(spread, 2 * exponent)), Statistic.of(shift));
  }

  /** A with {@code A Aᵀ = C}, in units of {@code 2^exponent}; one zero column without variance. */
  private static double[][] covarianceRoot(PrincipalComponents components, int exponent) {
    if (components.undefined().isPresent()) {
      return new double[components.width()][1];
    }
    double[][] root = components.loadings();
    double deviations = Math.sqrt(components.count() - 1.0);
    for (double[] row : root) {
      for (int k = 0; k < row.length; k++) {
        row[k] = Math.scalb(row[k] / deviations, components.exponent() - exponent);
      }
    }
    return root;
  }

  /** The squared distance. */
  public Statistic squared() {
    return squared;
  }

  /** Its first term, {@code ‖μ₁ − μ₂‖²}: the part that is a shift of the mean. */
  public Statistic meanShiftSquared() {
    return meanShiftSquared;
  }
}
