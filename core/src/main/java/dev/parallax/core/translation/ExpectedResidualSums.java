package dev.parallax.core.translation;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionInner_DDRM;
import org.ejml.dense.row.linsol.chol.LinearSolverChol_DDRM;

/**
 * The sums from which an {@link ExpectedResidual} is fitted; additive over panes. Memory: the
 * square of the number of features. Not thread-safe.
 */
public final class ExpectedResidualSums {

  /** Relative to the mean square of a feature. */
  private static final double RIDGE = 0.1;

  private final int features;
  private long rows;
  private double residual;
  private final double[] sums;
  private final double[] byResidual;

  /** Lower triangle, row-major, of the products of features. */
  private final double[] products;

  /**
   * Sums of no rows.
   *
   * @param referenceWidth q
   * @param strata number of strata
   */
  public ExpectedResidualSums(int referenceWidth, int strata) {
    this(PaneFeatures.count(referenceWidth, strata));
  }

  private ExpectedResidualSums(int features) {
    this(
        0,
        0,
        new double[features],
        new double[features],
        new double[features * (features + 1) / 2]);
  }

  private ExpectedResidualSums(
      long rows, double residual, double[] sums, double[] byResidual, double[] products) {
    this.features = sums.length;
    this.rows = rows;
    this.residual = residual;
    this.sums = sums;
    this.byResidual = byResidual;
    this.products = products;
  }

  /** Restores sums from their parts, as {@link #parts()} gives them. */
  public static ExpectedResidualSums of(Parts parts) {
    return new ExpectedResidualSums(
        parts.rows(), parts.residual(), parts.sums(), parts.byResidual(), parts.products());
  }

  /**
   * These sums and the first {@code count} rows of a pane.
   *
   * @param reference rows of length q
   * @param residuals of the same rows under the translation
   * @param leverage of the same rows
   * @param origin r̄ of the translation
   */
  public ExpectedResidualSums plus(
      int count,
      float[][] reference,
      RowResiduals residuals,
      RowResiduals leverage,
      float[] origin) {
    ExpectedResidualSums next =
        new ExpectedResidualSums(
            rows + count, residual, sums.clone(), byResidual.clone(), products.clone());
    double[] row = new double[features];
    for (int i = 0; i < count; i++) {
      PaneFeatures.ofRow(reference[i], leverage.residual(i), leverage.stratum(i), origin, row);
      next.add(row, residuals.residual(i));
    }
    return next;
  }

  private void add(double[] row, double value) {
    residual += value;
    int at = 0;
    for (int i = 0; i < features; i++) {
      double entry = row[i];
      sums[i] += entry;
      byResidual[i] += entry * value;
      if (entry != 0) {
        for (int j = 0; j <= i; j++) {
          products[at + j] += entry * row[j];
        }
      }
      at += i + 1;
    }
  }

  /**
   * Fits the model by ridge regression: β = (F'F/n − f̄f̄' + λI)⁻¹ (F'e/n − f̄ē), λ a tenth of the
   * mean variance of a feature. A residual that is the same for all rows gives a model of zeros.
   */
  public ExpectedResidual fit() {
    DMatrixRMaj covariance = new DMatrixRMaj(features, features);
    DMatrixRMaj cross = new DMatrixRMaj(features, 1);
    double[] means = new double[features];
    double trace = 0;
    for (int i = 0; i < features; i++) {
      means[i] = sums[i] / rows;
    }
    int at = 0;
    for (int i = 0; i < features; i++) {
      for (int j = 0; j <= i; j++) {
        double value = products[at + j] / rows - means[i] * means[j];
        covariance.set(i, j, value);
        covariance.set(j, i, value);
      }
      at += i + 1;
      trace += covariance.get(i, i);
      cross.set(i, 0, byResidual[i] / rows - means[i] * (residual / rows));
    }
    double penalty = RIDGE * trace / features;
    if (!(penalty > 0)) {
      return new ExpectedResidual(new double[features], means);
    }
    for (int i = 0; i < features; i++) {
      covariance.add(i, i, penalty);
    }
    LinearSolverChol_DDRM solver =
        new LinearSolverChol_DDRM(new CholeskyDecompositionInner_DDRM(true));
    DMatrixRMaj coefficients = new DMatrixRMaj(features, 1);
    if (!solver.setA(covariance)) {
      throw new IllegalStateException("the inputs of the baseline do not vary");
    }
    solver.solve(cross, coefficients);
    return new ExpectedResidual(coefficients.data, means);
  }

  /** The parts that make up these sums, shared and not copied: for codecs. */
  public Parts parts() {
    return new Parts(rows, residual, sums, byResidual, products);
  }

  /**
   * The parts of {@link ExpectedResidualSums}, for codecs.
   *
   * @param rows number of rows
   * @param residual sum of residuals
   * @param sums of features
   * @param byResidual sums of features times residual
   * @param products lower triangle, row-major, of the products of features
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Parts(
      long rows, double residual, double[] sums, double[] byResidual, double[] products) {}
}
