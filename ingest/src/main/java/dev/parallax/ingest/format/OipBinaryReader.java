package dev.parallax.ingest.format;

import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.json.JsonTree;
import dev.parallax.ingest.json.JsonTree.NotJsonException;
import dev.parallax.ingest.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads requests and responses of the Open Inference Protocol with Triton's binary tensor data
 * extension: a head in JSON, and behind it the raw elements of each tensor that has a {@code
 * binary_data_size}, in order.
 *
 * <p>Where the head ends is what a header says, or else where its JSON ends; a header that does not
 * fit the tail is not believed. Tensors may be binary and JSON side by side, and all JSON. Floats
 * keep their number format, FP64 becomes F32. Which tensor is taken is what {@link OipTensors}
 * says.
 *
 * <p>Takes at most {@link JsonTree#BYTES_PER_BYTE} bytes of heap for each byte of the body.
 */
final class OipBinaryReader implements BodyReader {
  private static final String INPUTS = "inputs";
  private static final String OUTPUTS = "outputs";

  private final FormatOptions options;

  OipBinaryReader(FormatOptions options) {
    this.options = options;
  }

  @Override
  public Payload read(Body body) throws RejectedBodyException {
    if (body.isParsed()) {
      return payload(body.json(), body.bytes(), 0);
    }
    byte[] bytes = body.bytes();
    if (body.headLength().isPresent()) {
      Optional<Payload> stated = readStated(bytes, body.headLength().getAsInt());
      if (stated.isPresent()) {
        return stated.get();
      }
    }
    JsonTree.Prefix head = prefix(bytes, bytes.length);
    return payload(head.value(), bytes, head.length());
  }

  /** What the body says if its head has this length; empty if it cannot have. */
  private Optional<Payload> readStated(byte[] bytes, int length) throws RejectedBodyException {
    if (length > bytes.length) {
      return Optional.empty();
    }
    JsonValue head;
    try {
      head = JsonTree.readPrefix(bytes, 0, length).value();
    } catch (NotJsonException e) {
      return Optional.empty();
    }
    return tailSizeOf(head) == bytes.length - length
        ? Optional.of(payload(head, bytes, length))
        : Optional.empty();
  }

  private static JsonTree.Prefix prefix(byte[] bytes, int end) throws RejectedBodyException {
    try {
      return JsonTree.readPrefix(bytes, 0, end);
    } catch (NotJsonException e) {
      throw new RejectedBodyException(
          Reason.MALFORMED, "no JSON head before the tensors: " + e.getMessage());
    }
  }

  private Payload payload(JsonValue head, byte[] bytes, int headLength)
      throws RejectedBodyException {
    Optional<JsonValue> inputs = head.get(INPUTS);
    Optional<JsonValue> outputs = head.get(OUTPUTS);
    CallNames names = OipJsonReader.names(head);
    if (inputs.isPresent()) {
      List<OipTensor> tensors = tensors(INPUTS, inputs.get(), bytes, headLength, Side.REQUEST);
      return new Payload.Request(names, OipTensors.inputs(tensors, options));
    }
    if (outputs.isPresent()) {
      List<OipTensor> tensors = tensors(OUTPUTS, outputs.get(), bytes, headLength, Side.RESPONSE);
      return new Payload.Response(names, OipTensors.outputs(tensors, options));
    }
    throw UnknownBody.rejection(head, "inputs or outputs");
  }

  private static List<OipTensor> tensors(
      String list, JsonValue value, byte[] bytes, int headLength, Side side)
      throws RejectedBodyException {
    List<OipTensor> tensors = new ArrayList<>(OipJsonTensors.of(list, value));
    checkTail(tailSizeOf(value.elements().orElse(List.of())), bytes, headLength);
    int start = headLength;
    for (int i = 0; i < tensors.size(); i++) {
      Optional<JsonValue> size = binarySizeOf(value.elements().orElse(List.of()).get(i));
      if (size.isPresent()) {
        int length = (int) sizeOf(size.get());
        OipTensor tensor = tensors.get(i);
        tensors.set(i, tensor.with(RawTensor.read(tensor, bytes, start, length, side)));
        start += length;
      }
    }
    return tensors;
  }

  private static void checkTail(long expected, byte[] bytes, int headLength)
      throws RejectedBodyException {
    int rest = bytes.length - headLength;
    boolean fits = expected == rest || (expected == 0 && isWhiteSpace(bytes, headLength));
    if (!fits) {
      throw new RejectedBodyException(
          Reason.MALFORMED,
          "binary tensors of "
              + (expected < 0 ? "no readable size" : expected + " bytes")
              + ", "
              + rest
              + " bytes follow the head of "
              + headLength);
    }
  }

  /** Bytes of all binary tensors, negative if one of the sizes is no size. */
  private static long tailSizeOf(JsonValue head) {
    Optional<JsonValue> tensors = head.get(INPUTS).or(() -> head.get(OUTPUTS));
    return tailSizeOf(tensors.flatMap(JsonValue::elements).orElse(List.of()));
  }

  private static long tailSizeOf(List<JsonValue> tensors) {
    long sum = 0;
    for (JsonValue tensor : tensors) {
      Optional<JsonValue> size = binarySizeOf(tensor);
      long length = size.isPresent() ? sizeOf(size.get()) : 0;
      if (length < 0) {
        return -1;
      }
      sum += length;
    }
    return sum;
  }

  private static Optional<JsonValue> binarySizeOf(JsonValue tensor) {
    return tensor.get("parameters").flatMap(parameters -> parameters.get("binary_data_size"));
  }

  private static long sizeOf(JsonValue value) {
    return value instanceof JsonValue.Num number
            && number.integer()
            && number.value() >= 0
            && number.value() <= Integer.MAX_VALUE
        ? (long) number.value()
        : -1;
  }

  private static boolean isWhiteSpace(byte[] bytes, int start) {
    for (int i = start; i < bytes.length; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != '\t') {
        return false;
      }
    }
    return true;
  }
}
