package dev.parallax.core.spectrum;

import dev.parallax.core.matrix.CentredRows;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.matrix.SingularValues;
import dev.parallax.core.matrix.SymmetricEigen;
import dev.parallax.core.similarity.MatrixChecks;
import dev.parallax.core.similarity.Statistic;
import java.util.Optional;

/**
 * The principal components of one matrix: {@code Xc = U Σ Vᵀ} of its centred rows, computed once
 * for every figure that is made of them. Immutable. Cost O(n p min(n, p)).
 *
 * <p>Singular values are right to about 1e-15 of the largest from rows, and to about 1e-8 of it
 * from moments. A component counts towards the {@link #rank()} where its singular value is above
 * what rounding n × p entries to single precision adds, {@code 2⁻²⁴ (√n + √p)} times the root mean
 * square entry: models answer in single precision, and directions below that are made of rounding.
 *
 * <p>A matrix with fewer than two rows, with entries that are not finite or without variance has no
 * components; {@link #undefined()} says why.
 */
public final class PrincipalComponents {

  private static final int MIN_ROWS = 2;

  /** Half the distance from 1 to the next float. */
  private static final double SINGLE_PRECISION_ROUNDING = 0x1p-24;

  private final String name;
  private final Optional<Statistic> undefined;
  private final long count;
  private final double[] mean;
  private final double[] values;
  private final int exponent;
  private final int rank;
  private final double[][] axes;
  private final double[][] left;

  private PrincipalComponents(
      String name,
      Optional<Statistic> undefined,
      long count,
      double[] mean,
      double[] values,
      int exponent,
      int rank,
      double[][] axes,
      double[][] left) {
    this.name = name;
    this.undefined = undefined;
    this.count = count;
    this.mean = mean;
    this.values = values;
    this.exponent = exponent;
    this.rank = rank;
    this.axes = axes;
    this.left = left;
  }

  /** Of the centred rows of a matrix that reasons call "given". */
  public static PrincipalComponents of(RowMatrix rows) {
    return of("given", rows);
  }

  /**
   * Of the centred rows of a matrix.
   *
   * @param name what a reader calls it, such as "production"; for reasons
   */
  public static PrincipalComponents of(String name, RowMatrix rows) {
    Optional<Statistic> none = MatrixChecks.undefinedBelow(MIN_ROWS, name, rows);
    if (none.isPresent()) {
      return without(name, none, rows);
    }
    CentredRows centred = CentredRows.of(rows);
    double squares = 0;
    for (int i = 0; i < rows.count(); i++) {
      for (int j = 0; j < rows.width(); j++) {
        double entry = Math.scalb(rows.get(i, j), -centred.exponent());
        squares += entry * entry;
      }
    }
    double rootMeanSquare = Math.sqrt(squares / rows.count() / rows.width());
    return decomposed(name, rows, centred.rows(), centred.exponent(), rootMeanSquare);
  }

  /**
   * Of the centred columns, each divided by its standard deviation (with n − 1): the components of
   * the correlation matrix. A constant column stays zero.
   *
   * @param name what a reader calls the matrix; for reasons
   */
  public static PrincipalComponents standardised(String name, RowMatrix rows) {
    return standardised(name, rows, 0);
  }

  /**
   * As {@link #standardised(String, RowMatrix)}, with a constant added to each deviation, as some
   * released code does; the result then depends on the scale of the columns.
   *
   * @param addedToDeviation 0 or more, in the units of the entries
   */
  public static PrincipalComponents standardised(
      String name, RowMatrix rows, double addedToDeviation) {
    Optional<Statistic> none = MatrixChecks.undefinedBelow(MIN_ROWS, name, rows);
    if (none.isPresent()) {
      return without(name, none, rows);
    }
    CentredRows centred = CentredRows.of(rows);
    double[][] scaled = new double[rows.count()][rows.width()];
    double added = Math.scalb(addedToDeviation, -centred.exponent());
    double squares = 0;
    for (int j = 0; j < rows.width(); j++) {
      double deviation = deviation(centred.rows(), j);
      if (deviation == 0) {
        continue;
      }
      deviation += added;
      for (int i = 0; i < scaled.length; i++) {
        scaled[i][j] = centred.rows()[i][j] / deviation;
        double entry = Math.scalb(rows.get(i, j), -centred.exponent()) / deviation;
        squares += entry * entry;
      }
    }
    double rootMeanSquare = Math.sqrt(squares / rows.count() / rows.width());
    return decomposed(name, rows, scaled, 0, rootMeanSquare);
  }

