package dev.parallax.ingest.format;

import dev.parallax.core.embedding.Dtype;
import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.WireVector;
import java.util.Arrays;
import java.util.List;

/** The elements of a tensor in row-major order, in the form that a body had them in. */
sealed interface OipData {

  /** How many elements. */
  int count();

  /** Elements that are numbers. */
  sealed interface Numeric extends OipData {

    /** The number at {@code index}. */
    double at(int index);

    /** Some of the elements, as they should travel. */
    WireVector vector(int start, int length);
  }

  /** Numbers of any datatype; as a vector they are F32. */
  final class Numbers implements Numeric {
    private final double[] values;

    /** These numbers, which are shared and must not change. */
    Numbers(double[] values) {
      this.values = values;
    }

    @Override
    public int count() {
      return values.length;
    }

    @Override
    public double at(int index) {
      return values[index];
    }

    @Override
    public WireVector vector(int start, int length) {
      byte[] data = new byte[length * Float.BYTES];
      for (int i = 0; i < length; i++) {
        Vectors.putFloat(data, i, values[start + i]);
      }
      return new WireVector(data, Dtype.F32, length, 1, 0);
    }
  }

  /** Floats as little-endian bytes; as a vector they keep their number format. */
  final class Packed implements Numeric {
    private final byte[] bytes;
    private final int offset;
    private final int count;
    private final Dtype dtype;

    /** The {@code count} elements from byte {@code offset} on; the bytes are shared. */
    Packed(byte[] bytes, int offset, int count, Dtype dtype) {
      this.bytes = bytes;
      this.offset = offset;
      this.count = count;
      this.dtype = dtype;
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public double at(int index) {
      return vector(index, 1).toFloats()[0];
    }

    @Override
    public WireVector vector(int start, int length) {
      int from = offset + start * dtype.bytes();
      byte[] data = Arrays.copyOfRange(bytes, from, from + length * dtype.bytes());
      return new WireVector(data, dtype, length, 1, 0);
    }
  }

  /**
   * Elements of datatype {@code BYTES}.
   *
   * @param values the texts
   */
  record Texts(List<String> values) implements OipData {
    @Override
    public int count() {
      return values.size();
    }
  }

  /**
   * No elements: they were not sent, or cannot be read.
   *
   * @param why what was expected and what was there, for messages
   */
  record Absent(String why) implements OipData {
    @Override
    public int count() {
      return 0;
    }
  }

  /**
   * Elements that contradict themselves or their shape. Tensors that nobody asks for may be so.
   *
   * @param why what is wrong
   */
  record Faulty(Rejection why) implements OipData {
    @Override
    public int count() {
      return 0;
    }
  }
}
