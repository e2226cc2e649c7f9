package dev.parallax.ingest.format;

import dev.parallax.core.embedding.Rejection.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code ModelInferRequest} and {@code ModelInferResponse} of the Open Inference Protocol in
 * Protobuf, as Seldon Core 2 puts them on its topics. Elements are typed contents or raw contents;
 * the {@linkplain RegistryPrefix prefix} of a schema registry is passed over.
 *
 * <p>The two messages look alike, so which one it is follows from the first of these that tells:
 *
 * <ol>
 *   <li>raw contents in field 7 are a request;
 *   <li>field 6 that fits the tensors as raw contents is a response, unless the side is known to be
 *       the request's and the field reads as the outputs asked for;
 *   <li>otherwise field 6 that reads as the outputs asked for is a request;
 *   <li>the side that envelope or topic tell;
 *   <li>a tensor of floats makes a response, none a request. A request with an input of floats must
 *       therefore come with its side known.
 * </ol>
 *
 * <p>Which tensor is taken is what {@link OipTensors} says. Takes at most {@value #BYTES_PER_BYTE}
 * bytes of heap for each byte of the body, and {@value #BYTES_AT_LEAST} besides.
 */
final class OipProtobufReader implements BodyReader {

  static final int BYTES_PER_BYTE = 64;
  static final int BYTES_AT_LEAST = 262_144;

  private final FormatOptions options;

  OipProtobufReader(FormatOptions options) {
    this.options = options;
  }

  @Override
  public Payload read(Body body) throws RejectedBodyException {
    if (body.isParsed()) {
      throw malformed("JSON");
    }
    byte[] bytes = body.bytes();
    int start = RegistryPrefix.length(bytes);
    if (start == bytes.length) {
      throw malformed(start + " bytes of a registry's prefix");
    }
    try {
      OipMessage message = OipMessage.read(bytes, start);
      return payload(message, bytes, sideOf(message, bytes, body.side()));
    } catch (IOException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  private Payload payload(OipMessage message, byte[] bytes, Side side)
      throws RejectedBodyException {
    if (side == Side.REQUEST) {
      List<OipTensor> tensors = tensors(message, message.seventh(), bytes, side);
      return new Payload.Request(message.names(), OipTensors.inputs(tensors, options));
    }
    List<OipTensor> tensors = tensors(message, message.sixth(), bytes, side);
    return new Payload.Response(message.names(), OipTensors.outputs(tensors, options));
  }

  private static Side sideOf(OipMessage message, byte[] bytes, Optional<Side> known) {
    if (!message.seventh().isEmpty()) {
      return Side.REQUEST;
    }
    if (!message.sixth().isEmpty()) {
      boolean asked = message.sixth().stream().allMatch(slice -> isRequestedOutput(bytes, slice));
      boolean raw = fitsTensors(message, bytes);
      if (raw && !(asked && known.equals(Optional.of(Side.REQUEST)))) {
        return Side.RESPONSE;
      }
      if (asked) {
        return Side.REQUEST;
      }
    }
    boolean floats = message.tensors().stream().anyMatch(tensor -> tensor.head().isFloat());
    return known.orElse(floats ? Side.RESPONSE : Side.REQUEST);
  }

  /** Whether field 6 is as long as the tensors ask for that have no contents of their own. */
  private static boolean fitsTensors(OipMessage message, byte[] bytes) {
    List<OipTensor> heads = rawTensors(message, message.sixth());
    if (heads.size() != message.sixth().size()) {
      return false;
    }
    for (int i = 0; i < heads.size(); i++) {
      ProtoCursor.Slice slice = message.sixth().get(i);
      OipTensor head = heads.get(i);
      int size = RawTensor.sizeOf(head.datatype());
      boolean fits =
          size == 0
              ? head.datatype().equals("BYTES")
              : slice.length() % size == 0 && slice.length() / size == head.elements(0);
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static boolean isRequestedOutput(byte[] bytes, ProtoCursor.Slice slice) {
    ProtoCursor in = new ProtoCursor(bytes, slice.start(), slice.length());
    boolean named = false;
    try {
      for (int field = in.next(); field != 0; field = in.next()) {
        if (field == 1) {
          named = !in.text().isEmpty();
        } else if (field == 2) {
          in.slice();
        } else {
          return false;
        }
      }
    } catch (IOException e) {
      return false;
    }
    return named;
  }

  /** The tensors that raw contents belong to: all, or those without contents of their own. */
  private static List<OipTensor> rawTensors(
      OipMessage message, List<ProtoCursor.Slice> rawContents) {
    boolean all = rawContents.size() == message.tensors().size();
    return message.tensors().stream()
        .filter(tensor -> all || tensor.contents().isEmpty())
        .map(OipMessage.Tensor::head)
        .toList();
  }

  private static List<OipTensor> tensors(
      OipMessage message, List<ProtoCursor.Slice> rawContents, byte[] bytes, Side side)
      throws RejectedBodyException {
    int expected = rawTensors(message, rawContents).size();
    if (!rawContents.isEmpty() && rawContents.size() != expected) {
      throw new RejectedBodyException(
          Reason.MALFORMED,
          "raw contents of " + rawContents.size() + " tensors, expected " + expected);
    }
    boolean all = rawContents.size() == message.tensors().size();
    List<OipTensor> tensors = new ArrayList<>(message.tensors().size());
    int next = 0;
    for (OipMessage.Tensor tensor : message.tensors()) {
      OipTensor head = tensor.head();
      if (!rawContents.isEmpty() && (all || tensor.contents().isEmpty())) {
        ProtoCursor.Slice slice = rawContents.get(next++);
        tensors.add(head.with(RawTensor.read(head, bytes, slice.start(), slice.length(), side)));
      } else if (tensor.contents().isEmpty() && head.elements(0) > 0) {
        tensors.add(head);
      } else {
        tensors.add(head.with(tensor.contents().toData(head, bytes, side)));
      }
    }
    return tensors;
  }

  private static RejectedBodyException malformed(String got) {
    return new RejectedBodyException(
        Reason.MALFORMED, "expected a ModelInferRequest or ModelInferResponse: " + got);
  }
}
