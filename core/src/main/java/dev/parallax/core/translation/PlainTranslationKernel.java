package dev.parallax.core.translation;

/** Translation by plain loops in double: the definition that faster kernels are held to. */
public final class PlainTranslationKernel implements TranslationKernel {

  @Override
  public void addTo(TranslationSums sums, float[][] live, float[][] reference) {
    float[] liveOrigin = sums.liveOrigin();
    float[] referenceOrigin = sums.referenceOrigin();
    int p = liveOrigin.length;
    int q = referenceOrigin.length;
    double[] liveSum = new double[p];
    double[] referenceSum = new double[q];
    double[] squares = new double[q * q];
    double[] byLive = new double[q * p];
    for (int row = 0; row < live.length; row++) {
      double[] x = relative(live[row], liveOrigin);
      double[] r = relative(reference[row], referenceOrigin);
      for (int j = 0; j < p; j++) {
        liveSum[j] += x[j];
      }
      for (int i = 0; i < q; i++) {
        referenceSum[i] += r[i];
        for (int j = 0; j < q; j++) {
          squares[i * q + j] += r[i] * r[j];
        }
        for (int j = 0; j < p; j++) {
          byLive[i * p + j] += r[i] * x[j];
        }
      }
    }
    sums.add(live.length, liveSum, referenceSum, squares, byLive);
  }

  @Override
  public RowResiduals rows(
      Translation translation, Strata strata, float[][] live, float[][] reference) {
    int p = translation.liveWidth();
    float[] map = translation.map();
    double[] residuals = new double[live.length];
    int[] nearest = new int[live.length];
    for (int row = 0; row < live.length; row++) {
      double[] miss = relative(live[row], translation.liveMean());
      double[] r = relative(reference[row], translation.referenceMean());
      for (int i = 0; i < r.length; i++) {
        for (int j = 0; j < p; j++) {
          miss[j] -= r[i] * map[i * p + j];
        }
      }
      double squared = 0;
      for (double value : miss) {
        squared += value * value;
      }
      residuals[row] = squared;
      nearest[row] = strata.of(reference[row]);
    }
    return new RowResiduals(residuals, nearest);
  }

  private static double[] relative(float[] row, float[] origin) {
    double[] difference = new double[row.length];
    for (int j = 0; j < row.length; j++) {
      difference[j] = (double) row[j] - origin[j];
    }
    return difference;
  }
}
