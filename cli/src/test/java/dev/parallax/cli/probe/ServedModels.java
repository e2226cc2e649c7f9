package dev.parallax.cli.probe;

import dev.parallax.onnx.encoder.BundledEncoders;
import dev.parallax.onnx.encoder.EncoderManifest;
import dev.parallax.onnx.encoder.OnnxSentenceEncoder;
import dev.parallax.onnx.runtime.SessionSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Real models, as a service would run them. */
final class ServedModels implements AutoCloseable {

  private final List<OnnxSentenceEncoder> encoders = new ArrayList<>();

  /** A bundled encoder that answers a text by that text alone. */
  EmbeddingServer.Model steady(String id) {
    return serving(BundledEncoders.manifest(id));
  }

  /**
   * A quantised encoder run in batches, as services do: it scales its activations over the whole
   * run, so a text's vector depends on the texts beside it.
   */
  EmbeddingServer.Model batched(String id) {
    EncoderManifest manifest = BundledEncoders.manifest(id);
    return serving(
        new EncoderManifest(
            manifest.id(),
            manifest.version(),
            manifest.kind(),
            manifest.model(),
            manifest.tokenizer(),
            manifest.inputs(),
            manifest.output(),
            manifest.prefix(),
            manifest.pooling(),
            manifest.normalise(),
            manifest.maxLength(),
            manifest.dimension(),
            false,
            null,
            manifest.licence()));
  }

  private EmbeddingServer.Model serving(EncoderManifest manifest) {
    OnnxSentenceEncoder encoder = OnnxSentenceEncoder.open(manifest, SessionSettings.CPU);
    encoders.add(encoder);
    return encoder::encode;
  }

  /** Householder reflections: an orthogonal map of no particular direction. */
  static float[] turned(float[] vector) {
    double[] row = new double[vector.length];
    for (int j = 0; j < row.length; j++) {
      row[j] = vector[j];
    }
    Random random = new Random(2026);
    for (int turn = 0; turn < 2 * row.length; turn++) {
      double[] normal = random.doubles(row.length, -1, 1).toArray();
      double along = 0;
      double length = 0;
      for (int j = 0; j < row.length; j++) {
        along += normal[j] * row[j];
        length += normal[j] * normal[j];
      }
      for (int j = 0; j < row.length; j++) {
        row[j] -= 2 * along / length * normal[j];
      }
    }
    float[] turned = new float[vector.length];
    for (int j = 0; j < turned.length; j++) {
      turned[j] = (float) row[j];
    }
    return turned;
  }

  @Override
  public void close() {
    encoders.forEach(OnnxSentenceEncoder::close);
  }
}
