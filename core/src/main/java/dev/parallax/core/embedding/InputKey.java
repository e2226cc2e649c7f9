package dev.parallax.core.embedding;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Names an input without revealing it: the first 16 bytes of an HMAC-SHA-256 of the canonical
 * input.
 *
 * <p>The same input has the same key whichever model it was sent to, so the key joins models,
 * collapses repeats and drives sampling.
 *
 * @param high bytes 0 to 7, big-endian
 * @param low bytes 8 to 15, big-endian
 */
public record InputKey(long high, long low) implements Comparable<InputKey> {

  /** Length of a key in bytes. */
  public static final int BYTES = 16;

  /**
   * Reads a key from its bytes.
   *
   * @throws IllegalArgumentException if there are not exactly {@value #BYTES} bytes
   */
  public static InputKey of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "input key: expected " + BYTES + " bytes, got " + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new InputKey(buffer.getLong(), buffer.getLong());
  }

  /** The 16 bytes of this key, a new array. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  /** Orders keys as their bytes read as unsigned numbers. */
  @Override
  public int compareTo(InputKey other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  /** The key as 32 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(toBytes());
  }
}
