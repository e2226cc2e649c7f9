package dev.parallax.core.alignment;

import static dev.parallax.core.matrix.Products.dot;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.matrix.SingularValues;
import dev.parallax.core.similarity.PairedRows;
import dev.parallax.core.similarity.Statistic;
import dev.parallax.core.spectrum.PrincipalComponents;
import java.util.Optional;

/**
 * Singular vector canonical correlation analysis (SVCCA), in a form without randomness.
 *
 * <p>Columns are centred and divided by their standard deviation (with n − 1; a constant column
 * stays zero), and the mean canonical correlation of the first q principal components of both sides
 * is the mean singular value of {@code U₁ᵀU₂}, with U the n × q left singular vectors. From 0 to 1;
 * for unrelated spaces it reads about 0.9 √(q/n), so it is a diagnostic rather than a detector.
 * Unlike the other figures it changes under rotation, because columns are standardised, and all q
 * directions count the same however weak they are. Cost O(n p min(n, p)) for both sides.
 *
 * <p>The code released with the platonic representation hypothesis (Huh et al., 2024) approximates
 * the same quantity with a randomised decomposition and an iterative CCA: over seeds it scatters by
 * up to 0.035 and reads up to 0.15 lower on average on spectra without a gap. It also adds 1e-8 to
 * each deviation, which {@link #withReleasedScaling} keeps and {@link #of} does not; they differ
 * where deviations are not far above that, by 2e-6 for deviations of 1e-4.
 *
 * @see <a href="https://arxiv.org/abs/1706.05806">Raghu et al. (2017)</a>
 */
public final class Svcca {

  /** Components of each side unless stated otherwise. */
  public static final int DEFAULT_COMPONENTS = 10;

  /** What the released code adds to each standard deviation. */
  private static final double RELEASED_EPSILON = 1e-8;

  private static final int MIN_PAIRS = 2;

  private Svcca() {}

  /** With {@link #DEFAULT_COMPONENTS} components. */
  public static Statistic of(RowMatrix production, RowMatrix reference) {
    return of(production, reference, DEFAULT_COMPONENTS);
  }

  /**
   * Of paired rows; undefined when a side has fewer than {@code components} directions with
   * variance beyond the rounding of single precision, so for {@code components} rows or fewer.
   *
   * @param components q, 1 or more
   * @throws IllegalArgumentException when the row counts differ
   */
  public static Statistic of(RowMatrix production, RowMatrix reference, int components) {
    return of(production, reference, components, 0);
  }

  /**
   * With {@link #DEFAULT_COMPONENTS} components and 1e-8 added to each deviation as released: not
   * free of scale, and the figure that others publish.
   */
  public static Statistic withReleasedScaling(RowMatrix production, RowMatrix reference) {
    return of(production, reference, DEFAULT_COMPONENTS, RELEASED_EPSILON);
  }

  private static Statistic of(
      RowMatrix production, RowMatrix reference, int components, double addedToDeviation) {
    Optional<Statistic> rows = new PairedRows(production, reference).undefinedBelow(MIN_PAIRS);
    if (rows.isPresent()) {
      return rows.get();
    }
    PrincipalComponents x =
        PrincipalComponents.standardised("production", production, addedToDeviation);
    PrincipalComponents y =
        PrincipalComponents.standardised("reference", reference, addedToDeviation);
    return x.undefinedBelow(components)
        .or(() -> y.undefinedBelow(components))
        .orElseGet(() -> meanCorrelation(x, y, components));
  }

  /**
   * As {@link #withReleasedScaling}, of sums of products of centred rows, as a merge of panes keeps
   * them.
   *
   * @param count number of pairs
   * @param productsX {@code Xcᵀ Xc}, p rows of width p
   * @param productsY {@code Ycᵀ Yc}, q rows of width q
   * @param cross {@code Xcᵀ Yc}, p rows of width q
   */
  public static Statistic ofMoments(
      long count, double[][] productsX, double[][] productsY, double[][] cross) {
    double[] weightsX = weights(count, productsX);
    double[] weightsY = weights(count, productsY);
    PrincipalComponents x = standardised("production", count, productsX, weightsX);
    PrincipalComponents y = standardised("reference", count, productsY, weightsY);
    return x.undefinedBelow(DEFAULT_COMPONENTS)
        .or(() -> y.undefinedBelow(DEFAULT_COMPONENTS))
        .orElseGet(
            () ->
                mean(
                    SingularValues.valuesOf(
                        x.leftProducts(
                            y, weighted(cross, weightsX, weightsY), DEFAULT_COMPONENTS))));
  }

  /** One over the deviation of each column; 0 of a constant one. */
  private static double[] weights(long count, double[][] products) {
    double[] weights = new double[products.length];
    for (int j = 0; j < weights.length; j++) {
      double deviation = Math.sqrt(products[j][j] / (count - 1.0));
      weights[j] = deviation > 0 ? 1 / (deviation + RELEASED_EPSILON) : 0;
    }
    return weights;
  }

  private static PrincipalComponents standardised(
      String name, long count, double[][] products, double[] weights) {
    return PrincipalComponents.ofMoments(
        name, count, new double[weights.length], weighted(products, weights, weights));
  }

  private static double[][] weighted(double[][] matrix, double[] ofRows, double[] ofColumns) {
    double[][] result = new double[matrix.length][ofColumns.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < ofColumns.length; j++) {
        result[i][j] = ofRows[i] * matrix[i][j] * ofColumns[j];
      }
    }
    return result;
  }

  private static Statistic meanCorrelation(
      PrincipalComponents x, PrincipalComponents y, int components) {
    double[][] products = new double[components][components];
    for (int i = 0; i < components; i++) {
      for (int j = 0; j < components; j++) {
        products[i][j] = dot(x.left(i), y.left(j));
      }
    }
    return mean(SingularValues.valuesOf(products));
  }

  private static Statistic mean(double[] correlations) {
    double sum = 0;
    for (double correlation : correlations) {
      sum += correlation;
    }
    return Statistic.of(sum / correlations.length);
  }
}
