package dev.parallax.ingest.format;

import dev.parallax.core.embedding.Dtype;
import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The elements of a tensor from raw bytes: little-endian, in row-major order, those of {@code
 * BYTES} with a length of four bytes before each.
 */
final class RawTensor {

  /** What Java puts where bytes are not UTF-8. */
  private static final char REPLACEMENT = '\ufffd';

  private RawTensor() {}

  /**
   * The elements in {@code length} bytes from {@code start}, which lie within the array.
   *
   * @param tensor name, datatype and shape; its data are not looked at
   * @param side texts are read on the side of the request only, where they are inputs
   */
  static OipData read(OipTensor tensor, byte[] bytes, int start, int length, Side side) {
    if (tensor.datatype().equals("BYTES")) {
      return side == Side.REQUEST
          ? texts(tensor, bytes, start, length)
          : new OipData.Absent("the texts of a response are not read");
    }
    int size = sizeOf(tensor.datatype());
    if (size == 0) {
      return new OipData.Absent("its datatype is not known");
    }
    if (length % size != 0) {
      return faulty(
          Reason.DIMENSION_MISMATCH,
          "tensor " + tensor + " of " + length + " bytes, expected " + size + " for each element");
    }
    int count = length / size;
    return switch (tensor.datatype()) {
      case "FP16" -> new OipData.Packed(bytes, start, count, Dtype.F16);
      case "BF16" -> new OipData.Packed(bytes, start, count, Dtype.BF16);
      case "FP32" -> new OipData.Packed(bytes, start, count, Dtype.F32);
      case "FP64" -> numbers(bytes, start, length, size, ByteBuffer::getDouble);
      case "INT64" -> numbers(bytes, start, length, size, ByteBuffer::getLong);
      case "INT32" -> numbers(bytes, start, length, size, ByteBuffer::getInt);
      case "INT16" -> numbers(bytes, start, length, size, ByteBuffer::getShort);
      case "INT8" -> numbers(bytes, start, length, size, ByteBuffer::get);
      case "UINT64" -> numbers(bytes, start, length, size, b -> unsigned(b.getLong()));
      case "UINT32" -> numbers(bytes, start, length, size, b -> b.getInt() & 0xffff_ffffL);
      case "UINT16" -> numbers(bytes, start, length, size, b -> b.getShort() & 0xffff);
      default -> numbers(bytes, start, length, size, b -> b.get() & 0xff);
    };
  }

  /** The number of an unsigned 64-bit integer. */
  static double unsigned(long value) {
    return value >= 0 ? value : 2.0 * (value >>> 1) + (value & 1);
  }

  /** Bytes of one element, 0 for an unknown datatype. */
  static int sizeOf(String datatype) {
    return switch (datatype) {
      case "FP64", "INT64", "UINT64" -> 8;
      case "FP32", "INT32", "UINT32" -> 4;
      case "FP16", "BF16", "INT16", "UINT16" -> 2;
      case "BOOL", "INT8", "UINT8" -> 1;
      default -> 0;
    };
  }

  /** The text in these bytes; empty if they are not UTF-8. */
  static Optional<String> text(byte[] bytes, int start, int length) {
    String text = new String(bytes, start, length, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) < 0) {
      return Optional.of(text);
    }
    // Either the bytes say so themselves, or they are not UTF-8.
    ByteBuffer utf8 = ByteBuffer.wrap(bytes, start, length);
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(utf8).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static OipData numbers(
      byte[] bytes, int start, int length, int size, ToDoubleFunction<ByteBuffer> next) {
    ByteBuffer in = ByteBuffer.wrap(bytes, start, length).order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[length / size];
    for (int i = 0; i < values.length; i++) {
      values[i] = next.applyAsDouble(in);
    }
    return new OipData.Numbers(values);
  }

  private static OipData texts(OipTensor tensor, byte[] bytes, int start, int length) {
    ByteBuffer in = ByteBuffer.wrap(bytes, start, length).order(ByteOrder.LITTLE_ENDIAN);
    List<String> texts = new ArrayList<>();
    while (in.hasRemaining()) {
      int size = in.remaining() < Integer.BYTES ? -1 : in.getInt();
      if (size < 0 || size > in.remaining()) {
        return faulty(
            Reason.MALFORMED,
            "tensor " + tensor + ": element " + texts.size() + " runs over its end");
      }
      Optional<String> text = text(bytes, in.position(), size);
      if (text.isEmpty()) {
        return notText(tensor, texts.size());
      }
      texts.add(text.get());
      in.position(in.position() + size);
    }
    return new OipData.Texts(texts);
  }

  /** Data that cannot be an input, such as an image. */
  static OipData notText(OipTensor tensor, int element) {
    return faulty(
        Reason.MISSING_INPUT, "tensor " + tensor + ": element " + element + " is not UTF-8 text");
  }

  private static OipData faulty(Reason reason, String detail) {
    return new OipData.Faulty(new Rejection(reason, detail));
  }
}
