package dev.parallax.ingest.format;

import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.WireVector;

/** What a model answered to one input. */
public sealed interface ModelOutput {

  /**
   * An embedding.
   *
   * @param vector in the number format that it was sent in, F32 for JSON
   */
  record Embedding(WireVector vector) implements ModelOutput {}

  /**
   * Something that is no embedding.
   *
   * @param rejection why
   */
  record Unusable(Rejection rejection) implements ModelOutput {}
}
