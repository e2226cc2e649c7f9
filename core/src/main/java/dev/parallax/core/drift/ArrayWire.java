package dev.parallax.core.drift;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Arrays in stored records: their length in bytes, then the numbers, big-endian. */
final class ArrayWire {

  private ArrayWire() {}

  static void writeRows(List<float[]> rows, DataOutput out) throws IOException {
    out.writeInt(rows.size());
    for (float[] row : rows) {
      writeFloats(row, out);
    }
  }

  static List<float[]> readRows(DataInput in) throws IOException {
    int count = in.readInt();
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(readFloats(in));
    }
    return rows;
  }

  static void writeFloats(float[] values, DataOutput out) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES);
    buffer.asFloatBuffer().put(values);
    writeBytes(buffer.array(), out);
  }

  static float[] readFloats(DataInput in) throws IOException {
    byte[] bytes = readBytes(in);
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
    return values;
  }

  static void writeDoubles(double[] values, DataOutput out) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * Double.BYTES);
    buffer.asDoubleBuffer().put(values);
    writeBytes(buffer.array(), out);
  }

  static double[] readDoubles(DataInput in) throws IOException {
    byte[] bytes = readBytes(in);
    double[] values = new double[bytes.length / Double.BYTES];
    ByteBuffer.wrap(bytes).asDoubleBuffer().get(values);
    return values;
  }

  static void writeLongs(long[] values, DataOutput out) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * Long.BYTES);
    buffer.asLongBuffer().put(values);
    writeBytes(buffer.array(), out);
  }

  static long[] readLongs(DataInput in) throws IOException {
    byte[] bytes = readBytes(in);
    long[] values = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().get(values);
    return values;
  }

  static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static byte[] readBytes(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }
}
