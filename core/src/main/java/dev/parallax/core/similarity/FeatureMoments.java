package dev.parallax.core.similarity;

import static dev.parallax.core.matrix.Products.dot;
import static dev.parallax.core.similarity.Vectors.addInPlace;
import static dev.parallax.core.similarity.Vectors.copy;
import static dev.parallax.core.similarity.Vectors.difference;
import static dev.parallax.core.similarity.Vectors.product;
import static dev.parallax.core.similarity.Vectors.squaredNorm;
import static dev.parallax.core.similarity.Vectors.squaredNorms;
import static dev.parallax.core.similarity.Vectors.sum;
import static dev.parallax.core.similarity.Vectors.times;
import static dev.parallax.core.similarity.Vectors.transposedTimes;
import static dev.parallax.core.similarity.Vectors.weightedSum;

import dev.parallax.core.matrix.RowMatrix;
import java.util.Arrays;

/**
 * Sums over paired rows from which linear CKA, biased and debiased, follows exactly, without the
 * rows: for baselines, audits and files larger than memory. Immutable; (p + q)² doubles whatever
 * the number of pairs, O((p + q)²) to add a pair or to merge.
 *
 * <p>With rows x, y relative to two origins and a = ‖x‖², b = ‖y‖² it holds n, Σx, Σy, Σxxᵀ, Σxyᵀ,
 * Σyyᵀ, Σa, Σb, Σxa, Σxb, Σya, Σyb, Σab, Σa², Σb². For rows whose sums are zero
 *
 * <pre>
 *   n(n−3) HSIC(x, y) = ‖Σxyᵀ‖² − n/(n−2) Σab + Σa Σb / ((n−1)(n−2))
 *   tr(KHLH)          = ‖Σxyᵀ‖²
 * </pre>
 *
 * which is the estimator of {@link DebiasedHsic} and the biased sum of {@link LinearCka}, as an
 * identity and not an approximation (Kornblith et al., 2019). Neither changes with the origins, so
 * {@link #about} may move them, and figures are always evaluated about the mean: sums of fourth
 * powers far from the origin lose their digits.
 *
 * <p>{@link #plus} is addition: any split of rows into panes, merged in any order, gives the same
 * moments up to rounding. There is no way to subtract.
 */
public final class FeatureMoments {

  /**
   * Share of the biased sum below which the debiased one, a difference of such sums, has fewer than
   * about five digits left.
   */
  private static final double KEPT = 1e-10;

  private final long count;
  private final SideMoments x;
  private final SideMoments y;

  /** Σxyᵀ, p × q. */
  private final double[][] cross;

  /** Σxb, length p. */
  private final double[] xByB;

  /** Σya, length q. */
  private final double[] yByA;

  /** Σab. */
  private final double ab;

  private FeatureMoments(
      long count,
      SideMoments x,
      SideMoments y,
      double[][] cross,
      double[] xByB,
      double[] yByA,
      double ab) {
    this.count = count;
    this.x = x;
    this.y = y;
    this.cross = cross;
    this.xByB = xByB;
    this.yByA = yByA;
    this.ab = ab;
  }

  /** Of finite paired rows about their own means, which keeps the most digits. */
  public static FeatureMoments of(PairedRows rows) {
    return of(rows, rows.production().mean(), rows.reference().mean());
  }

  /**
   * Of finite paired rows about given origins, which should be near their means.
   *
   * @param originX length p
   * @param originY length q
   */
  public static FeatureMoments of(PairedRows rows, double[] originX, double[] originY) {
    double[][] xs = relative(rows.production(), originX);
    double[][] ys = relative(rows.reference(), originY);
    double[] a = squaredNorms(xs);
    double[] b = squaredNorms(ys);
    return new FeatureMoments(
        rows.count(),
        SideMoments.of(xs, originX, a),
        SideMoments.of(ys, originY, b),
        product(xs, ys, originX.length, originY.length),
        weightedSum(xs, b, originX.length),
        weightedSum(ys, a, originY.length),
        dot(a, b));
  }

  private static double[][] relative(RowMatrix matrix, double[] origin) {
    if (matrix.width() != origin.length && matrix.count() > 0) {
      throw new IllegalArgumentException(
          "expected an origin of width " + matrix.width() + ", got " + origin.length);
    }
    double[][] rows = matrix.toRows();
    for (double[] row : rows) {
      addInPlace(row, -1, origin);
    }
    return rows;
  }

  /** Number of pairs. */
  public long count() {
    return count;
  }

  /**
   * These and the other rows, about the origins of these.
   *
   * @throws IllegalArgumentException when the widths differ
   */
  public FeatureMoments plus(FeatureMoments other) {
    FeatureMoments moved = other.about(x.origin(), y.origin());
    return new FeatureMoments(
        count + moved.count,
        x.plus(moved.x),
        y.plus(moved.y),
        sum(cross, moved.cross),
        sum(xByB, moved.xByB),
        sum(yByA, moved.yByA),
        ab + moved.ab);
  }

