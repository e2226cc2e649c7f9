package dev.parallax.jobs.reference;

import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.onnx.sharing.SharedHandles;
import dev.parallax.onnx.sharing.SharedHandles.Lease;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reference vectors that an encoder computes from the events' texts.
 *
 * <p>All operators of a process share one encoder and one cache: of an input that several models
 * were asked, the vector is computed once.
 */
final class EncodedReferences implements ReferenceVectors {

  /** One per process by design: the model is large, and its vectors are the same for everyone. */
  private static final SharedHandles<ReferenceSettings, CachedEncoder> ENCODERS =
      new SharedHandles<>(CachedEncoder::close);

  private final Lease<CachedEncoder> encoder;

  private EncodedReferences(Lease<CachedEncoder> encoder) {
    this.encoder = encoder;
  }

  static EncodedReferences open(ReferenceSettings settings) {
    return new EncodedReferences(ENCODERS.acquire(settings, () -> CachedEncoder.open(settings)));
  }

  @Override
  public List<Optional<float[]>> of(List<EmbeddingEvent> events) {
    List<EmbeddingEvent> withText =
        events.stream().filter(event -> event.inputText().isPresent()).toList();
    List<float[]> encoded = encoder.value().encode(withText);
    List<Optional<float[]>> vectors = new ArrayList<>(events.size());
    int next = 0;
    for (EmbeddingEvent event : events) {
      vectors.add(
          event.inputText().isPresent() ? Optional.of(encoded.get(next++)) : Optional.empty());
    }
    return vectors;
  }

  @Override
  public void close() {
    encoder.close();
  }
}
