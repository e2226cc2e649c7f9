package dev.parallax.onnx.graph;

import dev.parallax.core.similarity.Statistic;
import java.util.Optional;

/** What a graph makes of rows: its figures, or why there are none. */
public sealed interface GraphResult<T> {

  /** The figures; empty when they are undefined. */
  Optional<T> asOptional();

  /** Finite figures. */
  record Stated<T>(T value) implements GraphResult<T> {

    @Override
    public Optional<T> asOptional() {
      return Optional.of(value);
    }
  }

  /**
   * No figures.
   *
   * @param detail one line for a person, with the values that led to it
   */
  record Undefined<T>(Statistic.Cause cause, String detail) implements GraphResult<T> {

    @Override
    public Optional<T> asOptional() {
      return Optional.empty();
    }
  }
}
