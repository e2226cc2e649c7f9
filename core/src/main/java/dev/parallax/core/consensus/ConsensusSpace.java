package dev.parallax.core.consensus;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.matrix.SingularValues;
import dev.parallax.core.similarity.Statistic;
import java.util.ArrayList;
import java.util.List;

/**
 * A space shared by K encoders, by MAX-VAR generalised canonical correlation analysis. Immutable.
 *
 * <p>Of n items embedded by every encoder as centred rows X₁ … X_K it takes the d orthogonal
 * directions G over the items that maximise {@code Σₖ ‖Pₖ G‖²}, where {@code Pₖ = Xₖ(XₖᵀXₖ +
 * λₖI)⁻¹Xₖᵀ} and {@code λₖ = ridge · tr(XₖᵀXₖ) / pₖ}: the directions that all encoders can best
 * predict linearly. They are the left singular vectors of the whitened views side by side. Encoder
 * k then maps a row x to {@code (x − meanₖ) · mapₖ}, its ridge prediction of G scaled to unit
 * sample variance, and the consensus is the mean of these over the encoders.
 *
 * <ol>
 *   <li>The order of the encoders permutes means and maps and changes nothing else.
 *   <li>A rotation, shift or uniform scale of an encoder changes no projection; at ridge 0 neither
 *       does any invertible linear map of it.
 *   <li>The consensus of the items of the fit has {@link #agreement}² as the sample variance of
 *       each dimension, and its dimensions are uncorrelated.
 * </ol>
 *
 * <p>With n at or below the widths every encoder predicts anything and the agreement is 1 for noise
 * too: take several times as many items as the widest encoder has features, or judge the agreement
 * on items that were not fitted. Signs are fixed by making the entry of G with the greatest
 * magnitude positive. Cost of a fit O(n (Σp)²), half a minute for 2,000 items and 1,152 features in
 * all.
 *
 * @see <a href="https://doi.org/10.1007/BF02289720">Horst (1961)</a>
 * @see <a href="https://doi.org/10.3115/v1/N15-1058">Rastogi, Van Durme and Arora (2015)</a>, the
 *     same in terms of singular values
 */
public final class ConsensusSpace {

  private final double[] agreement;
  private final List<Projection> projections;

  private ConsensusSpace(double[] agreement, List<Projection> projections) {
    this.agreement = agreement;
    this.projections = projections;
  }

  /**
   * Fits a space.
   *
   * @param views one matrix per encoder, two or more, row i of all of them of the same item
   * @param dimension d, 1 or more
   * @param ridge relative to a view's mean variance per feature; 0 for none
   * @return undefined for fewer than d + 1 items, entries that are not finite, a constant view, or
   *     views that together vary in fewer than d directions
   * @throws IllegalArgumentException when the row counts differ, there are fewer than two views, or
   *     dimension or ridge is out of range
   */
  public static ConsensusFit fit(List<RowMatrix> views, int dimension, double ridge) {
    requireArguments(views, dimension, ridge);
    int n = views.get(0).count();
    if (n <= dimension) {
      return new ConsensusFit.Undefined(
          Statistic.Cause.TOO_FEW_PAIRS,
          "expected " + (dimension + 1) + " or more items, got " + n);
    }
    for (int k = 0; k < views.size(); k++) {
      if (!views.get(k).isFinite()) {
        return new ConsensusFit.Undefined(
            Statistic.Cause.NOT_FINITE, "view " + k + " has NaN or infinite entries");
      }
      if (views.get(k).isConstant()) {
        return new ConsensusFit.Undefined(
            Statistic.Cause.NO_VARIANCE,
            "view " + k + " is constant: all its " + n + " rows are equal");
      }
    }
    return fitVarying(views, dimension, ridge);
  }

  private static void requireArguments(List<RowMatrix> views, int dimension, double ridge) {
    if (views.size() < 2) {
      throw new IllegalArgumentException("expected 2 or more views, got " + views.size());
    }
    for (RowMatrix view : views) {
      if (view.count() != views.get(0).count()) {
        throw new IllegalArgumentException(
            "expected as many rows in every view, got "
                + views.get(0).count()
                + " and "
                + view.count());
      }
    }
    if (dimension < 1) {
      throw new IllegalArgumentException("dimension=" + dimension + ": expected 1 or more");
    }
    if (!(ridge >= 0) || ridge == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("ridge=" + ridge + ": expected 0 or more, finite");
    }
  }

