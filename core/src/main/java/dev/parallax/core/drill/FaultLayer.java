package dev.parallax.core.drill;

/** Where a fault acts, between the request and the event that tells of it. */
public enum FaultLayer {
  /** On the text, before it is encoded. */
  TEXT,
  /** In the encoder: its settings, its weights, or which one it is. */
  ENCODER,
  /** On the vector that the encoder gave; see {@link VectorFault}. */
  VECTOR,
  /**
   * On which vector is told of under which input, or whether anything is; see {@link PaneFault}.
   */
  STREAM,
  /** On what is asked, and how often; the model is as it was. */
  TRAFFIC
}
