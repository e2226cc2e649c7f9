package dev.parallax.ingest.format;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.parallax.core.embedding.Rejection.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A {@code ModelInferRequest} or {@code ModelInferResponse}: the two agree in their first five
 * fields, so that what a message is may only show later.
 *
 * @param names of the call and the model
 * @param tensors field 5: inputs or outputs
 * @param sixth field 6: the outputs that a request asks for, or raw contents of a response
 * @param seventh field 7: raw contents of a request
 */
record OipMessage(
    CallNames names,
    List<Tensor> tensors,
    List<ProtoCursor.Slice> sixth,
    List<ProtoCursor.Slice> seventh) {

  private static final int MAX_TENSORS = 256;

  private static final int MODEL_NAME = 1;
  private static final int MODEL_VERSION = 2;
  private static final int ID = 3;
  private static final int TENSORS = 5;
  private static final int SIXTH = 6;
  private static final int SEVENTH = 7;

  /**
   * A tensor and its contents; without any, its elements may be among the raw contents.
   *
   * @param head name, datatype and shape
   * @param contents its contents
   */
  record Tensor(OipTensor head, OipContents contents) {}

  /**
   * Reads the message that fills the bytes from {@code start} on.
   *
   * @throws IOException if it is no Protobuf message
   * @throws RejectedBodyException if it has more than {@value #MAX_TENSORS} tensors
   */
  static OipMessage read(byte[] bytes, int start) throws IOException, RejectedBodyException {
    ProtoCursor in = new ProtoCursor(bytes, start, bytes.length - start);
    String model = "";
    String version = "";
    String id = "";
    List<Tensor> tensors = new ArrayList<>();
    List<ProtoCursor.Slice> sixth = new ArrayList<>();
    List<ProtoCursor.Slice> seventh = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case MODEL_NAME -> model = in.text();
        case MODEL_VERSION -> version = in.text();
        case ID -> id = in.text();
        case TENSORS -> {
          checkRoom(tensors);
          int entered = in.enter();
          tensors.add(tensor(in));
          in.leave(entered);
        }
        case SIXTH -> {
          checkRoom(sixth);
          sixth.add(in.slice());
        }
        case SEVENTH -> {
          checkRoom(seventh);
          seventh.add(in.slice());
        }
        default -> in.skip();
      }
    }
    CallNames names = new CallNames(Optional.of(id), Optional.of(model), Optional.of(version));
    return new OipMessage(names, tensors, sixth, seventh);
  }

  private static void checkRoom(List<?> list) throws RejectedBodyException {
    if (list.size() == MAX_TENSORS) {
      throw new RejectedBodyException(
          Reason.TOO_LARGE, "more than " + MAX_TENSORS + " tensors or raw contents");
    }
  }

  private static Tensor tensor(ProtoCursor in) throws IOException {
    String name = "";
    String datatype = "";
    List<Long> shape = new ArrayList<>(OipTensor.MAX_AXES);
    OipContents contents = new OipContents();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> name = in.text();
        case 2 -> datatype = in.text();
        case 3 -> readShape(in, shape);
        case 5 -> {
          int entered = in.enter();
          contents.read(in);
          in.leave(entered);
        }
        default -> in.skip();
      }
    }
    OipData none = new OipData.Absent("expected contents or raw contents");
    return new Tensor(new OipTensor(name, datatype, shape, none), contents);
  }

  private static void readShape(ProtoCursor in, List<Long> shape) throws IOException {
    if (!in.isDelimited()) {
      addAxis(in.varint(), shape);
      return;
    }
    int entered = in.enter();
    while (!in.isAtEnd()) {
      addAxis(in.raw().readInt64(), shape);
    }
    in.leave(entered);
  }

  private static void addAxis(long length, List<Long> shape) throws InvalidProtocolBufferException {
    if (length < 0 || shape.size() == OipTensor.MAX_AXES) {
      throw new InvalidProtocolBufferException(
          "a shape: expected up to " + OipTensor.MAX_AXES + " lengths of 0 or more");
    }
    shape.add(length);
  }
}
