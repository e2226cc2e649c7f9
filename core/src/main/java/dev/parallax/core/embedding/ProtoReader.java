package dev.parallax.core.embedding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the Protobuf wire format field by field, never past the end of its slice.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protobuf encoding</a>
 */
final class ProtoReader {

  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int LENGTH_DELIMITED = 2;
  static final int FIXED32 = 5;

  private final byte[] bytes;
  private final int end;
  private int position;
  private int wireType;

  ProtoReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private ProtoReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  /** Number of the next field, or 0 at the end. */
  int nextField() throws MalformedMessageException {
    if (position == end) {
      return 0;
    }
    long tag = varint();
    wireType = (int) (tag & 7);
    long field = tag >>> 3;
    if (field < 1 || field > 0x1fffffff) {
      throw new MalformedMessageException("field number " + field);
    }
    return (int) field;
  }

  /** Reads an unsigned integer; larger ones than an int holds are malformed. */
  int uint32(String name) throws MalformedMessageException {
    expect(VARINT, name);
    long value = varint();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new MalformedMessageException(name + ": " + Long.toUnsignedString(value));
    }
    return (int) value;
  }

  int sint32(String name) throws MalformedMessageException {
    expect(VARINT, name);
    int zigzag = (int) varint();
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }

  boolean bool(String name) throws MalformedMessageException {
    expect(VARINT, name);
    return varint() != 0;
  }

  float float32(String name) throws MalformedMessageException {
    expect(FIXED32, name);
    int start = advance(Float.BYTES);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getFloat(start);
  }

  byte[] bytes(String name) throws MalformedMessageException {
    expect(LENGTH_DELIMITED, name);
    int length = length();
    int start = advance(length);
    return Arrays.copyOfRange(bytes, start, start + length);
  }

  /** Reads a text; bytes that are not UTF-8 are malformed. */
  String string(String name) throws MalformedMessageException {
    return text(bytes(name), name);
  }

  static String text(byte[] utf8, String name) throws MalformedMessageException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedMessageException(name + ": not UTF-8");
    }
  }

  ProtoReader message(String name) throws MalformedMessageException {
    expect(LENGTH_DELIMITED, name);
    int length = length();
    int start = advance(length);
    return new ProtoReader(bytes, start, start + length);
  }

  boolean isLengthDelimited() {
    return wireType == LENGTH_DELIMITED;
  }

  boolean hasMore() {
    return position < end;
  }

  /** Reads the next bare number of a packed field. */
  int packedUint32(String name) throws MalformedMessageException {
    wireType = VARINT;
    return uint32(name);
  }

  void skip() throws MalformedMessageException {
    switch (wireType) {
      case VARINT -> varint();
      case FIXED64 -> advance(Long.BYTES);
      case LENGTH_DELIMITED -> advance(length());
      case FIXED32 -> advance(Integer.BYTES);
      default -> throw new MalformedMessageException("wire type " + wireType);
    }
  }

  private void expect(int expected, String name) throws MalformedMessageException {
    if (wireType != expected) {
      throw new MalformedMessageException(
          name + ": expected wire type " + expected + ", got " + wireType);
    }
  }

  private int length() throws MalformedMessageException {
    long length = varint();
    if (length < 0 || length > end - position) {
      throw new MalformedMessageException(
          "length " + Long.toUnsignedString(length) + " with " + (end - position) + " bytes left");
    }
    return (int) length;
  }

  private int advance(int count) throws MalformedMessageException {
    if (count > end - position) {
      throw new MalformedMessageException(
          count + " bytes wanted, " + (end - position) + " bytes left");
    }
    int start = position;
    position += count;
    return start;
  }

  private long varint() throws MalformedMessageException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = bytes[advance(1)];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new MalformedMessageException("varint of more than ten bytes");
  }

  /** The bytes are not a message; stays inside the codec, which turns it into a rejection. */
  static final class MalformedMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedMessageException(String message) {
      super(message, null, false, false);
    }
  }
}
