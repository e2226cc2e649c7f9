package dev.parallax.cli.demo.models;

/** Where encoders and their kept vectors come from. */
public interface Encoders {

  /** Loads an encoder; takes up to a few seconds. */
  TextEncoder open(Encoding encoding);

  /** The kept vectors of an encoding. */
  VectorStore store(Encoding encoding);
}
