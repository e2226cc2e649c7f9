package dev.parallax.onnx.graph;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.parallax.onnx.runtime.OnnxFailure;
import dev.parallax.onnx.runtime.OnnxRuntime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Memory outside the heap that is filled row by row and handed to the runtime without a copy. Kept
 * and filled again, growing when it must; for one thread.
 */
final class FloatBlock {

  /** Length of a cache line and of the widest vector register. */
  private static final int ALIGNMENT = 64;

  private FloatBuffer buffer = FloatBuffer.allocate(0);

  /** Empties the block and makes room. */
  void reset(int floats) {
    if (!holds(floats)) {
      int lines = (Math.multiplyExact(floats, Float.BYTES) + ALIGNMENT - 1) / ALIGNMENT;
      // The runtime reads in the order of the processor, which is little-endian on all it runs on.
      buffer =
          ByteBuffer.allocateDirect((lines + 1) * ALIGNMENT)
              .alignedSlice(ALIGNMENT)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
    }
    buffer.clear();
  }

  /** Whether {@link #reset} to this size keeps the memory, and with it the tensors over it. */
  boolean holds(int floats) {
    return buffer.capacity() >= floats;
  }

  /**
   * Appends rows {@code from} to {@code to} of the given width.
   *
   * @throws IllegalArgumentException for a row of another width
   */
  void putRows(float[][] rows, int from, int to, int width) {
    for (int i = from; i < to; i++) {
      requireWidth(rows[i], width);
      buffer.put(rows[i]);
    }
  }

  /**
   * Appends rows {@code from} to {@code to} relative to an origin, then zero rows up to {@code
   * padTo} rows.
   *
   * @throws IllegalArgumentException for a row of another width than the origin
   */
  void putRows(float[][] rows, int from, int to, int padTo, float[] origin) {
    for (int i = from; i < to; i++) {
      float[] row = rows[i];
      requireWidth(row, origin.length);
      for (int j = 0; j < row.length; j++) {
        buffer.put(row[j] - origin[j]);
      }
    }
    for (int i = (padTo - (to - from)) * origin.length; i > 0; i--) {
      buffer.put(0f);
    }
  }

  static void requireWidth(float[] row, int width) {
    if (row.length != width) {
      throw new IllegalArgumentException("expected rows of width " + width + ", got " + row.length);
    }
  }

  void put(float[] values) {
    buffer.put(values);
  }

  /** Sets the floats from {@code index} on to the first {@code count} of {@code values}. */
  void set(int index, float[] values, int count) {
    buffer.put(index, values, 0, count);
  }

  float get(int index) {
    return buffer.get(index);
  }

  /** What was put since {@link #reset}; the caller closes it before the next reset. */
  OnnxTensor tensor(long... shape) {
    try {
      return OnnxTensor.createTensor(
          OnnxRuntime.get().environment(), buffer.duplicate().flip(), shape);
    } catch (OrtException e) {
      throw new OnnxFailure("no tensor can be made", e);
    }
  }

  /** A tensor over the first floats, which the runtime writes, or the caller by their index. */
  OnnxTensor target(long... shape) {
    int floats = 1;
    for (long size : shape) {
      floats = Math.multiplyExact(floats, Math.toIntExact(size));
    }
    reset(floats);
    buffer.position(floats);
    return tensor(shape);
  }
}
