package dev.parallax.cli.demo.models;

import dev.parallax.core.embedding.InputKey;
import java.util.Optional;

/** Vectors of one encoding that are kept between runs. Thread-safe. */
public interface VectorStore extends AutoCloseable {

  /** The vector of an input, if it is kept. */
  Optional<float[]> get(InputKey key);

  /** Keeps the vector of an input. */
  void put(InputKey key, float[] vector);

  /** Writes what is not written yet. */
  @Override
  void close();
}
