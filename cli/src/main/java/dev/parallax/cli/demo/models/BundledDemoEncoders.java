package dev.parallax.cli.demo.models;

import dev.parallax.core.embedding.InputKey;
import dev.parallax.onnx.cache.ParallaxCache;
import dev.parallax.onnx.cache.ReferenceCache;
import dev.parallax.onnx.encoder.BundledEncoders;
import dev.parallax.onnx.encoder.EncoderManifest;
import dev.parallax.onnx.encoder.OnnxSentenceEncoder;
import dev.parallax.onnx.model.PinnedBytes;
import dev.parallax.onnx.runtime.OnnxProvenance;
import dev.parallax.onnx.runtime.SessionSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The encoders that come with the build, on the processor, each run on the thread that asks; their
 * vectors are kept in the cache directory by digest of model, settings and runtime.
 */
public final class BundledDemoEncoders implements Encoders {

  /** A few thousand vectors of 1.5 kB for each encoding; the file grows with other corpora. */
  private static final long MAX_MEMORY_BYTES = 16L << 20;

  private static final long MAX_FILE_BYTES = 64L << 20;

  private final SessionSettings settings = SessionSettings.CPU;
  private final ParallaxCache cache;

  /** Encoders whose vectors are kept in {@code cache}. */
  public BundledDemoEncoders(ParallaxCache cache) {
    this.cache = cache;
  }

  private static EncoderManifest manifest(Encoding encoding) {
    EncoderManifest manifest =
        BundledEncoders.manifest(
            switch (encoding.encoder()) {
              case MINILM_INT8 -> BundledEncoders.MINILM_QUANTISED;
              case BGE_SMALL_INT8 -> BundledEncoders.BGE_QUANTISED;
              case E5_SMALL_INT8 -> BundledEncoders.E5_QUANTISED;
            });
    return encoding.maxLength().isPresent()
        ? manifest.withMaxLength(encoding.maxLength().getAsInt())
        : manifest;
  }

  @Override
  public TextEncoder open(Encoding encoding) {
    OnnxSentenceEncoder encoder = OnnxSentenceEncoder.open(manifest(encoding), settings);
    return new TextEncoder() {
      @Override
      public float[] encode(String text) {
        return encoder.encode(List.of(text))[0];
      }

      @Override
      public void close() {
        encoder.close();
      }
    };
  }

  @Override
  public VectorStore store(Encoding encoding) {
    EncoderManifest manifest = manifest(encoding);
    String deciding = manifest.digest() + "\n" + OnnxProvenance.of(settings);
    ReferenceCache kept =
        ReferenceCache.persistent(
            cache.embeddings(),
            PinnedBytes.sha256(deciding.getBytes(StandardCharsets.UTF_8)),
            manifest.dimension(),
            MAX_MEMORY_BYTES,
            MAX_FILE_BYTES);
    return new VectorStore() {
      @Override
      public Optional<float[]> get(InputKey key) {
        return kept.get(key.toBytes());
      }

      @Override
      public void put(InputKey key, float[] vector) {
        kept.put(key.toBytes(), vector);
      }

      @Override
      public void close() {
        kept.close();
      }
    };
  }
}
