package dev.parallax.jobs.reference;

import dev.parallax.core.embedding.EmbeddingEvent;
import java.util.List;
import java.util.Optional;

/** Reference vectors that the events carry, as in a shadow deployment. */
final class AttachedReferences implements ReferenceVectors {

  private final String id;

  /** Takes vectors of the reference space {@code id} and no others. */
  AttachedReferences(String id) {
    this.id = id;
  }

  @Override
  public List<Optional<float[]>> of(List<EmbeddingEvent> events) {
    return events.stream().map(this::of).toList();
  }

  private Optional<float[]> of(EmbeddingEvent event) {
    return event
        .reference()
        .filter(reference -> reference.referenceId().equals(id))
        .map(reference -> reference.vector().toFloats());
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
