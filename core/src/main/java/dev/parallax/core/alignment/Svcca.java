package dev.parallax.core.alignment;

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

  private static Statistic meanCorrelation(
      PrincipalComponents x, PrincipalComponents y, int components) {
    double[][] products = new double[components][components];
    for (int i = 0; i < components; i++) {
      for (int j = 0; j < components; j++) {
        products[i][j] = dot(x.left(i), y.left(j));
      }
    }
    double sum = 0;
    for (double correlation : SingularValues.valuesOf(products)) {
      sum += correlation;
    }
    return Statistic.of(sum / components);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
