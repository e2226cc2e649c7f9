package dev.parallax.core.embedding;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the Protobuf wire format; fields with their default value are left out, as proto3 does.
 */
final class ProtoWriter {

  private final ByteArrayOutputStream out;

  ProtoWriter(int sizeHint) {
    out = new ByteArrayOutputStream(sizeHint);
  }

  ProtoWriter uint32(int field, int value) {
    if (value != 0) {
      tag(field, ProtoReader.VARINT);
      varint(value);
    }
    return this;
  }

  ProtoWriter sint32(int field, int value) {
    return uint32(field, (value << 1) ^ (value >> 31));
  }

  ProtoWriter bool(int field, boolean value) {
    return uint32(field, value ? 1 : 0);
  }

  ProtoWriter float32(int field, float value) {
    int bits = Float.floatToRawIntBits(value);
    if (bits != 0) {
      tag(field, ProtoReader.FIXED32);
      for (int shift = 0; shift < 32; shift += 8) {
        out.write(bits >>> shift);
      }
    }
    return this;
  }

  ProtoWriter bytes(int field, byte[] value) {
    return value.length == 0 ? this : delimited(field, value);
  }

  ProtoWriter string(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the field even if it is empty: a message, or a field whose presence says something. */
  ProtoWriter delimited(int field, byte[] value) {
    tag(field, ProtoReader.LENGTH_DELIMITED);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  /** Writes the bare number, inside a packed field. */
  ProtoWriter packed(int value) {
    varint(value);
    return this;
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  private void tag(int field, int wireType) {
    varint(field << 3 | wireType);
  }

  private void varint(int value) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      out.write(rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