  /** By the largest entry, so that a column of tiny entries is not lost to underflow. */
  private static double deviation(double[][] centred, int column) {
    double largest = 0;
    for (double[] row : centred) {
      largest = Math.max(largest, Math.abs(row[column]));
    }
    if (largest == 0) {
      return 0;
    }
    double sum = 0;
    for (double[] row : centred) {
      double ratio = row[column] / largest;
      sum += ratio * ratio;
    }
    return largest * Math.sqrt(sum / (centred.length - 1.0));
  }

  private static PrincipalComponents decomposed(
      String name, RowMatrix rows, double[][] centred, int exponent, double rootMeanSquare) {
    SingularValues svd = SingularValues.of(centred);
    double n = rows.count();
    double p = rows.width();
    double[] values = svd.values();
    double rounding =
        Math.max(
            SINGLE_PRECISION_ROUNDING * (Math.sqrt(n) + Math.sqrt(p)) * rootMeanSquare,
            Math.max(n, p) * Math.ulp(values[0]));
    double[][] axes = new double[values.length][];
    double[][] left = new double[values.length][];
    for (int i = 0; i < values.length; i++) {
      axes[i] = svd.right(i);
      left[i] = svd.left(i);
    }
    return new PrincipalComponents(
        name,
        Optional.empty(),
        rows.count(),
        rows.mean(),
        values,
        exponent,
        rank(values, rounding),
        axes,
        left);
  }

  private static int rank(double[] descending, double rounding) {
    int rank = 0;
    while (rank < descending.length && descending[rank] > rounding) {
      rank++;
    }
    return rank;
  }

  private static PrincipalComponents without(
      String name, Optional<Statistic> undefined, RowMatrix rows) {
    double[] mean = rows.count() == 0 ? new double[rows.width()] : rows.mean();
    return new PrincipalComponents(
        name, undefined, rows.count(), mean, new double[0], 0, 0, new double[0][], new double[0][]);
  }

  /**
   * Of rows known by their sums alone; there are no left vectors then, so no sample space. An
   * eigenvalue below {@code p} times the rounding of the largest counts as none.
   *
   * @param name what a reader calls the matrix; for reasons
   * @param count number of rows
   * @param mean their mean, length p
   * @param centredProducts {@code Xcᵀ Xc = Σ (x − x̄)(x − x̄)ᵀ}, p rows of width p
   */
  public static PrincipalComponents ofMoments(
      String name, long count, double[] mean, double[][] centredProducts) {
    if (centredProducts.length != mean.length) {
      throw new IllegalArgumentException(
          "expected products of width " + mean.length + ", got " + centredProducts.length);
    }
    RowMatrix products = RowMatrix.of(centredProducts);
    double largest = 0;
    for (int j = 0; j < mean.length; j++) {
      largest = Math.max(largest, centredProducts[j][j]);
    }
    Optional<Statistic> none = undefined(name, count, products, largest);
    if (none.isPresent()) {
      return new PrincipalComponents(
          name, none, count, mean.clone(), new double[0], 0, 0, new double[0][], new double[0][]);
    }
    int exponent = Math.floorDiv(Math.getExponent(largest), 2);
    double[][] scaled = products.toRows();
    for (double[] row : scaled) {
      for (int j = 0; j < row.length; j++) {
        row[j] = Math.scalb(row[j], -2 * exponent);
      }
    }
    SymmetricEigen eigen = SymmetricEigen.of(scaled);
    double[] ascending = eigen.values();
    int p = mean.length;
    double rounding = p * Math.ulp(ascending[p - 1]);
    int rank = 0;
    while (rank < p && ascending[p - 1 - rank] > rounding) {
      rank++;
    }
    double[] values = new double[rank];
    double[][] axes = new double[rank][];
    for (int i = 0; i < rank; i++) {
      values[i] = Math.sqrt(ascending[p - 1 - i]);
      axes[i] = eigen.vector(p - 1 - i);
    }
    return new PrincipalComponents(
        name, Optional.empty(), count, mean.clone(), values, exponent, rank, axes, new double[0][]);
  }

  private static Optional<Statistic> undefined(
      String name, long count, RowMatrix products, double largest) {
    return MatrixChecks.fewerThan(MIN_ROWS, name, count)
        .or(() -> MatrixChecks.notFinite(name, products))
        .or(
            () ->
                largest > 0
                    ? Optional.empty()
                    : Optional.of(
                        new Statistic.Undefined(
                            Statistic.Cause.NO_VARIANCE,
                            "the variance of the " + name + " matrix is 0")));
  }

