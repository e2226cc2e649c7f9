package dev.parallax.onnx.graph;

import dev.parallax.core.translation.RowResiduals;
import dev.parallax.core.translation.Strata;
import dev.parallax.core.translation.Translation;
import dev.parallax.core.translation.TranslationKernel;
import dev.parallax.core.translation.TranslationSums;
import dev.parallax.onnx.runtime.SessionSettings;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The {@link TranslationKernel} on ONNX Runtime.
 *
 * <p>Equals {@link dev.parallax.core.translation.PlainTranslationKernel} up to the rounding of
 * single-precision products. One instance is for one thread, made when an operator opens and closed
 * with it; the sessions behind it are shared.
 */
public final class OnnxTranslationKernel implements TranslationKernel, AutoCloseable {

  private final TranslationGraph translations;
  private final PaneProductsGraph products;
  private @Nullable Prepared last;

  private OnnxTranslationKernel(TranslationGraph translations, PaneProductsGraph products) {
    this.translations = translations;
    this.products = products;
  }

  /** A map and strata with the form of them that the graph takes. */
  private record Prepared(
      Translation translation, Strata strata, TranslationParameters parameters) {}

  /** Joins the users of the shared sessions. */
  public static OnnxTranslationKernel open(SessionSettings settings) {
    return open(() -> TranslationGraph.open(settings), () -> PaneProductsGraph.open(settings));
  }

  static OnnxTranslationKernel open(
      Supplier<TranslationGraph> first, Supplier<PaneProductsGraph> second) {
    TranslationGraph translations = first.get();
    try {
      return new OnnxTranslationKernel(translations, second.get());
    } catch (RuntimeException | Error e) {
      translations.close();
      throw e;
    }
  }

  @Override
  public void addTo(TranslationSums sums, float[][] live, float[][] reference) {
    products.addTo(sums, live, reference);
  }

  @Override
  public RowResiduals rows(
      Translation translation, Strata strata, float[][] live, float[][] reference) {
    return translations.score(prepare(translation, strata), live, reference);
  }

  /** Panes of one series often come in a row. */
  private TranslationParameters prepare(Translation translation, Strata strata) {
    Prepared prepared = last;
    if (prepared == null || prepared.translation() != translation || prepared.strata() != strata) {
      prepared = new Prepared(translation, strata, TranslationParameters.of(translation, strata));
      last = prepared;
    }
    return prepared.parameters();
  }

  @Override
  public void close() {
    try {
      translations.close();
    } finally {
      products.close();
    }
  }
}
