package dev.parallax.core.spectrum;

import dev.parallax.core.matrix.CentredRows;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.matrix.SingularValues;
import dev.parallax.core.similarity.MatrixChecks;
import dev.parallax.core.similarity.Statistic;
import java.util.Optional;

/**
 * The singular values σ of one matrix and how many directions they spread over. Immutable.
 *
 * <p>There are several such counts, all from 1 to min(n − 1, p) for centred rows, all equal to r
 * for r equal singular values, and otherwise different numbers. None is defined for a matrix
 * without variance. All depend on the number of rows: fewer rows than dimensions cannot show more
 * directions than rows, so compare samples of similar size, or use {@link
 * ParticipationRatio#debiased()}.
 */
public final class Spectrum {

  /** What the released code of RankMe adds to every share. */
  private static final double RANK_ME_EPSILON = 1e-7;

  private final double[] singularValues;
  private final double[] explainedVarianceRatios;
  private final Statistic effectiveRank;
  private final Statistic effectiveRankOfVariances;
  private final Statistic rankMe;
  private final Statistic participationRatio;

  private Spectrum(double[] scaled, int exponent) {
    double largest = scaled[0];
    double[] sigma = new double[scaled.length];
    double[] lambda = new double[scaled.length];
    singularValues = new double[scaled.length];
    for (int i = 0; i < scaled.length; i++) {
      singularValues[i] = Math.scalb(scaled[i], exponent);
      sigma[i] = scaled[i] / largest;
      lambda[i] = sigma[i] * sigma[i];
    }
    explainedVarianceRatios = shares(lambda);
    effectiveRank = Statistic.of(exponentiatedEntropy(shares(sigma), 0));
    effectiveRankOfVariances = Statistic.of(exponentiatedEntropy(explainedVarianceRatios, 0));
    rankMe = Statistic.of(exponentiatedEntropy(shares(sigma), RANK_ME_EPSILON));
    participationRatio = Statistic.of(1 / sumOfSquares(explainedVarianceRatios));
  }

  private Spectrum(Statistic undefined) {
    singularValues = new double[0];
    explainedVarianceRatios = new double[0];
    effectiveRank = undefined;
    effectiveRankOfVariances = undefined;
    rankMe = undefined;
    participationRatio = undefined;
  }

  /** Of the centred rows: the variance of a space, without its mean. Two rows or more. */
  public static Spectrum of(RowMatrix rows) {
    Optional<Statistic> none = MatrixChecks.undefinedBelow(2, "given", rows);
    if (none.isPresent()) {
      return new Spectrum(none.get());
    }
    CentredRows centred = CentredRows.of(rows);
    return new Spectrum(SingularValues.valuesOf(centred.rows()), centred.exponent());
  }

  /** Of the centred rows that were decomposed already, or of their moments. */
  public static Spectrum of(PrincipalComponents components) {
    return components
        .undefined()
        .map(Spectrum::new)
        .orElseGet(() -> new Spectrum(components.scaledValues(), components.exponent()));
  }

  /** Of the rows as they are, so that a common mean counts as one more direction. One or more. */
  public static Spectrum ofRaw(RowMatrix rows) {
    Optional<Statistic> none = MatrixChecks.notFiniteOrFewerThan(1, "given", rows);
    if (none.isPresent()) {
      return new Spectrum(none.get());
    }
    if (rows.largest() == 0) {
      return new Spectrum(
          new Statistic.Undefined(
              Statistic.Cause.DEGENERATE,
              "all entries of the " + rows.count() + " given rows are zero"));
    }
    return new Spectrum(
        SingularValues.valuesOf(rows.unitScaled().toRows()), Math.getExponent(rows.largest()));
  }

  private static double[] shares(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double[] shares = new double[values.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = values[i] / sum;
    }
    return shares;
  }

  private static double exponentiatedEntropy(double[] shares, double added) {
    double entropy = 0;
    for (double share : shares) {
      double p = share + added;
      entropy -= p > 0 ? p * StrictMath.log(p) : 0;
    }
    return StrictMath.exp(entropy);
  }

  private static double sumOfSquares(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return sum;
  }

  /** Descending, min(n, p) of them, in the units of the entries; none when undefined. */
  public double[] singularValues() {
    return singularValues.clone();
  }

  /** {@code σᵢ² / Σσ²}, descending, sums to 1; none when undefined. */
  public double[] explainedVarianceRatios() {
    return explainedVarianceRatios.clone();
  }

  /**
   * Effective rank: {@code exp(−Σ pᵢ ln pᵢ)} with {@code pᵢ = σᵢ / Σσ}. The headline count. From
   * moments it is right to about 2e-5 where the spectrum spans more than six decades, else to 1e-8.
   *
   * @see <a href="https://ieeexplore.ieee.org/document/7098875">Roy and Vetterli (2007)</a>
   */
  public Statistic effectiveRank() {
    return effectiveRank;
  }

  /**
   * The same with the variances, {@code pᵢ = σᵢ² / Σσ²}: a smaller and different number, which
   * weighs strong directions more and is as accurate from moments as from rows.
   */
  public Statistic effectiveRankOfVariances() {
    return effectiveRankOfVariances;
  }

  /**
   * RankMe as released: the effective rank with 1e-7 added to every share, which then no longer sum
   * to 1. The published figure is that of {@link #ofRaw}.
   *
   * @see <a href="https://arxiv.org/abs/2210.02885">Garrido et al. (2023)</a>
   */
  public Statistic rankMe() {
    return rankMe;
  }

  /**
   * Participation ratio {@code (Σσ²)² / Σσ⁴}, the naive plug-in estimate: for isotropic rows in p
   * dimensions it reads about {@code n p / (n + p)}.
   *
   * @see ParticipationRatio
   */
  public Statistic participationRatio() {
    return participationRatio;
  }
}