  /**
   * Inner products {@code UᵢᵀVⱼ} of the first k left singular vectors of these and of the others,
   * without the vectors: {@code aᵢᵀ (Xcᵀ Yc) bⱼ/(σᵢ τⱼ)} with the axes a, b and the singular values
   * σ, τ. For components of moments, to about 1e-16 times {@code σ₁τ₁/(σᵢτⱼ)}.
   *
   * @param cross {@code Xcᵀ Yc} of the same rows, p rows of width q
   * @param k 1 to the rank of both
   * @return k rows of width k
   */
  public double[][] leftProducts(PrincipalComponents other, double[][] cross, int k) {
    double[][] products = new double[k][k];
    for (int i = 0; i < k; i++) {
      double[] along = new double[other.width()];
      for (int row = 0; row < cross.length; row++) {
        for (int j = 0; j < along.length; j++) {
          along[j] += axes[i][row] * cross[row][j];
        }
      }
      for (int j = 0; j < k; j++) {
        double sum = 0;
        for (int column = 0; column < along.length; column++) {
          sum += along[column] * other.axes[j][column];
        }
        double scale = values[i] * other.values[j];
        products[i][j] = Math.scalb(sum, -(exponent + other.exponent)) / scale;
      }
    }
    return products;
  }

  /** Why there are no components; empty when there are. */
  public Optional<Statistic> undefined() {
    return undefined;
  }

  /** What reasons call the matrix. */
  public String name() {
    return name;
  }

  /** Number of rows. */
  public long count() {
    return count;
  }

  /** Number of columns. */
  public int width() {
    return mean.length;
  }

  /** Mean of the rows before centring, in the units of the entries. */
  public double[] mean() {
    return mean.clone();
  }

  /** Number of components above the rounding of single precision. */
  public int rank() {
    return rank;
  }

  /** Singular values of the centred rows, descending, in the units of the entries. */
  public double[] singularValues() {
    double[] result = values.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.scalb(result[i], exponent);
    }
    return result;
  }

  /** Singular values over {@code 2^}{@link #exponent()}, not a copy: callers only read them. */
  public double[] scaledValues() {
    return values;
  }

  /** What {@code 2} is raised to for the unit of {@link #scaledValues()}. */
  public int exponent() {
    return exponent;
  }

  /** Unit direction of the i-th largest variance in feature space, length p, not a copy. */
  public double[] axis(int i) {
    return axes[i];
  }

  /**
   * Unit direction of the i-th largest variance in sample space, length n, not a copy.
   *
   * @throws IllegalStateException when these are of moments
   */
  public double[] left(int i) {
    requireRows();
    return left[i];
  }

  /**
   * The rows in the coordinates of the components, {@code U Σ}, over {@code 2^}{@link #exponent()}:
   * n rows of width min(n, p) with the inner products of the centred rows.
   *
   * @throws IllegalStateException when these are of moments
   */
  public double[][] scores() {
    requireRows();
    return scaledBy(left, (int) count);
  }

  /**
   * The columns in the same coordinates, {@code V Σ}, over {@code 2^}{@link #exponent()}: p rows
   * with the inner products of the centred columns.
   */
  public double[][] loadings() {
    return scaledBy(axes, width());
  }

  private double[][] scaledBy(double[][] vectors, int length) {
    double[][] result = new double[length][values.length];
    for (int k = 0; k < values.length; k++) {
      for (int i = 0; i < length; i++) {
        result[i][k] = vectors[k][i] * values[k];
      }
    }
    return result;
  }

  private void requireRows() {
    if (left.length < values.length) {
      throw new IllegalStateException(
          "the components of the " + name + " matrix are of moments: there is no sample space");
    }
  }

  /**
   * Ratio {@code σ_k / σ_{k+1}} of the k-th to the next singular value, at least 1: how well the
   * first k directions are set apart from the rest. Close to 1 any mixture of the two is as good,
   * and figures of the subspace are decided by noise.
   *
   * @param k 1 or more
   * @return undefined when there are k components or fewer
   */
  public Statistic gap(int k) {
    return undefinedBelow(k + 1).orElseGet(() -> Statistic.of(values[k - 1] / values[k]));
  }

  /**
   * Why no figure of the first {@code k} components can be stated; empty when it can.
   *
   * @param k 1 or more
   */
  public Optional<Statistic> undefinedBelow(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("expected 1 or more components, got " + k);
    }
    if (undefined.isPresent() || rank >= k) {
      return undefined;
    }
    return Optional.of(
        new Statistic.Undefined(
            Statistic.Cause.TOO_FEW_DIRECTIONS,
            "expected "
                + k
                + " or more directions with variance, the "
                + name
                + " matrix has "
                + rank));
  }
}
