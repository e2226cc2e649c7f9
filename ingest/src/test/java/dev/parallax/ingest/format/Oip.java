package dev.parallax.ingest.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parallax.core.embedding.Rejection;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Bodies of the Open Inference Protocol made by hand, and what readers say of them. */
final class Oip {

  private Oip() {}

  /** The message {@code InferInputTensor} or {@code InferOutputTensor}, without contents. */
  static Message tensor(String name, String datatype, long... shape) {
    return new Message().text(1, name).text(2, datatype).varints(3, shape);
  }

  /** A head in JSON and the bytes behind it. */
  static byte[] binary(String head, byte[]... tails) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(head.getBytes(UTF_8));
    for (byte[] tail : tails) {
      body.writeBytes(tail);
    }
    return body.toByteArray();
  }

  static byte[] littleEndian(float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  static byte[] littleEndian(double... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    return bytes.array();
  }

  /** Elements of {@code BYTES}, each with its length before it. */
  static byte[] texts(String... values) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String value : values) {
      byte[] utf8 = value.getBytes(UTF_8);
      bytes.writeBytes(
          ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(utf8.length).array());
      bytes.writeBytes(utf8);
    }
    return bytes.toByteArray();
  }

  /** Binary16 of a value that it holds exactly or, cut, nearly. */
  static byte[] half(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      int bits = Float.floatToIntBits(value);
      int exponent = ((bits >>> 23) & 0xff) - 112;
      bytes.putShort(
          (short) (((bits >>> 16) & 0x8000) | (exponent << 10) | ((bits >>> 13) & 0x3ff)));
    }
    return bytes.array();
  }

  /** The upper half of each value. */
  static byte[] brain(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putShort((short) (Float.floatToIntBits(value) >>> 16));
    }
    return bytes.array();
  }

  /** The embeddings of a response, one array for each row. */
  static List<float[]> rows(BodyReader reader, Body body) throws RejectedBodyException {
    List<float[]> rows = new ArrayList<>();
    for (ModelOutput output : ((Payload.Response) reader.read(body)).outputs()) {
      rows.add(((ModelOutput.Embedding) output).vector().toFloats());
    }
    return rows;
  }

  /** The inputs of a request. */
  static List<ModelInput> inputs(BodyReader reader, Body body) throws RejectedBodyException {
    return ((Payload.Request) reader.read(body)).inputs();
  }

  static Rejection rejectionOf(BodyReader reader, Body body) {
    try {
      throw new AssertionError("expected a rejection, got " + reader.read(body));
    } catch (RejectedBodyException e) {
      return e.rejection();
    }
  }
}
