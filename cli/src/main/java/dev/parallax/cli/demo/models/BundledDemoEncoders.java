package dev.parallax.cli.demo.models;

import dev.parallax.core.drill.BrokenTokenizer;
import dev.parallax.core.drill.FaultKind;
import dev.parallax.core.drill.FaultLayer;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.onnx.cache.ParallaxCache;
import dev.parallax.onnx.cache.ReferenceCache;
import dev.parallax.onnx.drill.EncoderFaults;
import dev.parallax.onnx.encoder.BundledEncoders;
import dev.parallax.onnx.encoder.EncoderManifest;
import dev.parallax.onnx.encoder.OnnxSentenceEncoder;
import dev.parallax.onnx.model.PinnedBytes;
import dev.parallax.onnx.runtime.OnnxProvenance;
import dev.parallax.onnx.runtime.SessionSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;

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
  private final EncoderFaults faults;
  private final ConcurrentMap<Encoding, EncoderManifest> manifests = new ConcurrentHashMap<>();

  /** Encoders whose vectors are kept in {@code cache}. */
  public BundledDemoEncoders(ParallaxCache cache) {
    this.cache = cache;
    this.faults = new EncoderFaults(cache);
  }

  private EncoderManifest manifest(Encoding encoding) {
    return manifests.computeIfAbsent(
        encoding,
        wanted -> {
          EncoderManifest healthy = healthy(wanted.encoder());
          return wanted
              .fault()
              .filter(kind -> kind.layer() == FaultLayer.ENCODER)
              .map(kind -> faults.broken(kind, healthy))
              .orElse(healthy);
        });
  }

  /** The manifest of what {@code encoder} should run. */
  static EncoderManifest healthy(DemoEncoder encoder) {
    return BundledEncoders.manifest(
        switch (encoder) {
          case MINILM_INT8 -> BundledEncoders.MINILM_QUANTISED;
          case BGE_SMALL_INT8 -> BundledEncoders.BGE_QUANTISED;
          case E5_SMALL_INT8 -> BundledEncoders.E5_QUANTISED;
        });
  }

  /** What the encoder is given for a text. */
  private static UnaryOperator<String> reading(Encoding encoding) {
    return encoding.fault().filter(FaultKind.BROKEN_TOKENIZER::equals).isPresent()
        ? BrokenTokenizer::seen
        : UnaryOperator.identity();
  }

  @Override
  public TextEncoder open(Encoding encoding) {
    OnnxSentenceEncoder encoder = OnnxSentenceEncoder.open(manifest(encoding), settings);
    UnaryOperator<String> reading = reading(encoding);
    return new TextEncoder() {
      @Override
      public float[] encode(String text) {
        return encoder.encode(List.of(reading.apply(text)))[0];
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
    String read =
        encoding
            .fault()
            .filter(kind -> kind.layer() == FaultLayer.TEXT)
            .map(kind -> "\n" + kind.label())
            .orElse("");
    String deciding = manifest.digest() + "\n" + OnnxProvenance.of(settings) + read;
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
