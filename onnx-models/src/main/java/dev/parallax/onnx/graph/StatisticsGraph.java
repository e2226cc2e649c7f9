package dev.parallax.onnx.graph;

import dev.parallax.onnx.model.PinnedSource;
import java.util.function.Supplier;

/**
 * The graphs that compute statistics. Each is built here and shipped as a file whose digest its
 * manifest pins; a test holds the files to what is built.
 *
 * <p>Those of a pane work on blocks of {@value #BLOCK} rows whatever the number of rows that
 * arrived, because a matrix product of another shape may add in another order and so give other
 * bits. The others are of all rows together.
 */
enum StatisticsGraph {
  /** See {@link PaneHsicDefinition}. */
  PANE_HSIC(
      "pane-hsic",
      "debiased HSIC of each batch of m paired rows near their mean, and their squared norms",
      PaneHsicDefinition::build),

  /** See {@link TranslationDefinition}. */
  TRANSLATION(
      "translation",
      "residual ‖x − rW‖² and nearest centroid of each row of x [64,p], r [64,q] under w [q,p]",
      TranslationDefinition::build),

  /** See {@link PaneProductsDefinition}. */
  PANE_PRODUCTS(
      "pane-products",
      "rᵀr [q,q] and rᵀx [q,p] of a block x [64,p], r [64,q]",
      PaneProductsDefinition::build),

  /** See {@link GramDefinition}. */
  GRAM(
      "gram",
      "inner products xxᵀ of rows x, after the mean is subtracted if centred is 1 and not 0",
      GramDefinition::build),

  /** See {@link KnnOverlapDefinition}. */
  KNN_OVERLAP(
      "knn-overlap",
      "share of the k nearest by inner product that x and y have in common, and who they are",
      KnnOverlapDefinition::build),

  /** See {@link CknnaDefinition}. */
  CKNNA(
      "cknna",
      "sums of centred kernel nearest-neighbour alignment of paired rows, debiased and as published",
      CknnaDefinition::build),

  /** See {@link ProjectionDefinition}. */
  PROJECTION(
      "projection",
      "(x − mean)·map: rows of encoders mapped into their consensus space",
      ProjectionDefinition::build);

  /** Rows in a block or batch. */
  static final int BLOCK = 64;

  private final String id;
  private final String computes;
  private final Supplier<byte[]> definition;

  StatisticsGraph(String id, String computes, Supplier<byte[]> definition) {
    this.id = id;
    this.computes = computes;
    this.definition = definition;
  }

  /** The graph in ONNX form, always the same bytes. */
  byte[] build() {
    return definition.get();
  }

  String id() {
    return id;
  }

  String computes() {
    return computes;
  }

  /** The shipped file, to be checked against its manifest. */
  PinnedSource source() {
    return GraphManifest.read(id).source();
  }
}
