package dev.parallax.core.spectrum;

import static dev.parallax.core.matrix.Products.dot;

import dev.parallax.core.matrix.SingularValues;
import dev.parallax.core.similarity.Statistic;
import java.util.Optional;

/**
 * Principal angles between two subspaces of k dimensions each, and what is read from them.
 * Immutable.
 *
 * <p>The cosines are the singular values of {@code AᵀB} for orthonormal bases A and B. Angles whose
 * cosine is above √½ are taken from their sines, the singular values of {@code B − A AᵀB}, because
 * the arc cosine loses half the digits near 0 (Björck and Golub, 1973). Cost O(k² d) in d
 * dimensions.
 *
 * <p>Between random subspaces the expected {@link #overlap()} is k/d, with d the width p in feature
 * space and n − 1 in sample space: print it beside the figure, and the {@link
 * PrincipalComponents#gap} too, because a subspace is only as well defined as its gap is above 1.
 *
 * @see <a href="https://doi.org/10.1090/S0025-5718-1973-0348991-3">Björck and Golub (1973)</a>
 */
public final class PrincipalAngles {

  private final double[] descending;
  private final Statistic overlap;
  private final Statistic chordal;
  private final Statistic geodesic;

  private PrincipalAngles(
      double[] descending, Statistic overlap, Statistic chordal, Statistic geodesic) {
    this.descending = descending;
    this.overlap = overlap;
    this.chordal = chordal;
    this.geodesic = geodesic;
  }

  /**
   * Between the spans of the first k principal axes in feature space: sees rotations.
   *
   * @param k 1 or more
   * @return undefined when the widths differ or a side has fewer than k directions
   */
  public static PrincipalAngles inFeatureSpace(
      PrincipalComponents first, PrincipalComponents second, int k) {
    Optional<Statistic> none =
        first
            .undefinedBelow(k)
            .or(() -> second.undefinedBelow(k))
            .or(() -> widthsDiffer(first, second));
    return none.map(PrincipalAngles::undefined)
        .orElseGet(() -> between(axes(first, k), axes(second, k)));
  }

  /**
   * Between the spans of the first k left singular vectors of paired rows: the widths may differ,
   * and rotations are not seen.
   *
   * @param k 1 or more
   * @return undefined when a side has fewer than k directions
   * @throws IllegalArgumentException when the row counts differ
   */
  public static PrincipalAngles inSampleSpace(
      PrincipalComponents first, PrincipalComponents second, int k) {
    if (first.count() != second.count()) {
      throw new IllegalArgumentException(
          "expected as many rows on both sides, got " + first.count() + " and " + second.count());
    }
    Optional<Statistic> none = first.undefinedBelow(k).or(() -> second.undefinedBelow(k));
    return none.map(PrincipalAngles::undefined)
        .orElseGet(() -> between(leftVectors(first, k), leftVectors(second, k)));
  }

  /**
   * As {@link #inSampleSpace(PrincipalComponents, PrincipalComponents, int)}, of rows known by
   * their sums alone. Angles are from cosines, so those below about 1e-7 are rounding.
   *
   * @param cross {@code Xcᵀ Yc}, p rows of width q
   * @param k 1 or more
   */
  public static PrincipalAngles inSampleSpaceOfMoments(
      PrincipalComponents first, PrincipalComponents second, double[][] cross, int k) {
    Optional<Statistic> none = first.undefinedBelow(k).or(() -> second.undefinedBelow(k));
    if (none.isPresent()) {
      return undefined(none.get());
    }
    double[] cosines = SingularValues.valuesOf(first.leftProducts(second, cross, k));
    double[] angles = new double[k];
    double squaredCosines = 0;
    for (int i = 0; i < k; i++) {
      double cosine = cosines[k - 1 - i];
      squaredCosines += cosine * cosine;
      angles[i] = StrictMath.acos(Math.min(1, cosine));
    }
    return of(angles, squaredCosines / k);
  }

