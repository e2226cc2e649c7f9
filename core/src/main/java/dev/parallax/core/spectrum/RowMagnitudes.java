package dev.parallax.core.spectrum;

import dev.parallax.core.matrix.CentredRows;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.MatrixChecks;
import dev.parallax.core.similarity.Statistic;
import java.util.Optional;

/**
 * How long the rows of a matrix are, how much they vary, and how much of them is their common mean.
 * Immutable. Cost O(n p), no decomposition.
 *
 * <p>These are the figures that normalising rows or centring removes: a model that stops
 * normalising its vectors shows in {@link #meanNorm()} and {@link #normDeviation()} alone.
 */
public final class RowMagnitudes {

  private static final int MIN_ROWS_SPREAD = 2;

  private final Statistic totalVariance;
  private final Statistic meanShare;
  private final Statistic meanNorm;
  private final Statistic normDeviation;

  private RowMagnitudes(
      Statistic totalVariance, Statistic meanShare, Statistic meanNorm, Statistic normDeviation) {
    this.totalVariance = totalVariance;
    this.meanShare = meanShare;
    this.meanNorm = meanNorm;
    this.normDeviation = normDeviation;
  }

  /** Of the rows of a matrix, which may all be equal. */
  public static RowMagnitudes of(RowMatrix rows) {
    Optional<Statistic> none = MatrixChecks.notFiniteOrFewerThan(1, "given", rows);
    if (none.isPresent()) {
      return new RowMagnitudes(none.get(), none.get(), none.get(), none.get());
    }
    int exponent = Math.getExponent(rows.largest());
    double[] norms = new double[rows.count()];
    double secondMoment = 0;
    for (int i = 0; i < norms.length; i++) {
      for (int j = 0; j < rows.width(); j++) {
        double entry = Math.scalb(rows.get(i, j), -exponent);
        norms[i] += entry * entry;
      }
      secondMoment += norms[i];
      norms[i] = Math.sqrt(norms[i]);
    }
    double ofMean = 0;
    for (double value : rows.mean()) {
      double entry = Math.scalb(value, -exponent);
      ofMean += entry * entry;
    }
    double meanNorm = mean(norms);
    Statistic meanShare =
        secondMoment > 0
            ? Statistic.of(norms.length * ofMean / secondMoment)
            : new Statistic.Undefined(Statistic.Cause.DEGENERATE, "all rows are zero");
    Optional<Statistic> one = MatrixChecks.notFiniteOrFewerThan(MIN_ROWS_SPREAD, "given", rows);
    return new RowMagnitudes(
        one.orElseGet(() -> totalVariance(rows)),
        meanShare,
        Statistic.of(Math.scalb(meanNorm, exponent)),
        one.orElseGet(() -> Statistic.of(Math.scalb(deviation(norms, meanNorm), exponent))));
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double deviation(double[] values, double mean) {
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / (values.length - 1.0));
  }

  private static Statistic totalVariance(RowMatrix rows) {
    CentredRows centred = CentredRows.of(rows);
    double sum = 0;
    for (double norm : centred.squaredNorms()) {
      sum += norm;
    }
    return Statistic.of(Math.scalb(sum / (rows.count() - 1.0), 2 * centred.exponent()));
  }

  /** Trace of the covariance (with n − 1), in squared units of the entries; from two rows on. */
  public Statistic totalVariance() {
    return totalVariance;
  }

  /**
   * {@code n ‖x̄‖² / Σ ‖x_i‖²}: the share of the second moment that is the common mean, from 0 to
   * 1; about 1/n for centred isotropic rows.
   */
  public Statistic meanShare() {
    return meanShare;
  }

  /** Mean of the Euclidean norms, in the units of the entries. */
  public Statistic meanNorm() {
    return meanNorm;
  }

  /** Standard deviation (with n − 1) of the norms; from two rows on. */
  public Statistic normDeviation() {
    return normDeviation;
  }
}
