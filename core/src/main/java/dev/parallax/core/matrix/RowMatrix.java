package dev.parallax.core.matrix;

import java.util.Arrays;

/**
 * An immutable matrix whose rows are items and whose columns are features, in double precision.
 *
 * <p>Row i of two matrices that are compared describes the same item. Entries may be NaN or
 * infinite; {@link #isFinite()} says so, and figures of such a matrix are undefined, not NaN.
 */
public final class RowMatrix {

  private final double[][] rows;
  private final int width;

  /** Relative difference up to which two entries are equal: 0 until rounding has touched them. */
  private final double resolution;

  private RowMatrix(double[][] rows, int width, double resolution) {
    this.rows = rows;
    this.width = width;
    this.resolution = resolution;
  }

  /**
   * Copies the rows in.
   *
   * @throws IllegalArgumentException when rows differ in width
   */
  public static RowMatrix of(double[][] rows) {
    double[][] copy = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      requireWidth(rows[0].length, i, rows[i].length);
      copy[i] = rows[i].clone();
    }
    return new RowMatrix(copy, rows.length == 0 ? 0 : rows[0].length, 0);
  }

  /**
   * Copies the rows in; every float is exactly a double.
   *
   * @throws IllegalArgumentException when rows differ in width
   */
  public static RowMatrix of(float[][] rows) {
    double[][] copy = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      requireWidth(rows[0].length, i, rows[i].length);
      copy[i] = new double[rows[i].length];
      for (int j = 0; j < copy[i].length; j++) {
        copy[i][j] = rows[i][j];
      }
    }
    return new RowMatrix(copy, rows.length == 0 ? 0 : rows[0].length, 0);
  }

  private static void requireWidth(int expected, int row, int actual) {
    if (actual != expected) {
      throw new IllegalArgumentException(
          "row " + row + ": expected width " + expected + " as in row 0, got " + actual);
    }
  }

  /** Number of rows. */
  public int count() {
    return rows.length;
  }

  /** Number of columns; 0 of a matrix made of no rows. */
  public int width() {
    return width;
  }

  /** Whether no entry is NaN or infinite. */
  public boolean isFinite() {
    for (double[] row : rows) {
      for (double value : row) {
        if (!Double.isFinite(value)) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Mean of the rows, summed relative to the first one: a common offset costs no digits, and rows
   * that are all equal have exactly that mean. Zeros where there is no row.
   */
  public double[] mean() {
    double[] mean = new double[width];
    if (rows.length == 0) {
      return mean;
    }
    for (double[] row : rows) {
      for (int j = 0; j < width; j++) {
        mean[j] += row[j] - rows[0][j];
      }
    }
    for (int j = 0; j < width; j++) {
      mean[j] = rows[0][j] + mean[j] / rows.length;
    }
    return mean;
  }

  /**
   * Whether all rows are the same, so that the matrix has no variance and no alignment is defined.
   *
   * <p>The comparison with the first row is exact. After {@link RowNormalisation#L2} entries that
   * agree to the rounding of that division count as the same: rows that are multiples of one
   * another would otherwise seem to vary.
   */
  public boolean isConstant() {
    for (double[] row : rows) {
      for (int j = 0; j < width; j++) {
        double tolerance = resolution * Math.max(Math.abs(row[j]), Math.abs(rows[0][j]));
        if (Math.abs(row[j] - rows[0][j]) > tolerance) {
          return false;
        }
      }
    }
    return true;
  }

  /** These rows, each normalised. */
  public RowMatrix normalised(RowNormalisation normalisation) {
    if (normalisation == RowNormalisation.NONE) {
      return this;
    }
    double[][] result = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      result[i] = normalisation.apply(rows[i]);
    }
    // A sum of `width` squares, its root and a division: each rounds by at most half an ulp.
    return new RowMatrix(result, width, (width + 4) * Math.ulp(1.0));
  }

  /**
   * The same rows times the power of two that brings the largest entry to about 1, which no ratio
   * of kernel values notices, and which keeps their fourth powers from overflow and underflow.
   */
  public RowMatrix unitScaled() {
    int exponent = Math.getExponent(largest());
    double[][] result = new double[rows.length][width];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < width; j++) {
        result[i][j] = Math.scalb(rows[i][j], -exponent);
      }
    }
    return new RowMatrix(result, width, resolution);
  }

  /** The largest magnitude of an entry; 0 when there is none. */
  public double largest() {
    double largest = 0;
    for (double[] row : rows) {
      for (double value : row) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest;
  }

  /** The entry of row {@code i} and column {@code j}. */
  public double get(int i, int j) {
    return rows[i][j];
  }

  /** A copy of all rows. */
  public double[][] toRows() {
    double[][] copy = new double[rows.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = rows[i].clone();
    }
    return copy;
  }

  /** Rows {@code from} (inclusive) to {@code to} (exclusive). */
  public RowMatrix rows(int from, int to) {
    return new RowMatrix(Arrays.copyOfRange(rows, from, to), width, resolution);
  }

  /** Rows in the order of {@code indices}, of which some may be left out or repeated. */
  public RowMatrix rows(int[] indices) {
    double[][] picked = new double[indices.length][];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = rows[indices[i]];
    }
    return new RowMatrix(picked, width, resolution);
  }

  /**
   * These rows and then those of another matrix.
   *
   * @throws IllegalArgumentException when the widths differ
   */
  public RowMatrix followedBy(RowMatrix other) {
    if (other.width != width) {
      throw new IllegalArgumentException(
          "expected rows of one width, got " + width + " and " + other.width);
    }
    double[][] both = Arrays.copyOf(rows, rows.length + other.rows.length);
    System.arraycopy(other.rows, 0, both, rows.length, other.rows.length);
    return new RowMatrix(both, width, Math.max(resolution, other.resolution));
  }

  /** A copy as {@link #width()} columns of length {@link #count()}. */
  public double[][] columns() {
    double[][] columns = new double[width][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < width; j++) {
        columns[j][i] = rows[i][j];
      }
    }
    return columns;
  }

  /** Row {@code i} itself, not a copy: callers in this package only read it. */
  double[] row(int i) {
    return rows[i];
  }
}
