package dev.parallax.ingest.format;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A Protobuf message written field by field. */
final class Message {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  private interface Writing {
    void to(CodedOutputStream out) throws IOException;
  }

  Message bytes(int field, byte[] value) {
    return write(to -> to.writeByteArray(field, value));
  }

  Message text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  Message message(int field, Message value) {
    return bytes(field, value.toBytes());
  }

  Message varint(int field, long value) {
    return write(to -> to.writeUInt64(field, value));
  }

  Message fixed64(int field, long value) {
    return write(to -> to.writeFixed64(field, value));
  }

  Message float32(int field, float value) {
    return write(to -> to.writeFloat(field, value));
  }

  Message float64(int field, double value) {
    return write(to -> to.writeDouble(field, value));
  }

  Message varints(int field, long... values) {
    Message packed = new Message();
    for (long value : values) {
      packed.write(to -> to.writeUInt64NoTag(value));
    }
    return message(field, packed);
  }

  byte[] toBytes() {
    write(CodedOutputStream::flush);
    return bytes.toByteArray();
  }

  private Message write(Writing writing) {
    try {
      writing.to(out);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
