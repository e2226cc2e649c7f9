package dev.parallax.onnx.graph;

import dev.parallax.core.translation.Strata;
import dev.parallax.core.translation.StratumResiduals;
import dev.parallax.core.translation.Translation;
import dev.parallax.core.translation.TranslationKernel;
import dev.parallax.core.translation.TranslationSums;
import dev.parallax.onnx.runtime.SessionSettings;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Translation by ONNX Runtime: products in single precision, sums over rows in double. Equals {@link
 * dev.parallax.core.translation.PlainTranslationKernel} up to the rounding of the products. One instance is for one
 * thread.
 */
public final class OnnxTranslationKernel implements TranslationKernel, AutoCloseable {

  private final PaneProductsGraph products;
  private final TranslationGraph translation;
  private final Map<Translation, TranslationParameters> parameters = new WeakHashMap<>();

  private OnnxTranslationKernel(PaneProductsGraph products, TranslationGraph translation) {
    this.products = products;
    this.translation = translation;
  }

  /** Joins the users of the shared sessions. */
  public static OnnxTranslationKernel open(SessionSettings settings) {
    return new OnnxTranslationKernel(
        PaneProductsGraph.open(settings), TranslationGraph.open(settings));
  }

  @Override
  public void addTo(TranslationSums sums, float[][] live, float[][] reference) {
    float[][] x = relative(live, sums.liveOrigin());
    float[][] r = relative(reference, sums.referenceOrigin());
    int p = sums.liveWidth();
    int q = sums.referenceWidth();
    double[] squares = new double[q * q];
    double[] byLive = new double[q * p];
    products.addInPlace(x, r, squares, byLive);
    sums.add(live.length, columnSums(x, p), columnSums(r, q), squares, byLive);
  }

  @Override
  public StratumResiduals residuals(
      Translation map, Strata strata, float[][] live, float[][] reference) {
    TranslationParameters frozen =
        parameters.computeIfAbsent(map, key -> TranslationParameters.of(key, strata));
    TranslatedRows rows =
        translation.score(
            frozen,
            relative(live, map.liveMean()),
            relative(reference, map.referenceMean()));
    StratumResiduals residuals = new StratumResiduals(strata.count());
    for (int i = 0; i < rows.count(); i++) {
      residuals.add(rows.stratum(i), rows.residual(i));
    }
    return residuals;
  }

  private static float[][] relative(float[][] rows, float[] origin) {
    float[][] relative = new float[rows.length][origin.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < origin.length; j++) {
        relative[i][j] = rows[i][j] - origin[j];
      }
    }
    return relative;
  }

  private static double[] columnSums(float[][] rows, int width) {
    double[] sums = new double[width];
    for (float[] row : rows) {
      for (int j = 0; j < width; j++) {
        sums[j] += row[j];
      }
    }
    return sums;
  }

  @Override
  public void close() {
    products.close();
    translation.close();
  }
}
