package dev.parallax.cli.drill;

import dev.parallax.core.embedding.EmbeddingEvent;
import java.util.List;

/** What a fault makes of a model's own events. Deterministic; for one thread. */
interface DrillFault extends AutoCloseable {

  /** The events that may be drawn while the fault lasts, of those that {@code healthy} holds. */
  default List<EmbeddingEvent> pool(List<EmbeddingEvent> healthy) {
    return healthy;
  }

  /** Requests of a pane while the fault lasts, where there would be {@code healthy} of them. */
  default int requests(int healthy) {
    return healthy;
  }

  /**
   * The events of a pane.
   *
   * @param requests what the healthy model says, each input once, in the order of time
   * @param panes panes since the fault began
   */
  List<EmbeddingEvent> events(List<EmbeddingEvent> requests, int panes);

  @Override
  default void close() {
    // most faults hold nothing
  }
}