  private static ConsensusFit fitVarying(List<RowMatrix> views, int dimension, double ridge) {
    int n = views.get(0).count();
    List<WhitenedView> whitened = views.stream().map(v -> WhitenedView.of(v, ridge)).toList();
    int columns = whitened.stream().mapToInt(WhitenedView::rank).sum();
    double[][] sideBySide = new double[n][columns];
    int from = 0;
    for (WhitenedView view : whitened) {
      view.writeTo(sideBySide, from);
      from += view.rank();
    }
    SingularValues svd = SingularValues.of(sideBySide);
    double[] values = svd.values();
    double negligible = values[0] * Math.max(n, columns) * Math.ulp(1.0);
    if (values.length < dimension || values[dimension - 1] <= negligible) {
      return new ConsensusFit.Undefined(
          Statistic.Cause.DEGENERATE,
          "the views together vary in fewer directions than the " + dimension + " asked for");
    }
    double[][] shared = new double[dimension][];
    double[] agreement = new double[dimension];
    for (int c = 0; c < dimension; c++) {
      shared[c] = scaled(svd.left(c));
      agreement[c] = values[c] * values[c] / views.size();
    }
    List<Projection> projections = new ArrayList<>();
    for (int k = 0; k < views.size(); k++) {
      projections.add(new Projection(mean(views.get(k)), whitened.get(k).regress(shared)));
    }
    return new ConsensusFit.Fitted(new ConsensusSpace(agreement, List.copyOf(projections)));
  }

  /** A unit vector with its sign fixed, at unit sample variance. */
  private static double[] scaled(double[] direction) {
    double greatest = 0;
    for (double value : direction) {
      if (Math.abs(value) > Math.abs(greatest)) {
        greatest = value;
      }
    }
    double scale = Math.copySign(Math.sqrt(direction.length - 1.0), greatest);
    double[] result = new double[direction.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = scale * direction[i];
    }
    return result;
  }

  /** In two passes, the second of which takes back the rounding of the first. */
  private static double[] mean(RowMatrix view) {
    double[] mean = new double[view.width()];
    double[] rest = new double[view.width()];
    for (int i = 0; i < view.count(); i++) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += view.get(i, j) / view.count();
      }
    }
    for (int i = 0; i < view.count(); i++) {
      for (int j = 0; j < mean.length; j++) {
        rest[j] += view.get(i, j) / view.count() - mean[j] / view.count();
      }
    }
    for (int j = 0; j < mean.length; j++) {
      mean[j] += rest[j];
    }
    return mean;
  }

  /** Number of encoders, K. */
  public int views() {
    return projections.size();
  }

  /** Width of the shared space, d. */
  public int dimension() {
    return agreement.length;
  }

  /**
   * How far the encoders have a dimension in common, on the items of the fit: the mean share of its
   * variance that an encoder predicts. From 0 to 1, descending; 1 when all have it to the full, and
   * 1/K for a dimension that one encoder has alone, which is where encoders with nothing in common
   * begin when n is far above their widths and the ridge is small.
   */
  public double agreement(int dimension) {
    return agreement[dimension];
  }

  /** How encoder {@code view} maps into the shared space. */
  public Projection projection(int view) {
    return projections.get(view);
  }

  /**
   * The consensus of all encoders: the mean of their projections, as one projection of their rows
   * side by side in the order of the fit.
   */
  public Projection consensus() {
    int width = projections.stream().mapToInt(Projection::width).sum();
    double[] mean = new double[width];
    double[][] map = new double[width][];
    int at = 0;
    for (Projection projection : projections) {
      for (int j = 0; j < projection.width(); j++) {
        mean[at] = projection.mean(j);
        map[at] = projection.weights(j);
        for (int c = 0; c < map[at].length; c++) {
          map[at][c] /= projections.size();
        }
        at++;
      }
    }
    return new Projection(mean, map);
  }
}
