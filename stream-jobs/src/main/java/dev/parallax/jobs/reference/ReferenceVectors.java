package dev.parallax.jobs.reference;

import dev.parallax.core.embedding.EmbeddingEvent;
import java.util.List;
import java.util.Optional;

/** The reference space at work: gives each event the reference vector of its input. */
public interface ReferenceVectors extends AutoCloseable {

  /**
   * The reference vectors of events, in order; empty where the event carries nothing to get one
   * from.
   *
   * @param events decoded events with their input keys
   */
  List<Optional<float[]>> of(List<EmbeddingEvent> events);

  @Override
  void close();
}
