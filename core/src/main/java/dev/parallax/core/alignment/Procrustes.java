package dev.parallax.core.alignment;

import dev.parallax.core.matrix.CentredRows;
import dev.parallax.core.matrix.OrthogonalFit;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.PairedRows;
import dev.parallax.core.similarity.Statistic;
import dev.parallax.core.spectrum.PrincipalComponents;
import java.util.Optional;

/**
 * Orthogonal Procrustes: how alike two spaces are once one is rotated and reflected onto the other.
 * Columns are centred, the narrower side is padded with zero columns. Immutable.
 *
 * <p>Like CKA it is blind to rotation, reflection, shift and, but for {@link
 * #sizeAndShapeDistance()}, uniform scale; unlike CKA its distances are metrics, and it weighs all
 * directions rather than the strongest. It reads high for few rows: two unrelated isotropic spaces
 * of width 384 have a similarity of 0.96 at 64 rows. Cost O(n p q + p q min(p, q)).
 *
 * @see <a href="https://arxiv.org/abs/2110.14739">Williams et al. (2021)</a>
 */
public final class Procrustes {

  private static final int MIN_PAIRS = 2;

  private final Statistic similarity;
  private final Statistic angular;
  private final Statistic sizeAndShapeDistance;
  private final Statistic unitNormDistance;

  private Procrustes(
      Statistic similarity,
      Statistic angular,
      Statistic sizeAndShapeDistance,
      Statistic unitNormDistance) {
    this.similarity = similarity;
    this.angular = angular;
    this.sizeAndShapeDistance = sizeAndShapeDistance;
    this.unitNormDistance = unitNormDistance;
  }

  /**
   * Of paired rows; undefined for fewer than two pairs, entries that are not finite, or a constant
   * side.
   *
   * @throws IllegalArgumentException when the row counts differ
   */
  public static Procrustes of(RowMatrix production, RowMatrix reference) {
    Optional<Statistic> none = new PairedRows(production, reference).undefinedBelow(MIN_PAIRS);
    if (none.isPresent()) {
      return undefined(none.get());
    }
    CentredRows x = CentredRows.of(production);
    CentredRows y = CentredRows.of(reference);
    return of(x.rows(), x.exponent(), y.rows(), y.exponent());
  }

  /**
   * The same figures of rows that were decomposed already: the rows in the coordinates of their
   * components have the same inner products, and fewer columns where there are few rows.
   *
   * @throws IllegalArgumentException when the row counts differ
   * @throws IllegalStateException when the components are of moments
   */
  public static Procrustes of(PrincipalComponents production, PrincipalComponents reference) {
    if (production.count() != reference.count()) {
      throw new IllegalArgumentException(
          "expected as many production as reference rows, got "
              + production.count()
              + " and "
              + reference.count());
    }
    Optional<Statistic> none = production.undefined().or(reference::undefined);
    return none.map(Procrustes::undefined)
        .orElseGet(
            () ->
                of(
                    production.scores(),
                    production.exponent(),
                    reference.scores(),
                    reference.exponent()));
  }

  private static Procrustes undefined(Statistic none) {
    return new Procrustes(none, none, none, none);
  }

  private static Procrustes of(double[][] x, int exponentX, double[][] y, int exponentY) {
    int exponent = Math.max(exponentX, exponentY);
    OrthogonalFit shape = OrthogonalFit.of(x, y);
    OrthogonalFit sized =
        exponentX == exponentY
            ? shape
            : OrthogonalFit.of(scaled(x, exponentX - exponent), scaled(y, exponentY - exponent));
    return of(shape, Math.scalb(Math.sqrt(sized.squaredDistance()), exponent));
  }

  private static double[][] scaled(double[][] rows, int exponent) {
    double[][] result = new double[rows.length][rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        result[i][j] = Math.scalb(rows[i][j], exponent);
      }
    }
    return result;
  }

  /**
   * Of sums of products of centred rows, as a merge of panes keeps them. {@link #similarity()} is
   * as accurate as from rows; an angle or a distance below about 1e-8 of the norms is rounding.
   *
   * @param count number of pairs
   * @param squaredNormX {@code ‖Xc‖²}, the trace of {@code Xcᵀ Xc}
   * @param squaredNormY {@code ‖Yc‖²}
   * @param cross {@code Xcᵀ Yc}, p rows of width q
   */
  public static Procrustes ofMoments(
      long count, double squaredNormX, double squaredNormY, double[][] cross) {
    if (count < MIN_PAIRS) {
      return undefined(
          new Statistic.Undefined(
              Statistic.Cause.TOO_FEW_PAIRS,
              "expected " + MIN_PAIRS + " or more pairs, got " + count));
    }
    if (!Double.isFinite(squaredNormX + squaredNormY) || !RowMatrix.of(cross).isFinite()) {
      return undefined(
          new Statistic.Undefined(Statistic.Cause.NOT_FINITE, "a sum of products is not finite"));
    }
    if (!(squaredNormX > 0 && squaredNormY > 0)) {
      return undefined(
          new Statistic.Undefined(
              Statistic.Cause.NO_VARIANCE,
              "the variance of the "
                  + (squaredNormX > 0 ? "reference" : "production")
                  + " rows is 0"));
    }
    OrthogonalFit fit = OrthogonalFit.ofProducts(squaredNormX, squaredNormY, cross);
    return of(fit, Math.sqrt(fit.squaredDistance()));
  }

  /** The angle from the chord, because the arc cosine of the similarity loses digits near 0. */
  private static Procrustes of(OrthogonalFit fit, double distance) {
    double chord = Math.sqrt(fit.squaredUnitDistance());
    return new Procrustes(
        Statistic.of(fit.cosine()),
        Statistic.of(2 * StrictMath.asin(Math.min(1, chord / 2))),
        Statistic.of(distance),
        Statistic.of(chord));
  }

  /** {@code ‖Xcᵀ Yc‖* / (‖Xc‖ ‖Yc‖)}, nuclear over Frobenius norms, from 0 to 1; not clipped. */
  public Statistic similarity() {
    return similarity;
  }

  /** Arc cosine of the similarity in radians, from 0 to π/2: a metric. */
  public Statistic angular() {
    return angular;
  }

  /** Smallest {@code ‖Xc − Yc Q‖} over orthogonal Q, in the units of the entries: sees scale. */
  public Statistic sizeAndShapeDistance() {
    return sizeAndShapeDistance;
  }

  /** The same after both are scaled to unit norm, {@code √(2 − 2 similarity)}, from 0 to √2. */
  public Statistic unitNormDistance() {
    return unitNormDistance;
  }
}