  static Optional<Statistic> widthsDiffer(PrincipalComponents first, PrincipalComponents second) {
    return first.width() == second.width()
        ? Optional.empty()
        : Optional.of(
            new Statistic.Undefined(
                Statistic.Cause.WIDTHS_DIFFER,
                "expected equal widths, got " + first.width() + " and " + second.width()));
  }

  private static double[][] axes(PrincipalComponents components, int k) {
    double[][] axes = new double[k][];
    for (int i = 0; i < k; i++) {
      axes[i] = components.axis(i);
    }
    return axes;
  }

  private static double[][] leftVectors(PrincipalComponents components, int k) {
    double[][] vectors = new double[k][];
    for (int i = 0; i < k; i++) {
      vectors[i] = components.left(i);
    }
    return vectors;
  }

  /** No angles: every figure has one reason. */
  public static PrincipalAngles undefined(Statistic none) {
    return new PrincipalAngles(new double[0], none, none, none);
  }

  /**
   * Between two subspaces given by orthonormal bases.
   *
   * @param a k ≥ 1 orthonormal vectors of one length
   * @param b k orthonormal vectors of the same length
   * @throws IllegalArgumentException when the numbers or lengths of vectors differ
   */
  public static PrincipalAngles between(double[][] a, double[][] b) {
    if (a.length != b.length || a[0].length != b[0].length) {
      throw new IllegalArgumentException(
          "expected bases of one shape, got "
              + (a.length + " of length " + a[0].length)
              + " and "
              + (b.length + " of length " + b[0].length));
    }
    double[][] cross = new double[b.length][a.length];
    double[][] outside = new double[b.length][];
    double squaredCosines = 0;
    for (int j = 0; j < b.length; j++) {
      outside[j] = b[j].clone();
      for (int i = 0; i < a.length; i++) {
        cross[j][i] = dot(b[j], a[i]);
        squaredCosines += cross[j][i] * cross[j][i];
        subtract(outside[j], cross[j][i], a[i]);
      }
    }
    return of(
        angles(SingularValues.valuesOf(cross), SingularValues.valuesOf(outside)),
        squaredCosines / a.length);
  }

  private static PrincipalAngles of(double[] angles, double overlap) {
    double squaredSines = 0;
    double squaredAngles = 0;
    for (double angle : angles) {
      double sine = StrictMath.sin(angle);
      squaredSines += sine * sine;
      squaredAngles += angle * angle;
    }
    return new PrincipalAngles(
        angles,
        Statistic.of(overlap),
        Statistic.of(Math.sqrt(squaredSines)),
        Statistic.of(Math.sqrt(squaredAngles)));
  }

  /** Both descending: the largest cosine and the smallest sine are of the same, smallest angle. */
  private static double[] angles(double[] cosines, double[] sines) {
    int k = cosines.length;
    double[] angles = new double[k];
    for (int i = 0; i < k; i++) {
      double cosine = cosines[k - 1 - i];
      double sine = i < sines.length ? sines[i] : 0;
      angles[i] =
          cosine * cosine >= 0.5
              ? StrictMath.asin(Math.min(1, sine))
              : StrictMath.acos(Math.min(1, cosine));
    }
    return angles;
  }

  private static void subtract(double[] vector, double factor, double[] direction) {
    for (int i = 0; i < vector.length; i++) {
      vector[i] -= factor * direction[i];
    }
  }

  /** In radians from π/2 down to 0, k of them; none when undefined. */
  public double[] descending() {
    return descending.clone();
  }

  /** Mean of {@code cos²}: 1 for the same subspace, 0 for orthogonal ones. */
  public Statistic overlap() {
    return overlap;
  }

  /** {@code √Σ sin²}, from 0 to √k. */
  public Statistic chordalDistance() {
    return chordal;
  }

  /** {@code √Σ θ²} in radians, from 0 to √k π/2. */
  public Statistic geodesicDistance() {
    return geodesic;
  }
}
