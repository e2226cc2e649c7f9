package dev.parallax.core.translation;

import java.util.Arrays;

/** The translation residual and the stratum of each row of a pane, in the order of the rows. */
public final class RowResiduals {

  private final double[] residuals;
  private final int[] strata;

  /**
   * Residuals of n rows; not copied.
   *
   * @param residuals squared, in squared units of the live space
   * @param strata index of the stratum of each row
   */
  public RowResiduals(double[] residuals, int[] strata) {
    if (residuals.length != strata.length) {
      throw new IllegalArgumentException(
          "expected as many strata as residuals, got "
              + strata.length
              + " and "
              + residuals.length);
    }
    this.residuals = residuals;
    this.strata = strata;
  }

  /** Number of rows n. */
  public int count() {
    return residuals.length;
  }

  /** ‖x − x̄ − (r − r̄)W‖² of row {@code i}, never negative. */
  public double residual(int i) {
    return residuals[i];
  }

  /** Index of the centroid nearest to reference row {@code i}. */
  public int stratum(int i) {
    return strata[i];
  }

  /** Index of the stratum of each row; shared, not to be changed. */
  public int[] strata() {
    return strata;
  }

  /** Mean over the rows; 0 of none. */
  public double mean() {
    double sum = 0;
    for (double residual : residuals) {
      sum += residual;
    }
    return residuals.length == 0 ? 0 : sum / residuals.length;
  }

  /** The lower median over the rows; 0 of none. */
  public double median() {
    double[] sorted = residuals.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[(sorted.length - 1) / 2];
  }

  /**
   * The residuals summed per stratum.
   *
   * @param strata number of strata
   */
  public StratumResiduals byStratum(int strata) {
    StratumResiduals sums = new StratumResiduals(strata);
    for (int i = 0; i < residuals.length; i++) {
      sums.add(this.strata[i], residuals[i]);
    }
    return sums;
  }
}
