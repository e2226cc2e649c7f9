package dev.parallax.jobs.reference;

import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.onnx.cache.ReferenceCache;
import dev.parallax.onnx.encoder.EncoderManifest;
import dev.parallax.onnx.encoder.OnnxSentenceEncoder;
import dev.parallax.onnx.runtime.ExecutionProvider;
import dev.parallax.onnx.runtime.SessionSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An encoder with the vectors that it has computed so far. Thread-safe; one caller encodes at a
 * time.
 */
final class CachedEncoder implements AutoCloseable {

  /** Over a million vectors of 384 elements. */
  private static final long MAX_FILE_BYTES = 2L << 30;

  private final OnnxSentenceEncoder encoder;
  private final ReferenceCache cache;

  private CachedEncoder(OnnxSentenceEncoder encoder, ReferenceCache cache) {
    this.encoder = encoder;
    this.cache = cache;
  }

  static CachedEncoder open(ReferenceSettings settings) {
    EncoderManifest manifest = settings.readManifest();
    SessionSettings session =
        new SessionSettings(ExecutionProvider.parse(settings.provider()), settings.threads());
    OnnxSentenceEncoder encoder = OnnxSentenceEncoder.open(manifest, session);
    try {
      return new CachedEncoder(encoder, openCache(settings, encoder));
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  private static ReferenceCache openCache(ReferenceSettings settings, OnnxSentenceEncoder encoder) {
    int dimension = encoder.manifest().dimension();
    return settings.cacheDir().isEmpty()
        ? ReferenceCache.inMemory(dimension, settings.cacheBytes())
        : ReferenceCache.persistent(
            Path.of(settings.cacheDir()),
            encoder.digest(),
            dimension,
            settings.cacheBytes(),
            MAX_FILE_BYTES);
  }

  /** The vectors of events that all have a text, in order. */
  synchronized List<float[]> encode(List<EmbeddingEvent> events) {
    List<float[]> vectors = new ArrayList<>(events.size());
    List<String> missingTexts = new ArrayList<>();
    List<Integer> missing = new ArrayList<>();
    for (EmbeddingEvent event : events) {
      Optional<float[]> known = cache.get(keyOf(event));
      if (known.isEmpty()) {
        missing.add(vectors.size());
        missingTexts.add(event.inputText().orElseThrow());
      }
      vectors.add(known.orElse(new float[0]));
    }
    float[][] encoded = encoder.encode(missingTexts);
    for (int i = 0; i < encoded.length; i++) {
      vectors.set(missing.get(i), encoded[i]);
      cache.put(keyOf(events.get(missing.get(i))), encoded[i]);
    }
    return vectors;
  }

  private static byte[] keyOf(EmbeddingEvent event) {
    return event.inputKey().orElseThrow().toBytes();
  }

  @Override
  public void close() {
    try {
      encoder.close();
    } finally {
      cache.close();
    }
  }
}