  /**
   * The same rows about other origins: with x′ = x + e and y′ = y + f every sum of products of x′
   * and y′ is a combination of those kept.
   *
   * @throws IllegalArgumentException when an origin has another width
   */
  public FeatureMoments about(double[] originX, double[] originY) {
    if (Arrays.equals(originX, x.origin()) && Arrays.equals(originY, y.origin())) {
      return this;
    }
    double[] e = difference(x.origin(), originX);
    double[] f = difference(y.origin(), originY);
    double n = count;
    double ee = dot(e, e);
    double ff = dot(f, f);
    double ex = dot(e, x.sum());
    double fy = dot(f, y.sum());
    double[] crossF = times(cross, f);
    double[] crossE = transposedTimes(cross, e);
    SideMoments newX = x.movedBy(e, n, originX);
    SideMoments newY = y.movedBy(f, n, originY);

    double[][] newCross = new double[cross.length][];
    for (int i = 0; i < cross.length; i++) {
      newCross[i] = cross[i].clone();
      addInPlace(newCross[i], x.sum()[i] + n * e[i], f);
      addInPlace(newCross[i], e[i], y.sum());
    }
    // Σ(x+e)b′ with b′ = b + 2f·y + ‖f‖², and the same for y.
    double[] newXByB = xByB.clone();
    addInPlace(newXByB, 2, crossF);
    addInPlace(newXByB, ff, x.sum());
    addInPlace(newXByB, newY.squares(), e);
    double[] newYByA = yByA.clone();
    addInPlace(newYByA, 2, crossE);
    addInPlace(newYByA, ee, y.sum());
    addInPlace(newYByA, newX.squares(), f);
    double newAb =
        ab
            + 2 * dot(f, yByA)
            + ff * x.squares()
            + 2 * dot(e, xByB)
            + 4 * dot(e, crossF)
            + 2 * ff * ex
            + ee * (y.squares() + 2 * fy + n * ff);
    return new FeatureMoments(count, newX, newY, newCross, newXByB, newYByA, newAb);
  }

  /** About the mean of the rows seen so far, where every figure is evaluated. */
  public FeatureMoments aboutMean() {
    return count == 0 ? this : about(x.mean(count), y.mean(count));
  }

  /** Biased linear CKA, as {@link LinearCka#biased()}; defined from two pairs on. */
  public Statistic biasedCka() {
    FeatureMoments centred = aboutMean();
    double xx = squaredNorm(centred.x.products());
    double yy = squaredNorm(centred.y.products());
    return count < 2 ? tooFew(2) : ratio(squaredNorm(centred.cross), xx, yy, xx > 0 && yy > 0);
  }

  /**
   * Debiased linear CKA, as {@link LinearCka#debiased()}; defined from four pairs on. Undefined too
   * where few rows carry so much of the variance that the difference of sums has lost its digits;
   * {@link LinearCka} goes back to the rows there.
   */
  public Statistic debiasedCka() {
    if (count < DebiasedHsic.MIN_PAIRS) {
      return tooFew(DebiasedHsic.MIN_PAIRS);
    }
    FeatureMoments centred = aboutMean();
    HsicTriple hsic = centred.centredHsic();
    double scale = count * (count - 3.0);
    boolean kept =
        hsic.xx() * scale > KEPT * squaredNorm(centred.x.products())
            && hsic.yy() * scale > KEPT * squaredNorm(centred.y.products());
    return ratio(hsic.xy(), hsic.xx(), hsic.yy(), kept);
  }

  /**
   * Debiased HSIC between the sides and of each with itself, as {@link DebiasedHsic} of all rows.
   *
   * @throws IllegalStateException for fewer than {@link DebiasedHsic#MIN_PAIRS} pairs
   */
  public HsicTriple debiasedHsic() {
    if (count < DebiasedHsic.MIN_PAIRS) {
      throw new IllegalStateException(
          "expected " + DebiasedHsic.MIN_PAIRS + " or more pairs, got " + count);
    }
    return aboutMean().centredHsic();
  }

  private HsicTriple centredHsic() {
    return new HsicTriple(
        hsic(squaredNorm(cross), ab, x.squares(), y.squares()),
        hsic(squaredNorm(x.products()), x.fourths(), x.squares(), x.squares()),
        hsic(squaredNorm(y.products()), y.fourths(), y.squares(), y.squares()));
  }

  private double hsic(double products, double squaredTogether, double squaresX, double squaresY) {
    double n = count;
    return (products - n / (n - 2) * squaredTogether + squaresX * squaresY / ((n - 1) * (n - 2)))
        / (n * (n - 3));
  }

  private Statistic tooFew(int needed) {
    return new Statistic.Undefined(
        Statistic.Cause.TOO_FEW_PAIRS, "expected " + needed + " or more pairs, got " + count);
  }

  private static Statistic ratio(double xy, double xx, double yy, boolean kept) {
    double value = xy / Math.sqrt(xx) / Math.sqrt(yy);
    return kept && Double.isFinite(value)
        ? new Statistic.Stated(value)
        : new Statistic.Undefined(
            Statistic.Cause.DEGENERATE,
            "a matrix has no variance, or so few rows carry it that the sums have lost it");
  }

  /** Mean of the production rows, length p. */
  public double[] meanX() {
    return absoluteMean(x);
  }

  /** Mean of the reference rows, length q. */
  public double[] meanY() {
    return absoluteMean(y);
  }

  private double[] absoluteMean(SideMoments side) {
    return count == 0 ? side.origin().clone() : side.mean(count);
  }

  /** Σ(x − x̄)(x − x̄)ᵀ, p × p. */
  public double[][] centredProductsX() {
    return copy(aboutMean().x.products());
  }

  /** Σ(y − ȳ)(y − ȳ)ᵀ, q × q. */
  public double[][] centredProductsY() {
    return copy(aboutMean().y.products());
  }

  /** Σ(x − x̄)(y − ȳ)ᵀ, p × q. */
  public double[][] centredProductsXy() {
    return copy(aboutMean().cross);
  }
}
