package dev.parallax.onnx.graph;

/** What scoring a pane comes to: the sums of its batches, or why there are none. */
public sealed interface PaneScore permits PaneSums, PaneScore.NotFinite {

  /**
   * A row has an entry that is NaN or infinite, so nothing can be said of the pane.
   *
   * @param side whose row it is
   * @param row its place in the pane, from 0; the first such row
   */
  record NotFinite(Side side, int row) implements PaneScore {}

  /** The two spaces of a pane. */
  enum Side {
    LIVE,
    REFERENCE
  }
}
