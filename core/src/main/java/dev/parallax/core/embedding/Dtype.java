package dev.parallax.core.embedding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Number format of the elements of a vector on the wire, always little-endian. */
public enum Dtype {
  /** IEEE 754 binary32. */
  F32(0, 4),
  /** IEEE 754 binary16. */
  F16(1, 2),
  /** The upper half of a binary32. */
  BF16(2, 2),
  /** Signed byte; the value is {@code scale * (byte - zeroPoint)}. */
  I8(3, 1);

  private final int wireValue;
  private final int bytes;

  Dtype(int wireValue, int bytes) {
    this.wireValue = wireValue;
    this.bytes = bytes;
  }

  /** The value of the Protobuf enum. */
  public int wireValue() {
    return wireValue;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** The format with this Protobuf enum value, if there is one. */
  public static Optional<Dtype> ofWireValue(int wireValue) {
    for (Dtype dtype : values()) {
      if (dtype.wireValue == wireValue) {
        return Optional.of(dtype);
      }
    }
    return Optional.empty();
  }

  /**
   * Widens a whole vector to float.
   *
   * @param data exactly {@code dimension * bytes()} bytes
   * @param scale used by {@link #I8} only
   * @param zeroPoint used by {@link #I8} only
   */
  float[] widen(byte[] data, float scale, int zeroPoint) {
    ByteBuffer buffer = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    float[] vector = new float[data.length / bytes];
    switch (this) {
      case F32 -> buffer.asFloatBuffer().get(vector);
      case F16 -> {
        for (int i = 0; i < vector.length; i++) {
          vector[i] = halfToFloat(buffer.getShort());
        }
      }
      case BF16 -> {
        for (int i = 0; i < vector.length; i++) {
          vector[i] = Float.intBitsToFloat(buffer.getShort() << 16);
        }
      }
      case I8 -> {
        for (int i = 0; i < vector.length; i++) {
          vector[i] = scale * ((long) data[i] - zeroPoint);
        }
      }
    }
    return vector;
  }

  /** Widens a binary16; {@code Float.float16ToFloat} is only there from Java 20 on. */
  private static float halfToFloat(short half) {
    int exponent = (half >>> 10) & 0x1f;
    int fraction = half & 0x3ff;
    int sign = (half & 0x8000) << 16;
    if (exponent == 0x1f) {
      return Float.intBitsToFloat(sign | 0x7f800000 | (fraction << 13));
    }
    if (exponent != 0) {
      return Float.intBitsToFloat(sign | ((exponent + 112) << 23) | (fraction << 13));
    }
    float subnormal = fraction * 0x1p-24f;
    return sign == 0 ? subnormal : -subnormal;
  }
}
