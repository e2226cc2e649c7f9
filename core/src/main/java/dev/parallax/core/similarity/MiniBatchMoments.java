package dev.parallax.core.similarity;

import java.util.OptionalDouble;

/**
 * What the batches of a pane leave behind: ten doubles, from which debiased CKA and its interval
 * are read and which add up over panes.
 *
 * <p>They are the number of batches B, the three sums of the HSIC values of {@link HsicTriple} and
 * their six second moments about zero. The estimate is {@code θ = Σxy / √(Σxx · Σyy)} (Nguyen et
 * al., 2021): each sum is unbiased for B times its HSIC, the ratio is consistent as B grows. It
 * describes geometry inside batches and does not see means that move between them.
 *
 * <p>Immutable. Addition of doubles is not associative, so who merges the same panes in the same
 * order gets the same bits, and who merges them in another gets the same up to rounding.
 *
 * @see <a href="https://arxiv.org/abs/2010.15327">Nguyen et al. (2021)</a>
 */
public final class MiniBatchMoments {

  /** Fewest batches for an interval; below, the spread between batches is too uncertain. */
  public static final int MIN_BATCHES_FOR_INTERVAL = 8;

  private static final int SIZE = 10;

  /** Two-sided 95%. */
  private static final double UPPER_PROBABILITY = 0.975;

  /**
   * By Cauchy-Schwarz |θ| ≤ 1 for the HSIC values of any data; single-precision kernels overshoot
   * by about 1e-6. Sums that overshoot by this much are rounding and not a measurement.
   */
  private static final double OVERSHOOT = 1e-3;

  private static final MiniBatchMoments NONE = new MiniBatchMoments(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  private final long batches;
  private final double xy;
  private final double xx;
  private final double yy;
  private final double xyxy;
  private final double xyxx;
  private final double xyyy;
  private final double xxxx;
  private final double xxyy;
  private final double yyyy;

  private MiniBatchMoments(
      long batches,
      double xy,
      double xx,
      double yy,
      double xyxy,
      double xyxx,
      double xyyy,
      double xxxx,
      double xxyy,
      double yyyy) {
    this.batches = batches;
    this.xy = xy;
    this.xx = xx;
    this.yy = yy;
    this.xyxy = xyxy;
    this.xyxx = xyxx;
    this.xyyy = xyyy;
    this.xxxx = xxxx;
    this.xxyy = xxyy;
    this.yyyy = yyyy;
  }

  /** The moments of no batch. */
  public static MiniBatchMoments none() {
    return NONE;
  }

  /** These and one more batch. */
  public MiniBatchMoments plus(HsicTriple h) {
    return merge(
        new MiniBatchMoments(
            1,
            h.xy(),
            h.xx(),
            h.yy(),
            h.xy() * h.xy(),
            h.xy() * h.xx(),
            h.xy() * h.yy(),
            h.xx() * h.xx(),
            h.xx() * h.yy(),
            h.yy() * h.yy()));
  }

  /** These and the batches of {@code later}. */
  public MiniBatchMoments merge(MiniBatchMoments later) {
    return new MiniBatchMoments(
        batches + later.batches,
        xy + later.xy,
        xx + later.xx,
        yy + later.yy,
        xyxy + later.xyxy,
        xyxx + later.xyxx,
        xyyy + later.xyyy,
        xxxx + later.xxxx,
        xxyy + later.xxyy,
        yyyy + later.yyyy);
  }

  /** Number of batches. */
  public long batches() {
    return batches;
  }

  /**
   * Mean of the debiased HSIC of the live side with itself, ‖Σ‖² of its covariance; NaN of none.
   */
  public double meanLive() {
    return xx / batches;
  }

  /**
   * Debiased CKA of the batches seen, with a 95% interval from {@link #MIN_BATCHES_FOR_INTERVAL}
   * batches on.
   *
   * <p>The interval is θ ± t · se with the Student t of B − 1 degrees of freedom and se by the
   * delta method. Linearised, θ moves by the mean of {@code u = (h_xy − θ/2 · √(Σyy/Σxx) · h_xx −
   * θ/2 · √(Σxx/Σyy) · h_yy) / √(h̄xx · h̄yy)} over batches; that mean is 0 by the choice of θ, so
   * {@code se² = Σu² / (B(B − 1))} needs no subtraction of means.
   *
   * <p>Degenerate means that a sum is not finite, that Σxx or Σyy is not above zero, or that |θ| is
   * beyond 1 by more than the rounding of a single-precision kernel, which no data can cause.
   * Whether a positive sum is negligible cannot be told from the sums, which do not know the scale
   * of the rows: {@link DebiasedHsic} knows it and returns exact zeros for such batches.
   */
  public Estimate estimate() {
    if (batches == 0) {
      return new Estimate.TooFewPairs(0, 1);
    }
    // Roots before the product: the product of two tiny sums would underflow.
    double rootX = Math.sqrt(xx);
    double rootY = Math.sqrt(yy);
    double theta = xy / rootX / rootY;
    // Written so that NaN fails each condition.
    boolean sound =
        xx > 0
            && yy > 0
            && xx <= Double.MAX_VALUE
            && yy <= Double.MAX_VALUE
            && Math.abs(theta) <= 1 + OVERSHOOT;
    if (!sound) {
      return new Estimate.Degenerate(batches);
    }
    if (batches < MIN_BATCHES_FOR_INTERVAL) {
      return new Estimate.Stated(theta, OptionalDouble.empty(), OptionalDouble.empty(), batches);
    }
    double halfWidth =
        StudentT.quantile(UPPER_PROBABILITY, batches - 1) * standardError(theta, rootX, rootY);
    return new Estimate.Stated(
        theta, OptionalDouble.of(theta - halfWidth), OptionalDouble.of(theta + halfWidth), batches);
  }

  private double standardError(double theta, double rootX, double rootY) {
    double c = theta / 2;
    // Second moments in units in which Σxx = Σyy = 1, where u = h_xy − c h_xx − c h_yy.
    double squares =
        xyxy / xx / yy
            + c * c * (xxxx / xx / xx + 2 * xxyy / xx / yy + yyyy / yy / yy)
            - 2 * c * (xyxx / xx / rootX / rootY + xyyy / yy / rootX / rootY);
    // Exactly proportional spaces leave rounding of either sign.
    return Math.sqrt(Math.max(0, squares) * batches / (batches - 1.0));
  }

  /**
   * The ten doubles: B; Σxy, Σxx, Σyy; and the second moments xy·xy, xy·xx, xy·yy, xx·xx, xx·yy,
   * yy·yy.
   */
  public double[] toArray() {
    return new double[] {batches, xy, xx, yy, xyxy, xyxx, xyyy, xxxx, xxyy, yyyy};
  }

  /**
   * The inverse of {@link #toArray()}.
   *
   * @throws IllegalArgumentException when there are not ten, or the first is not a count
   */
  public static MiniBatchMoments fromArray(double[] moments) {
    if (moments.length != SIZE) {
      throw new IllegalArgumentException("expected " + SIZE + " moments, got " + moments.length);
    }
    long batches = (long) moments[0];
    if (batches < 0 || batches != moments[0]) {
      throw new IllegalArgumentException("expected a count of batches first, got " + moments[0]);
    }
    return new MiniBatchMoments(
        batches,
        moments[1],
        moments[2],
        moments[3],
        moments[4],
        moments[5],
        moments[6],
        moments[7],
        moments[8],
        moments[9]);
  }
}
