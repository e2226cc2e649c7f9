package dev.parallax.onnx.graph;

import ai.onnxruntime.OnnxTensor;

/**
 * One side of some batches as the runtime reads it: single-precision rows relative to a point among
 * those of their batch, in memory outside the heap. Kept and filled again; for one thread.
 *
 * <p>U-centring removes whatever is subtracted from all rows alike, so any point will do; the
 * nearer to the mean, the smaller the products and their rounding. It is the mean of four rows,
 * which is nearly as good as that of all and costs a fraction of reading them twice. Each
 * difference is rounded once: a common offset disappears, and rows that are all equal become exact
 * zeros. The copy out of the heap has to be made in any case, and takes the shift along.
 */
final class CentredBatches {

  private final FloatBlock block = new FloatBlock();
  private float[] origin = new float[0];
  private float[] shifted = new float[0];

  /** Whether a tensor of this many floats can be had without giving up the memory of others. */
  boolean holds(int floats) {
    return block.holds(floats);
  }

  /** A tensor over the first batches; the caller closes it before asking for a larger one. */
  OnnxTensor tensor(int batches, int m, int width) {
    return block.target(batches, m, width);
  }

  /**
   * Fills one batch.
   *
   * @param index of the batch among those of the tensor
   * @param from its first row of {@code rows}
   * @param m its rows, four or more
   * @throws IllegalArgumentException for a row of another width
   */
  void fill(int index, float[][] rows, int from, int m, int width) {
    for (int i = from; i < from + m; i++) {
      FloatBlock.requireWidth(rows[i], width);
    }
    if (origin.length < width) {
      origin = new float[width];
      shifted = new float[width];
    }
    int step = m / 4;
    mean(
        rows[from], rows[from + step], rows[from + 2 * step], rows[from + 3 * step], origin, width);
    for (int i = 0; i < m; i++) {
      subtract(rows[from + i], origin, shifted, width);
      block.set((index * m + i) * width, shifted, width);
    }
  }

  // Both loops run along whole arrays, the form that the JIT compiler vectorises.

  /** By way of the differences from the first row, so that a common offset costs no digits. */
  private static void mean(float[] a, float[] b, float[] c, float[] d, float[] mean, int width) {
    for (int j = 0; j < width; j++) {
      float first = a[j];
      mean[j] = first + ((b[j] - first) + (c[j] - first) + (d[j] - first)) / 4;
    }
  }

  private static void subtract(float[] row, float[] origin, float[] difference, int width) {
    for (int j = 0; j < width; j++) {
      difference[j] = row[j] - origin[j];
    }
  }
}
