package dev.parallax.onnx.graph;

import ai.onnxruntime.OnnxTensor;

/**
 * The rows of one matrix on their way into a graph: checked, and scaled by the power of two that
 * brings the largest entry to about 1, so that products in single precision neither overflow nor
 * vanish. Kept and filled again; for one thread.
 */
final class ScaledRows {

  /** Powers of two below and above are no normal floats. */
  private static final int LEAST_EXPONENT = -126;

  private static final int GREATEST_EXPONENT = 126;

  private final FloatBlock block = new FloatBlock();
  private int count;
  private int width;
  private int exponent;

  /**
   * Takes rows in.
   *
   * @return whether all entries are finite; if not, the block holds nothing
   * @throws IllegalArgumentException for rows of different widths
   */
  boolean fill(float[][] rows) {
    count = rows.length;
    width = rows.length == 0 ? 0 : rows[0].length;
    float largest = 0;
    for (float[] row : rows) {
      FloatBlock.requireWidth(row, width);
      for (float value : row) {
        // The greater of NaN and anything is NaN.
        largest = Math.max(largest, Math.abs(value));
      }
    }
    block.reset(0);
    if (!Float.isFinite(largest)) {
      return false;
    }
    exponent =
        largest == 0
            ? 0
            : Math.max(LEAST_EXPONENT, Math.min(GREATEST_EXPONENT, Math.getExponent(largest)));
    block.reset(Math.multiplyExact(count, width));
    float factor = Math.scalb(1f, -exponent);
    float[] scaled = new float[width];
    for (float[] row : rows) {
      for (int j = 0; j < width; j++) {
        scaled[j] = row[j] * factor;
      }
      block.put(scaled);
    }
    return true;
  }

  int count() {
    return count;
  }

  int width() {
    return width;
  }

  /** What 2 is raised to for one entry of the tensor. */
  int exponent() {
    return exponent;
  }

  /** The rows, [n, p]; the caller closes it before the next fill. */
  OnnxTensor tensor() {
    return block.tensor(count, width);
  }
}
