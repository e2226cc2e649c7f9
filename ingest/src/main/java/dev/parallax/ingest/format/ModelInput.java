package dev.parallax.ingest.format;

import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.WireVector;
import java.util.List;

/** One input of a model. */
public sealed interface ModelInput {

  /**
   * A text.
   *
   * @param value as it was sent
   */
  record Text(String value) implements ModelInput {}

  /** A text that the caller had cut into tokens. */
  final class Tokens implements ModelInput {
    private final long[] ids;

    /** Tokens, copied. */
    public Tokens(long[] ids) {
      this.ids = ids.clone();
    }

    /** Ids of the tokens, a copy. */
    public long[] ids() {
      return ids.clone();
    }
  }

  /**
   * A tensor of numbers.
   *
   * @param values the elements in row-major order
   * @param shape the lengths of its axes, without the axis of the batch
   */
  record Tensor(WireVector values, List<Integer> shape) implements ModelInput {

    /** Copies the shape. */
    public Tensor {
      shape = List.copyOf(shape);
    }
  }

  /**
   * An input that no key can be made of, such as an image.
   *
   * @param rejection why; the reason is {@code missing-input} as a rule
   */
  record Unreadable(Rejection rejection) implements ModelInput {}
}
