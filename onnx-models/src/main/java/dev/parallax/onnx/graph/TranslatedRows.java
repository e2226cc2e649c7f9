package dev.parallax.onnx.graph;

/** The translation residual and stratum of each row of a pane, in the order of the rows. */
public final class TranslatedRows {

  private final double[] residuals;
  private final int[] strata;

  TranslatedRows(double[] residuals, int[] strata) {
    this.residuals = residuals;
    this.strata = strata;
  }

  public int count() {
    return residuals.length;
  }

  /** ‖x − x̄ − (r − r̄)W‖² of row {@code i}, in squared units of the live space, never negative. */
  public double residual(int i) {
    return residuals[i];
  }

  /** Index of the centroid nearest to reference row {@code i}. */
  public int stratum(int i) {
    return strata[i];
  }
}
