package dev.parallax.onnx.graph;

/**
 * Shape of a pane's paired rows.
 *
 * @param widthX of the live rows, 0 without rows
 * @param widthR of the reference rows, 0 without rows
 */
record PaneShape(int count, int widthX, int widthR) {

  /** Widths are those of the first rows; {@link FloatBlock} holds the others to them. */
  static PaneShape of(float[][] x, float[][] r) {
    if (x.length != r.length) {
      throw new IllegalArgumentException(
          "expected as many live as reference rows, got " + x.length + " and " + r.length);
    }
    return x.length == 0
        ? new PaneShape(0, 0, 0)
        : new PaneShape(x.length, x[0].length, r[0].length);
  }
}
