package dev.parallax.benchmarks.detection;

import dev.parallax.onnx.encoder.BundledEncoders;
import dev.parallax.onnx.encoder.EncoderManifest;
import dev.parallax.onnx.model.PinnedSource;

/** The models whose series are studied; the reference is all-MiniLM-L6-v2 in single precision. */
enum StudyModel {
  /** Of the reference's own family: its residual is next to nothing. */
  MINILM_INT8(BundledEncoders.manifest(BundledEncoders.MINILM_QUANTISED)),
  /** Another family, whose first token stands for the text. */
  BGE_INT8(BundledEncoders.manifest(BundledEncoders.BGE_QUANTISED)),
  /** A third one, which wants a prefix. */
  E5_INT8(BundledEncoders.manifest(BundledEncoders.E5_QUANTISED)),
  /** The second before it was quantised, so that quantising it can be studied. */
  BGE_FP32(
      variant(
          "bge-small-en-v1.5",
          "828e1496d7fabb79cfa4dcd84fa38625c0d3d21da474a00f08db0f559940cf35",
          "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66",
          false));

  private final EncoderManifest manifest;

  StudyModel(EncoderManifest manifest) {
    this.manifest = manifest;
  }

  /** The encoder as it should be run. */
  EncoderManifest manifest() {
    return manifest;
  }

  /** Name for people. */
  String label() {
    return manifest.id();
  }

  /** The version before that of {@link #BGE_INT8}. */
  static EncoderManifest olderBge() {
    return variant(
        "bge-small-en-q",
        "93b3c104db8309d72a822d18eaae67ccdedaf81bdea0d03dd477dfb666e75e77",
        "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66",
        true);
  }

  /** A sibling of the bundled bge-small-en-v1.5-q, without a golden vector. */
  private static EncoderManifest variant(
      String name, String model, String tokenizer, boolean quantised) {
    EncoderManifest bge = BundledEncoders.manifest(BundledEncoders.BGE_QUANTISED);
    return new EncoderManifest(
        name,
        bge.version(),
        bge.kind(),
        new PinnedSource("classpath:" + name + ".onnx", model),
        new PinnedSource("classpath:" + name + "-tokenizer.json", tokenizer),
        bge.inputs(),
        bge.output(),
        bge.prefix(),
        bge.pooling(),
        bge.normalise(),
        bge.maxLength(),
        bge.dimension(),
        quantised,
        null,
        bge.licence());
  }
}
