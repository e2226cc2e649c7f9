package dev.parallax.cli.demo.models;

import java.util.List;

/** The models that the demo watches, of three families, and which of them breaks. */
public final class DemoFleet {

  /** The models; planned events refer to them by index. */
  public static final List<DemoModel> MODELS =
      List.of(
          new DemoModel("search-embedder", "2.1.0", DemoEncoder.MINILM_INT8),
          new DemoModel("support-router", "1.4.2", DemoEncoder.BGE_SMALL_INT8),
          new DemoModel("product-matcher", "3.0.1", DemoEncoder.E5_SMALL_INT8));

  /** Index of the model that breaks: not of the reference's family, as models seldom are. */
  public static final int BROKEN = 1;

  /** Index of the model that wants a prefix before every text. */
  public static final int PREFIXED = 2;

  private DemoFleet() {}

  /** Names of the models, in their order. */
  public static List<String> names() {
    return MODELS.stream().map(DemoModel::name).toList();
  }
}
