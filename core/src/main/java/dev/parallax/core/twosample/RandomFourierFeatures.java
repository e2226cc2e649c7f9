package dev.parallax.core.twosample;

import dev.parallax.core.matrix.Products;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.Statistic;
import java.util.Arrays;
import java.util.Random;

/**
 * Random Fourier features of a Gaussian kernel (Rahimi and Recht, 2007), which turn MMD² into
 * something that panes can leave behind: with F frequencies {@code ω ~ N(0, I/σ²)} the vector
 * {@code (cos ωᵀx, sin ωᵀx)/√F} of length 2F has inner products whose mean over ω is the kernel,
 * and an inner product of exactly 1 with itself. Immutable.
 *
 * <p>So {@link Sums} of features are all that {@link #squaredDiscrepancy} needs: it is the
 * U-statistic of {@link MaximumMeanDiscrepancy} under the approximate kernel, its mean over seeds
 * is that figure, and its error falls as {@code 1/√F}. Same seed, same bits, on any platform. Cost
 * O(F p) and 2F sines and cosines a row.
 *
 * @see <a
 *     href="https://papers.nips.cc/paper/2007/hash/013a006f03dbc5392effeb8f18fda755-Abstract.html">Rahimi
 *     and Recht (2007)</a>
 */
public final class RandomFourierFeatures {

  private static final int BLOCK = 32;

  private static final int MIN_ROWS = 2;

  private final Key key;

  /** One array of F for each of p columns. */
  private final double[][] frequencies;

  private RandomFourierFeatures(Key key, double[][] frequencies) {
    this.key = key;
    this.frequencies = frequencies;
  }

  /**
   * Draws the frequencies.
   *
   * @param width columns of the rows, p ≥ 1
   * @param features frequencies, F ≥ 1
   * @param sigma bandwidth in the units of the entries, more than 0
   * @throws IllegalArgumentException when one of them is less
   */
  public static RandomFourierFeatures of(int width, int features, double sigma, long seed) {
    Key key = new Key(width, features, sigma, seed);
    Random random = new Random(seed);
    double[][] frequencies = new double[width][features];
    // Frequency by frequency, so that more features extend fewer.
    for (int f = 0; f < features; f++) {
      for (int j = 0; j < width; j++) {
        frequencies[j][f] = random.nextGaussian() / sigma;
      }
    }
    return new RandomFourierFeatures(key, frequencies);
  }

  /**
   * The sums over all rows of a matrix.
   *
   * @throws IllegalArgumentException when its width is another or an entry is not finite
   */
  public Sums sums(RowMatrix rows) {
    if (rows.width() != key.width) {
      throw new IllegalArgumentException(
          "expected rows of width " + key.width + ", got " + rows.width());
    }
    if (!rows.isFinite()) {
      throw new IllegalArgumentException("expected finite entries, got NaN or infinity");
    }
    double[] cosines = new double[key.features];
    double[] sines = new double[key.features];
    double[][] columns = rows.columns();
    double[][] angles = new double[BLOCK][key.features];
    for (int from = 0; from < rows.count(); from += BLOCK) {
      int to = Math.min(rows.count(), from + BLOCK);
      Products.transposed(columns, frequencies, from, to, 0, angles);
      for (int i = from; i < to; i++) {
        for (int f = 0; f < key.features; f++) {
          cosines[f] += StrictMath.cos(angles[i - from][f]);
          sines[f] += StrictMath.sin(angles[i - from][f]);
        }
      }
    }
    return new Sums(key, rows.count(), cosines, sines);
  }

  /**
   * Sums that were kept.
   *
   * @param count number of rows
   * @param cosines one a frequency; not copied
   * @param sines one a frequency; not copied
   * @throws IllegalArgumentException when there are not as many as frequencies
   */
  public Sums sums(long count, double[] cosines, double[] sines) {
    if (cosines.length != key.features || sines.length != key.features) {
      throw new IllegalArgumentException(
          "expected "
              + key.features
              + " cosines and sines, got "
              + cosines.length
              + " and "
              + sines.length);
    }
    return new Sums(key, count, cosines, sines);
  }

  /**
   * Unbiased MMD² of the two sets of rows that were summed; undefined when either has fewer than
   * two.
   *
   * @throws IllegalArgumentException when the sums are of other features
   */
  public static Statistic squaredDiscrepancy(Sums production, Sums reference) {
    production.requireSameFeatures(reference);
    double n = production.count;
    double m = reference.count;
    if (n < MIN_ROWS || m < MIN_ROWS) {
      return new Statistic.Undefined(
          Statistic.Cause.TOO_FEW_PAIRS,
          "expected "
              + MIN_ROWS
              + " or more rows on both sides, got "
              + production.count
              + " and "
              + reference.count);
    }
    double within = (production.times(production) - n) / n / (n - 1);
    double withinOther = (reference.times(reference) - m) / m / (m - 1);
    double between = production.times(reference) / n / m;
    return new Statistic.Stated(within + withinOther - 2 * between);
  }

  /** What makes two sums comparable: the same frequencies. */
  private record Key(int width, int features, double sigma, long seed) {

    Key {
      if (width < 1 || features < 1) {
        throw new IllegalArgumentException(
            "expected width and features of 1 or more, got " + width + " and " + features);
      }
      if (!(sigma > 0) || !Double.isFinite(sigma)) {
        throw new IllegalArgumentException("sigma=" + sigma + ": expected more than 0");
      }
    }
  }

  /** Sums of features over rows, 2F + 1 numbers: add those of panes to have those of a window. */
  public static final class Sums {

    private final Key key;
    private final long count;
    private final double[] cosines;
    private final double[] sines;

    private Sums(Key key, long count, double[] cosines, double[] sines) {
      this.key = key;
      this.count = count;
      this.cosines = cosines;
      this.sines = sines;
    }

    /** Number of rows. */
    public long count() {
      return count;
    }

    /** Sums of cosines, one a frequency; a copy. */
    public double[] cosines() {
      return cosines.clone();
    }

    /** Sums of sines, one a frequency; a copy. */
    public double[] sines() {
      return sines.clone();
    }

    /**
     * Those of both sets of rows.
     *
     * @throws IllegalArgumentException when the other is of other features
     */
    public Sums plus(Sums other) {
      requireSameFeatures(other);
      double[] cosineSums = cosines.clone();
      double[] sineSums = sines.clone();
      for (int f = 0; f < cosineSums.length; f++) {
        cosineSums[f] += other.cosines[f];
        sineSums[f] += other.sines[f];
      }
      return new Sums(key, count + other.count, cosineSums, sineSums);
    }

    private void requireSameFeatures(Sums other) {
      if (!key.equals(other.key)) {
        throw new IllegalArgumentException(
            "expected sums of the same features, got " + key + " and " + other.key);
      }
    }

    private double times(Sums other) {
      double sum = 0;
      for (int f = 0; f < cosines.length; f++) {
        sum += cosines[f] * other.cosines[f] + sines[f] * other.sines[f];
      }
      return sum / cosines.length;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Sums that
          && key.equals(that.key)
          && count == that.count
          && Arrays.equals(cosines, that.cosines)
          && Arrays.equals(sines, that.sines);
    }

    @Override
    public int hashCode() {
      return 31 * key.hashCode() + Arrays.hashCode(cosines);
    }
  }
}
