package dev.parallax.core.neighbour;

import dev.parallax.core.matrix.RowMatrix;
import java.util.OptionalDouble;

/**
 * The k nearest neighbours of every row of a matrix, exactly, by inner product: the largest first,
 * of equal ones the lowest index first. On rows of unit norm the order is that of the cosine.
 *
 * <p>A row is never its own neighbour, whatever its inner product with itself, and k is capped at n
 * − 1. Immutable. Cost O(n² p); memory O(n (k + p)) and a block of inner products, never n².
 *
 * <p>Inner products that should be equal may differ by rounding, and then order by it; {@link
 * #minRelativeGap()} says how far from that the lists are, {@link MutualKnnRange} what it costs.
 */
public final class NearestNeighbours {

  private final int[][] indices;
  private final double[][] similarities;
  private final double[] self;
  private final double[] means;
  private final int exponent;
  private final OptionalDouble minRelativeGap;

  private NearestNeighbours(
      int[][] indices,
      double[][] similarities,
      double[] self,
      double[] means,
      int exponent,
      OptionalDouble minRelativeGap) {
    this.indices = indices;
    this.similarities = similarities;
    this.self = self;
    this.means = means;
    this.exponent = exponent;
    this.minRelativeGap = minRelativeGap;
  }

  /**
   * The neighbours in a matrix, whose rows are taken as they are.
   *
   * @param rows n ≥ 2 rows with only finite entries
   * @param k 1 or more; of k ≥ n the n − 1 other rows are the neighbours
   * @throws IllegalArgumentException when there are fewer rows, k is less, or an entry is not
   *     finite
   */
  public static NearestNeighbours of(RowMatrix rows, int k) {
    if (k < 1) {
      throw new IllegalArgumentException("expected k of 1 or more, got " + k);
    }
    if (rows.count() < 2) {
      throw new IllegalArgumentException("expected 2 or more rows, got " + rows.count());
    }
    if (!rows.isFinite()) {
      throw new IllegalArgumentException("expected finite entries, got NaN or infinity");
    }
    int n = rows.count();
    int capped = Math.min(k, n - 1);
    InnerProductRows products = new InnerProductRows(rows);
    int[][] indices = new int[n][capped];
    double[][] similarities = new double[n][capped];
    double[] self = new double[n];
    double[] means = new double[n];
    double gap = Double.POSITIVE_INFINITY;
    Nearest nearest = new Nearest(Math.min(capped + 1, n - 1));
    for (int i = 0; i < n; i++) {
      double[] row = products.row(i);
      nearest.find(row, i);
      nearest.copyTo(indices[i], similarities[i]);
      self[i] = row[i];
      means[i] = mean(row);
      if (capped < n - 1) {
        gap = Math.min(gap, nearest.relativeGapBefore(capped));
      }
    }
    return new NearestNeighbours(
        indices,
        similarities,
        self,
        means,
        products.exponent(),
        capped < n - 1 ? OptionalDouble.of(gap) : OptionalDouble.empty());
  }

  private static double mean(double[] row) {
    double sum = 0;
    for (double value : row) {
      sum += value;
    }
    return sum / row.length;
  }

  /** Number of rows, n. */
  public int count() {
    return indices.length;
  }

  /** Number of neighbours of each, after capping at n − 1. */
  public int k() {
    return indices[0].length;
  }

  /** Row indices of the neighbours of row i, nearest first; not a copy. */
  public int[] of(int i) {
    return indices[i];
  }

  /**
   * Inner products of row i with its neighbours, in their order, in units of {@code 2^}{@link
   * #exponent()}; not a copy.
   */
  double[] similarities(int i) {
    return similarities[i];
  }

  /** What 2 is raised to for one inner product. */
  int exponent() {
    return exponent;
  }

  /** Inner product of row i with itself. */
  double self(int i) {
    return self[i];
  }

  /** Mean inner product of row i with all n rows, itself among them. */
  double mean(int i) {
    return means[i];
  }

  /** Whether row j is among the neighbours of row i. */
  public boolean isNeighbour(int i, int j) {
    for (int neighbour : indices[i]) {
      if (neighbour == j) {
        return true;
      }
    }
    return false;
  }

  /**
   * The smallest difference, over all rows, of the similarity of the last neighbour and of the
   * first row that is none, relative to the largest absolute similarity among those k + 1. Below
   * about 1e-11 rounding of double precision may decide who is a neighbour, below 2e-5 that of
   * single precision; 0 is a tie. Empty when k = n − 1, where there is nothing to decide.
   */
  public OptionalDouble minRelativeGap() {
    return minRelativeGap;
  }

  /** Throws {@link IllegalArgumentException} when the other has another count or k. */
  void requirePairedWith(NearestNeighbours other) {
    if (other.count() != count() || other.k() != k()) {
      throw new IllegalArgumentException(
          "expected neighbours of as many rows and of one k, got "
              + k()
              + " of "
              + count()
              + " and "
              + other.k()
              + " of "
              + other.count());
    }
  }

  /** The nearest of one row after another; keeps a sorted list as it passes over the row. */
  private static final class Nearest {

    private final int[] indices;
    private final double[] similarities;
    private int found;

    Nearest(int capacity) {
      indices = new int[capacity];
      similarities = new double[capacity];
    }

    void find(double[] row, int self) {
      found = 0;
      for (int j = 0; j < row.length; j++) {
        // Indices ascend, so of equal similarities the one that is already there is the lower.
        if (j != self && (found < indices.length || row[j] > similarities[found - 1])) {
          insert(j, row[j]);
        }
      }
    }

    private void insert(int index, double similarity) {
      int place = found < indices.length ? found++ : found - 1;
      while (place > 0 && similarities[place - 1] < similarity) {
        indices[place] = indices[place - 1];
        similarities[place] = similarities[place - 1];
        place--;
      }
      indices[place] = index;
      similarities[place] = similarity;
    }

    void copyTo(int[] toIndices, double[] toSimilarities) {
      System.arraycopy(indices, 0, toIndices, 0, toIndices.length);
      System.arraycopy(similarities, 0, toSimilarities, 0, toSimilarities.length);
    }

    double relativeGapBefore(int rank) {
      double largest = Math.max(Math.abs(similarities[0]), Math.abs(similarities[rank]));
      double gap = similarities[rank - 1] - similarities[rank];
      return gap == 0 ? 0 : gap / largest;
    }
  }
}
