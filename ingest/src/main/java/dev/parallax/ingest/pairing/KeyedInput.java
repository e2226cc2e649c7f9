package dev.parallax.ingest.pairing;

import dev.parallax.core.embedding.EmbeddingEvent.InputTensor;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.Rejection;
import java.util.Optional;

/** An input under its key. */
public sealed interface KeyedInput {

  /**
   * An input.
   *
   * @param key its key
   * @param text the text, only where the reference needs it
   * @param tensor the tensor, only where the reference needs it
   */
  record Keyed(InputKey key, Optional<String> text, Optional<InputTensor> tensor)
      implements KeyedInput {}

  /**
   * An input that no key can be made of.
   *
   * @param rejection why
   */
  record Refused(Rejection rejection) implements KeyedInput {}
}
