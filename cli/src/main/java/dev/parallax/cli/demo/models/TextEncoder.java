package dev.parallax.cli.demo.models;

/** Turns one text into one vector. Thread-safe. */
public interface TextEncoder extends AutoCloseable {

  /** The vector of {@code text}, a new array. */
  float[] encode(String text);

  /** Frees what the encoder holds. */
  @Override
  void close();
}
