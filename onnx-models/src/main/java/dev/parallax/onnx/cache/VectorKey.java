package dev.parallax.onnx.cache;

import java.nio.ByteBuffer;

/** An input key of 16 bytes, as a value. */
record VectorKey(long high, long low) {

  static final int BYTES = 16;

  static VectorKey of(byte[] key) {
    if (key.length != BYTES) {
      throw new IllegalArgumentException("expected a key of 16 bytes, got " + key.length);
    }
    return read(ByteBuffer.wrap(key));
  }

  /** Reads the bytes as they are, whatever the order that is set for numbers. */
  static VectorKey read(ByteBuffer from) {
    ByteBuffer bigEndian = from.duplicate();
    VectorKey key = new VectorKey(bigEndian.getLong(), bigEndian.getLong());
    from.position(bigEndian.position());
    return key;
  }

  /** Writes the bytes as they were given. */
  void write(ByteBuffer to) {
    ByteBuffer bigEndian = to.duplicate();
    bigEndian.putLong(high).putLong(low);
    to.position(bigEndian.position());
  }
}
