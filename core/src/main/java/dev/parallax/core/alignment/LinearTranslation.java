package dev.parallax.core.alignment;

import dev.parallax.core.matrix.CentredRows;
import dev.parallax.core.matrix.Products;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.PairedRows;
import dev.parallax.core.similarity.Statistic;
import dev.parallax.core.translation.Translation;
import dev.parallax.core.translation.TranslationSums;
import java.util.Optional;

/**
 * How much of the production space a linear map from the reference space explains: {@code R² = 1 −
 * Σ ‖x − x̂‖² / Σ ‖x − x̄‖²} over all columns together, with {@code x̂ = x̄_fit + (r − r̄_fit) W}
 * and W the ridge map of {@link TranslationSums#fit}.
 *
 * <p>1 is a perfect translation, 0 no better than the mean of the rows it is judged on; held out it
 * may be negative. In sample it is biased upwards: about q/(n − 1) for unrelated spaces, and 1 from
 * n ≤ q + 1 rows without ridge; held out about −q/(n − q − 2) for them. Judge with the held-out
 * figure. W is kept in single precision, which costs about 1e-7. Cost O(n q (p + q) + q² (p + q)).
 */
public final class LinearTranslation {

  private static final int MIN_PAIRS = 2;

  private LinearTranslation() {}

  /**
   * R² on the rows that the map was fitted on.
   *
   * @param ridge above 0, relative to the mean variance of a reference column
   */
  public static Statistic inSample(PairedRows pairs, double ridge) {
    return heldOut(pairs, pairs, ridge);
  }

  /**
   * R² on other rows than the map was fitted on; undefined when either set has fewer than two
   * pairs, entries that are not finite, or a constant side.
   *
   * @param fitted the rows that give the map
   * @param judged rows of the same widths
   * @param ridge above 0, relative to the mean variance of a reference column
   * @throws IllegalArgumentException when widths differ between the two sets, or the ridge is not
   *     above 0
   */
  public static Statistic heldOut(PairedRows fitted, PairedRows judged, double ridge) {
    if (!(ridge > 0)) {
      throw new IllegalArgumentException("expected a ridge above 0, got " + ridge);
    }
    Optional<Statistic> none =
        fitted.undefinedBelow(MIN_PAIRS).or(() -> judged.undefinedBelow(MIN_PAIRS));
    if (none.isPresent()) {
      return none.get();
    }
    requireWidth(fitted.production(), judged.production());
    requireWidth(fitted.reference(), judged.reference());
    CentredRows x = CentredRows.of(fitted.production());
    CentredRows r = CentredRows.of(fitted.reference());
    Translation translation = fit(x.rows(), r.rows(), ridge);
    double missed =
        missed(
            translation,
            relative(judged.production(), fitted.production().mean(), x.exponent()),
            relative(judged.reference(), fitted.reference().mean(), r.exponent()));
    CentredRows judgedX = CentredRows.of(judged.production());
    double total = 0;
    for (double norm : judgedX.squaredNorms()) {
      total += norm;
    }
    int exponent = 2 * (x.exponent() - judgedX.exponent());
    return Statistic.of(1 - Math.scalb(missed, exponent) / total);
  }

  private static void requireWidth(RowMatrix fitted, RowMatrix judged) {
    if (fitted.width() != judged.width()) {
      throw new IllegalArgumentException(
          "expected judged rows of width " + fitted.width() + ", got " + judged.width());
    }
  }

  private static Translation fit(double[][] x, double[][] r, double ridge) {
    int p = x[0].length;
    int q = r[0].length;
    TranslationSums sums = new TranslationSums(new float[p], new float[q]);
    sums.add(x.length, new double[p], new double[q], products(r, r), products(r, x));
    return sums.fit(ridge);
  }

  /** Row-major {@code aᵀb}. */
  private static double[] products(double[][] a, double[][] b) {
    double[][] rows = new double[a[0].length][b[0].length];
    Products.transposed(a, b, 0, rows.length, 0, rows);
    double[] flat = new double[rows.length * b[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * b[0].length, b[0].length);
    }
    return flat;
  }

  private static double[][] relative(RowMatrix rows, double[] origin, int exponent) {
    double[][] result = new double[rows.count()][rows.width()];
    for (int i = 0; i < result.length; i++) {
      for (int j = 0; j < origin.length; j++) {
        result[i][j] = Math.scalb(rows.get(i, j) - origin[j], -exponent);
      }
    }
    return result;
  }

  private static double missed(Translation translation, double[][] x, double[][] r) {
    float[] map = translation.map();
    double sum = 0;
    for (int row = 0; row < x.length; row++) {
      double[] miss = x[row].clone();
      for (int i = 0; i < r[row].length; i++) {
        for (int j = 0; j < miss.length; j++) {
          miss[j] -= r[row][i] * map[i * miss.length + j];
        }
      }
      for (double value : miss) {
        sum += value * value;
      }
    }
    return sum;
  }
}
