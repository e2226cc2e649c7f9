package dev.parallax.core.similarity;

import dev.parallax.core.matrix.Products;
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
  private final Side x;
  private final Side y;

  /** Σxyᵀ, p × q. */
  private final double[][] cross;

  /** Σxb, length p. */
  private final double[] xByB;

  /** Σya, length q. */
  private final double[] yByA;

  /** Σab. */
  private final double ab;

  private FeatureMoments(
      long count, Side x, Side y, double[][] cross, double[] xByB, double[] yByA, double ab) {
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
    return of(rows, mean(rows.production()), mean(rows.reference()));
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
        Side.of(xs, originX, a),
        Side.of(ys, originY, b),
        product(xs, ys, originX.length, originY.length),
        weightedSum(xs, b, originX.length),
        weightedSum(ys, a, originY.length),
        dot(a, b));
  }

  private static double[] mean(RowMatrix matrix) {
    double[] mean = new double[matrix.width()];
    for (int i = 0; i < matrix.count(); i++) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += matrix.get(i, j) / matrix.count();
      }
    }
    return mean;
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

  private static double[] squaredNorms(double[][] rows) {
    return Arrays.stream(rows).mapToDouble(row -> dot(row, row)).toArray();
  }

  private static double[][] product(double[][] a, double[][] b, int p, int q) {
    double[][] product = new double[p][q];
    Products.transposed(a, b, 0, p, 0, product);
    return product;
  }

  private static double[] weightedSum(double[][] rows, double[] weights, int width) {
    double[] sum = new double[width];
    for (int i = 0; i < rows.length; i++) {
      addInPlace(sum, weights[i], rows[i]);
    }
    return sum;
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
    FeatureMoments moved = other.about(x.origin, y.origin);
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
    if (Arrays.equals(originX, x.origin) && Arrays.equals(originY, y.origin)) {
      return this;
    }
    double[] e = difference(x.origin, originX);
    double[] f = difference(y.origin, originY);
    double n = count;
    double ee = dot(e, e);
    double ff = dot(f, f);
    double ex = dot(e, x.sum);
    double fy = dot(f, y.sum);
    double[] crossF = times(cross, f);
    double[] crossE = transposedTimes(cross, e);
    Side newX = x.movedBy(e, n, originX);
    Side newY = y.movedBy(f, n, originY);

    double[][] newCross = new double[cross.length][];
    for (int i = 0; i < cross.length; i++) {
      newCross[i] = cross[i].clone();
      addInPlace(newCross[i], x.sum[i] + n * e[i], f);
      addInPlace(newCross[i], e[i], y.sum);
    }
    // Σ(x+e)b′ with b′ = b + 2f·y + ‖f‖², and the same for y.
    double[] newXByB = xByB.clone();
    addInPlace(newXByB, 2, crossF);
    addInPlace(newXByB, ff, x.sum);
    addInPlace(newXByB, newY.squares, e);
    double[] newYByA = yByA.clone();
    addInPlace(newYByA, 2, crossE);
    addInPlace(newYByA, ee, y.sum);
    addInPlace(newYByA, newX.squares, f);
    double newAb =
        ab
            + 2 * dot(f, yByA)
            + ff * x.squares
            + 2 * dot(e, xByB)
            + 4 * dot(e, crossF)
            + 2 * ff * ex
            + ee * (y.squares + 2 * fy + n * ff);
    return new FeatureMoments(count, newX, newY, newCross, newXByB, newYByA, newAb);
  }

  /** About the mean of the rows seen so far, where every figure is evaluated. */
  public FeatureMoments aboutMean() {
    return count == 0 ? this : about(x.mean(count), y.mean(count));
  }

  /** Biased linear CKA, as {@link LinearCka#biased()}; defined from two pairs on. */
  public Statistic biasedCka() {
    FeatureMoments centred = aboutMean();
    double xx = squaredNorm(centred.x.products);
    double yy = squaredNorm(centred.y.products);
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
        hsic.xx() * scale > KEPT * squaredNorm(centred.x.products)
            && hsic.yy() * scale > KEPT * squaredNorm(centred.y.products);
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
        hsic(squaredNorm(cross), ab, x.squares, y.squares),
        hsic(squaredNorm(x.products), x.fourths, x.squares, x.squares),
        hsic(squaredNorm(y.products), y.fourths, y.squares, y.squares));
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

  private double[] absoluteMean(Side side) {
    return count == 0 ? side.origin.clone() : side.mean(count);
  }

  /** Σ(x − x̄)(x − x̄)ᵀ, p × p. */
  public double[][] centredProductsX() {
    return copy(aboutMean().x.products);
  }

  /** Σ(y − ȳ)(y − ȳ)ᵀ, q × q. */
  public double[][] centredProductsY() {
    return copy(aboutMean().y.products);
  }

  /** Σ(x − x̄)(y − ȳ)ᵀ, p × q. */
  public double[][] centredProductsXy() {
    return copy(aboutMean().cross);
  }

  /**
   * The sums of one side.
   *
   * @param origin what rows are relative to
   * @param sum Σx
   * @param products Σxxᵀ
   * @param bySquares Σxa
   * @param squares Σa
   * @param fourths Σa²
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Side(
      double[] origin,
      double[] sum,
      double[][] products,
      double[] bySquares,
      double squares,
      double fourths) {

    static Side of(double[][] rows, double[] origin, double[] a) {
      int width = origin.length;
      double[] ones = new double[rows.length];
      Arrays.fill(ones, 1);
      return new Side(
          origin.clone(),
          weightedSum(rows, ones, width),
          product(rows, rows, width, width),
          weightedSum(rows, a, width),
          Arrays.stream(a).sum(),
          dot(a, a));
    }

    Side plus(Side other) {
      return new Side(
          origin,
          FeatureMoments.sum(sum, other.sum),
          FeatureMoments.sum(products, other.products),
          FeatureMoments.sum(bySquares, other.bySquares),
          squares + other.squares,
          fourths + other.fourths);
    }

    /** Of x + e for each of n rows x. */
    Side movedBy(double[] e, double n, double[] newOrigin) {
      double ee = dot(e, e);
      double ex = dot(e, sum);
      double[] productsE = times(products, e);
      double newSquares = squares + 2 * ex + n * ee;
      double[] newSum = sum.clone();
      addInPlace(newSum, n, e);
      double[][] newProducts = new double[products.length][];
      for (int i = 0; i < products.length; i++) {
        newProducts[i] = products[i].clone();
        addInPlace(newProducts[i], newSum[i], e);
        addInPlace(newProducts[i], e[i], sum);
      }
      double[] newBySquares = bySquares.clone();
      addInPlace(newBySquares, 2, productsE);
      addInPlace(newBySquares, ee, sum);
      addInPlace(newBySquares, newSquares, e);
      double newFourths =
          fourths
              + 4 * dot(e, bySquares)
              + 2 * ee * squares
              + 4 * dot(e, productsE)
              + 4 * ee * ex
              + n * ee * ee;
      return new Side(newOrigin.clone(), newSum, newProducts, newBySquares, newSquares, newFourths);
    }

    double[] mean(double n) {
      double[] mean = origin.clone();
      addInPlace(mean, 1 / n, sum);
      return mean;
    }
  }

  private static double[] difference(double[] from, double[] to) {
    if (from.length != to.length) {
      throw new IllegalArgumentException("expected width " + from.length + ", got " + to.length);
    }
    double[] difference = from.clone();
    addInPlace(difference, -1, to);
    return difference;
  }

  private static double[] sum(double[] a, double[] b) {
    double[] sum = a.clone();
    addInPlace(sum, 1, b);
    return sum;
  }

  private static double[][] sum(double[][] a, double[][] b) {
    double[][] sum = new double[a.length][];
    for (int i = 0; i < a.length; i++) {
      sum[i] = sum(a[i], b[i]);
    }
    return sum;
  }

  private static double[][] copy(double[][] matrix) {
    double[][] copy = new double[matrix.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = matrix[i].clone();
    }
    return copy;
  }

  private static void addInPlace(double[] target, double weight, double[] vector) {
    for (int j = 0; j < target.length; j++) {
      target[j] += weight * vector[j];
    }
  }

  private static double[] times(double[][] matrix, double[] vector) {
    return Arrays.stream(matrix).mapToDouble(row -> dot(row, vector)).toArray();
  }

  private static double[] transposedTimes(double[][] matrix, double[] vector) {
    return weightedSum(matrix, vector, matrix.length == 0 ? 0 : matrix[0].length);
  }

  private static double squaredNorm(double[][] matrix) {
    double sum = 0;
    for (double[] row : matrix) {
      sum += dot(row, row);
    }
    return sum;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
