package dev.parallax.ingest.format;

/** Which half of an inference call a body is. */
public enum Side {
  /** What the model was asked. */
  REQUEST,
  /** What it answered. */
  RESPONSE
}
