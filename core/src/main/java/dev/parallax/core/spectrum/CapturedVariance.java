package dev.parallax.core.spectrum;

import static dev.parallax.core.matrix.Products.dot;

import dev.parallax.core.similarity.Statistic;
import java.util.Optional;

/**
 * How much of the variance of one space lies in the first k principal axes of another of equal
 * width. Immutable. Cost O(k p min(n, p)) once both are decomposed.
 *
 * <p>An isotropic space has k/p of its variance in any k axes, which is why the figure is printed
 * with that null, and {@link #nullAdjusted()} is 0 there. Figures of axes are as stable as the
 * {@link PrincipalComponents#gap} behind them.
 */
public final class CapturedVariance {

  private final Statistic share;
  private final Statistic ownShare;
  private final Statistic ratio;
  private final double isotropicNull;
  private final Statistic nullAdjusted;

  private CapturedVariance(
      Statistic share,
      Statistic ownShare,
      Statistic ratio,
      double isotropicNull,
      Statistic nullAdjusted) {
    this.share = share;
    this.ownShare = ownShare;
    this.ratio = ratio;
    this.isotropicNull = isotropicNull;
    this.nullAdjusted = nullAdjusted;
  }

  /**
   * Of {@code space} in the first k axes of {@code basis}; undefined when the widths differ, {@code
   * basis} has fewer than k directions or {@code space} none.
   *
   * @param k 1 or more
   */
  public static CapturedVariance of(PrincipalComponents basis, PrincipalComponents space, int k) {
    double isotropicNull = k / (double) space.width();
    Optional<Statistic> none =
        basis
            .undefinedBelow(k)
            .or(space::undefined)
            .or(() -> PrincipalAngles.widthsDiffer(basis, space));
    if (none.isPresent()) {
      return new CapturedVariance(none.get(), none.get(), none.get(), isotropicNull, none.get());
    }
    double inBasis = 0;
    double own = 0;
    double total = 0;
    double[] values = space.scaledValues();
    for (int i = 0; i < values.length; i++) {
      double variance = values[i] * values[i];
      total += variance;
      own += i < k ? variance : 0;
      for (int j = 0; j < k; j++) {
        double cosine = dot(space.axis(i), basis.axis(j));
        inBasis += variance * cosine * cosine;
      }
    }
    double share = inBasis / total;
    return new CapturedVariance(
        Statistic.of(share),
        Statistic.of(own / total),
        Statistic.of(inBasis / own),
        isotropicNull,
        adjusted(share, isotropicNull));
  }

  private static Statistic adjusted(double share, double isotropicNull) {
    return isotropicNull < 1
        ? Statistic.of((share - isotropicNull) / (1 - isotropicNull))
        : new Statistic.Undefined(
            Statistic.Cause.DEGENERATE,
            "as many axes as dimensions hold all variance of any space");
  }

  /** Explained variance of the space in the axes of the basis, from 0 to 1. */
  public Statistic share() {
    return share;
  }

  /** Explained variance of the space in its own first k axes: the most that any k axes hold. */
  public Statistic ownShare() {
    return ownShare;
  }

  /** {@link #share()} over {@link #ownShare()}, from 0 to 1 up to rounding. */
  public Statistic ratio() {
    return ratio;
  }

  /** k/p, the share of an isotropic space. */
  public double isotropicNull() {
    return isotropicNull;
  }

  /** {@code (share − k/p) / (1 − k/p)}: 1 for all variance, 0 for the null, below 0 for less. */
  public Statistic nullAdjusted() {
    return nullAdjusted;
  }
}
