package dev.parallax.core.embedding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A vector as it travels: little-endian bytes with their number format.
 *
 * <p>Kept in the format that it came in, since quantisation changes scores and must stay visible;
 * {@link #toFloats()} widens it.
 */
public final class WireVector {

  private final byte[] data;
  private final Dtype dtype;
  private final int dimension;
  private final float scale;
  private final int zeroPoint;

  /**
   * A vector of {@code dimension} elements.
   *
   * @param data the elements, little-endian; not copied, so the caller gives it away
   * @param scale of {@link Dtype#I8}, ignored otherwise
   * @param zeroPoint of {@link Dtype#I8}, ignored otherwise
   * @throws IllegalArgumentException if the bytes do not make up {@code dimension} elements
   */
  public WireVector(byte[] data, Dtype dtype, int dimension, float scale, int zeroPoint) {
    if (dimension < 1 || data.length != (long) dimension * dtype.bytes()) {
      throw new IllegalArgumentException(
          "expected " + dimension + " elements of " + dtype + ", got " + data.length + " bytes");
    }
    this.data = data;
    this.dtype = dtype;
    this.dimension = dimension;
    this.scale = scale;
    this.zeroPoint = zeroPoint;
  }

  /** A vector of 32-bit floats. */
  public static WireVector of(float[] vector) {
    ByteBuffer buffer =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(vector);
    return new WireVector(buffer.array(), Dtype.F32, vector.length, 1, 0);
  }

  /** Number of elements. */
  public int dimension() {
    return dimension;
  }

  /** Number format on the wire. */
  public Dtype dtype() {
    return dtype;
  }

  /** Scale of an {@link Dtype#I8} vector. */
  public float scale() {
    return scale;
  }

  /** Zero point of an {@link Dtype#I8} vector. */
  public int zeroPoint() {
    return zeroPoint;
  }

  /** The elements widened to float, a new array. */
  public float[] toFloats() {
    return dtype.widen(data, scale, zeroPoint);
  }

  /** The elements as they are on the wire, a copy. */
  public byte[] toBytes() {
    return data.clone();
  }

  byte[] data() {
    return data;
  }
}
