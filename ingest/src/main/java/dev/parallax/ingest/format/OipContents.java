package dev.parallax.ingest.format;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code InferTensorContents}: the elements of a tensor, typed. */
final class OipContents {
  private static final int BOOL = 1;
  private static final int INT32 = 2;
  private static final int INT64 = 3;
  private static final int UINT32 = 4;
  private static final int UINT64 = 5;
  private static final int FP32 = 6;
  private static final int FP64 = 7;
  private static final int BYTES = 8;

  private final List<ProtoCursor.Slice> texts = new ArrayList<>(0);
  private double[] numbers = new double[0];
  private int count;

  /** Takes the message that the cursor has entered. */
  void read(ProtoCursor in) throws IOException {
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case BOOL, INT32, INT64, UINT32, UINT64 -> readAll(in, field, WireFormat.WIRETYPE_VARINT);
        case FP32 -> readAll(in, field, WireFormat.WIRETYPE_FIXED32);
        case FP64 -> readAll(in, field, WireFormat.WIRETYPE_FIXED64);
        case BYTES -> texts.add(in.slice());
        default -> in.skip();
      }
    }
  }

  boolean isEmpty() {
    return count == 0 && texts.isEmpty();
  }

  /** The elements; texts only on the side of the request, where they are inputs. */
  OipData toData(OipTensor tensor, byte[] bytes, Side side) {
    if (texts.isEmpty()) {
      return new OipData.Numbers(count == numbers.length ? numbers : Arrays.copyOf(numbers, count));
    }
    if (side == Side.RESPONSE) {
      return new OipData.Absent("the texts of a response are not read");
    }
    List<String> values = new ArrayList<>(texts.size());
    for (ProtoCursor.Slice slice : texts) {
      Optional<String> text = RawTensor.text(bytes, slice.start(), slice.length());
      if (text.isEmpty()) {
        return RawTensor.notText(tensor, values.size());
      }
      values.add(text.get());
    }
    return new OipData.Texts(values);
  }

  private void readAll(ProtoCursor in, int field, int wireType) throws IOException {
    if (!in.isDelimited()) {
      in.expect(wireType);
      add(one(in.raw(), field));
      return;
    }
    int entered = in.enter();
    if (wireType != WireFormat.WIRETYPE_VARINT) {
      reserve(in.remaining() / (wireType == WireFormat.WIRETYPE_FIXED32 ? 4 : 8));
    }
    while (!in.isAtEnd()) {
      add(one(in.raw(), field));
    }
    in.leave(entered);
  }

  private static double one(CodedInputStream in, int field) throws IOException {
    return switch (field) {
      case BOOL -> in.readBool() ? 1 : 0;
      case INT32 -> in.readInt32();
      case INT64 -> in.readInt64();
      case UINT32 -> in.readUInt32() & 0xffff_ffffL;
      case UINT64 -> RawTensor.unsigned(in.readUInt64());
      case FP32 -> in.readFloat();
      default -> in.readDouble();
    };
  }

  private void add(double value) {
    if (count == numbers.length) {
      reserve(Math.max(4, count));
    }
    numbers[count++] = value;
  }

  private void reserve(int more) {
    if (count + more > numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.max(count + more, 2 * count));
    }
  }
}
