package dev.parallax.ingest.format;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * Walks the fields of a Protobuf message without generated code and without copying: nested
 * messages are entered in place, bytes are given as slices of the array.
 *
 * <p>What is wrong with the bytes comes out as an {@link InvalidProtocolBufferException}.
 */
final class ProtoCursor {

  /** Deepest nesting of groups among the fields that are skipped. */
  private static final int MAX_DEPTH = 32;

  private final int origin;
  private final CodedInputStream in;
  private int tag;

  /** At the start of the message that fills these bytes. */
  ProtoCursor(byte[] bytes, int start, int length) {
    this.origin = start;
    this.in = CodedInputStream.newInstance(bytes, start, length);
    in.setRecursionLimit(MAX_DEPTH);
  }

  /** Number of the next field of the message, 0 at its end. */
  int next() throws IOException {
    tag = in.readTag();
    return WireFormat.getTagFieldNumber(tag);
  }

  /** Passes over the field. */
  void skip() throws IOException {
    in.skipField(tag);
  }

  /** Enters the field, which is a message; what is returned goes to {@link #leave}. */
  int enter() throws IOException {
    expect(WireFormat.WIRETYPE_LENGTH_DELIMITED);
    return in.pushLimit(in.readRawVarint32());
  }

  /** Leaves a message whose end was reached. */
  void leave(int entered) {
    in.popLimit(entered);
  }

  /** Whether the message or packed field that was entered last has no more bytes. */
  boolean isAtEnd() throws IOException {
    return in.isAtEnd();
  }

  /** Bytes left of the message or packed field that was entered last. */
  int remaining() {
    return in.getBytesUntilLimit();
  }

  /** Where the cursor is in the array. */
  int position() {
    return origin + in.getTotalBytesRead();
  }

  /** Whether the field has a length before it: bytes, a text, a message or packed numbers. */
  boolean isDelimited() {
    return WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  /** Where the bytes of the field are. */
  Slice slice() throws IOException {
    expect(WireFormat.WIRETYPE_LENGTH_DELIMITED);
    int length = in.readRawVarint32();
    int start = position();
    in.skipRawBytes(length);
    return new Slice(start, length);
  }

  /** The field as a text, which must be UTF-8. */
  String text() throws IOException {
    expect(WireFormat.WIRETYPE_LENGTH_DELIMITED);
    return in.readStringRequireUtf8();
  }

  /** The field as a varint. */
  long varint() throws IOException {
    expect(WireFormat.WIRETYPE_VARINT);
    return in.readRawVarint64();
  }

  /** The field as eight bytes. */
  long fixed64() throws IOException {
    expect(WireFormat.WIRETYPE_FIXED64);
    return in.readRawLittleEndian64();
  }

  /** The bytes under the cursor, in whatever field. */
  CodedInputStream raw() {
    return in;
  }

  /** Fails unless the field is written in the way of {@code wireType}. */
  void expect(int wireType) throws InvalidProtocolBufferException {
    if (WireFormat.getTagWireType(tag) != wireType) {
      throw new InvalidProtocolBufferException(
          "field "
              + WireFormat.getTagFieldNumber(tag)
              + ": expected wire type "
              + wireType
              + ", got "
              + WireFormat.getTagWireType(tag));
    }
  }

  /**
   * Part of the array.
   *
   * @param start where it starts
   * @param length its length
   */
  record Slice(int start, int length) {}
}
