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

  private FloatBuffer buffer = FloatBuffer.allocate(0);

  /** Empties the block and makes room. */
  void reset(int floats) {
    if (buffer.capacity() < floats) {
      // The runtime reads in the order of the processor, which is little-endian on all it runs on.
      buffer =
          ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
    }
    buffer.clear();
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

  private static void requireWidth(float[] row, int width) {
    if (row.length != width) {
      throw new IllegalArgumentException("expected rows of width " + width + ", got " + row.length);
    }
  }

  void put(float[] values) {
    buffer.put(values);
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

  /** A tensor over the first floats, for the runtime to write into. */
  OnnxTensor target(long... shape) {
    int floats = 1;
    for (long size : shape) {
      floats = Math.multiplyExact(floats, Math.toIntExact(size));
    }
    reset(floats);
    buffer.position(floats);
    return tensor(shape);
  }

  float get(int index) {
    return buffer.get(index);
  }
}
