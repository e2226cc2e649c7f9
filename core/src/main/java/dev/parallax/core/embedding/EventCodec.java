package dev.parallax.core.embedding;

import dev.parallax.core.embedding.EmbeddingEvent.AttachedReference;
import dev.parallax.core.embedding.EmbeddingEvent.InputTensor;
import dev.parallax.core.embedding.ProtoReader.MalformedMessageException;
import dev.parallax.core.embedding.Rejection.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The wire form of {@link EmbeddingEvent}: the Protobuf message of {@code
 * dev/parallax/embedding/v1/embedding_event.proto}, which ships beside this class.
 *
 * <p>Written by hand because the message is flat and this module has no dependencies; a test holds
 * it equal to Google's own implementation. Writing is canonical: fields in order, attributes sorted
 * by name, so equal events have equal bytes. Unknown fields are skipped.
 */
public final class EventCodec {

  private static final int VECTOR = 1;
  private static final int DTYPE = 2;
  private static final int DIMENSION = 3;
  private static final int MODEL = 4;
  private static final int MODEL_VERSION = 5;
  private static final int INPUT_KEY = 6;
  private static final int INPUT_TEXT = 7;
  private static final int INPUT_TENSOR = 8;
  private static final int REFERENCE_VECTOR = 9;
  private static final int ATTRIBUTES = 10;
  private static final int PROBE = 11;
  private static final int SCALE = 12;
  private static final int ZERO_POINT = 13;
  private static final int MAX_AXES = 8;

  private final EventLimits limits;

  /** A codec that turns away what is over {@code limits}. */
  public EventCodec(EventLimits limits) {
    this.limits = limits;
  }

  /** The bytes of {@code event}. */
  public static byte[] encode(EmbeddingEvent event) {
    WireVector vector = event.vector();
    ProtoWriter out =
        new ProtoWriter(vector.data().length + 256)
            .bytes(VECTOR, vector.data())
            .uint32(DTYPE, vector.dtype().wireValue())
            .uint32(DIMENSION, vector.dimension())
            .string(MODEL, event.model())
            .string(MODEL_VERSION, event.modelVersion());
    event.inputKey().ifPresent(key -> out.bytes(INPUT_KEY, key.toBytes()));
    event
        .inputText()
        .ifPresent(text -> out.delimited(INPUT_TEXT, text.getBytes(StandardCharsets.UTF_8)));
    event.inputTensor().ifPresent(tensor -> out.delimited(INPUT_TENSOR, encode(tensor)));
    event.reference().ifPresent(reference -> out.delimited(REFERENCE_VECTOR, encode(reference)));
    new TreeMap<>(event.attributes())
        .forEach(
            (name, value) ->
                out.delimited(
                    ATTRIBUTES,
                    new ProtoWriter(64)
                        .delimited(1, name.getBytes(StandardCharsets.UTF_8))
                        .delimited(2, value.getBytes(StandardCharsets.UTF_8))
                        .toBytes()));
    out.bool(PROBE, event.probe());
    if (vector.dtype() == Dtype.I8) {
      out.float32(SCALE, vector.scale()).sint32(ZERO_POINT, vector.zeroPoint());
    }
    return out.toBytes();
  }

  private static byte[] encode(InputTensor tensor) {
    WireVector vector = tensor.vector();
    ProtoWriter shape = new ProtoWriter(16);
    tensor.shape().forEach(shape::packed);
    ProtoWriter out =
        new ProtoWriter(vector.data().length + 64)
            .bytes(1, vector.data())
            .uint32(2, vector.dtype().wireValue())
            .bytes(3, shape.toBytes());
    if (vector.dtype() == Dtype.I8) {
      out.float32(4, vector.scale()).sint32(5, vector.zeroPoint());
    }
    return out.toBytes();
  }

  private static byte[] encode(AttachedReference reference) {
    WireVector vector = reference.vector();
    ProtoWriter out =
        new ProtoWriter(vector.data().length + 64)
            .bytes(1, vector.data())
            .uint32(2, vector.dtype().wireValue())
            .uint32(3, vector.dimension())
            .string(4, reference.referenceId());
    if (vector.dtype() == Dtype.I8) {
      out.float32(5, vector.scale()).sint32(6, vector.zeroPoint());
    }
    return out.toBytes();
  }

  /** Reads an event; whatever is wrong with the bytes becomes a rejection. */
  public Decoded decode(byte @Nullable [] value) {
    if (value == null || value.length == 0) {
      return Decoded.Rejected.of(Reason.MALFORMED, "the record has no value");
    }
    if (value.length > limits.maxRecordBytes()) {
      return Decoded.Rejected.of(
          Reason.TOO_LARGE,
          "value of " + value.length + " bytes, limit " + limits.maxRecordBytes());
    }
    try {
      return new Decoded.Accepted(read(new ProtoReader(value)));
    } catch (MalformedMessageException e) {
      return Decoded.Rejected.of(Reason.MALFORMED, String.valueOf(e.getMessage()));
    } catch (RejectedFieldException e) {
      return new Decoded.Rejected(e.rejection);
    }
  }

  private EmbeddingEvent read(ProtoReader in)
      throws MalformedMessageException, RejectedFieldException {
    VectorFields vector = new VectorFields("vector");
    String model = "";
    String modelVersion = "";
    Optional<InputKey> inputKey = Optional.empty();
    Optional<String> inputText = Optional.empty();
    Optional<InputTensor> inputTensor = Optional.empty();
    Optional<AttachedReference> reference = Optional.empty();
    Map<String, String> attributes = new TreeMap<>();
    boolean probe = false;
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      switch (field) {
        case VECTOR -> vector.data = in.bytes("vector");
        case DTYPE -> vector.dtype = in.uint32("dtype");
        case DIMENSION -> vector.dimension = in.uint32("dimension");
        case MODEL -> model = readName(in, "model");
        case MODEL_VERSION -> modelVersion = readName(in, "model_version");
        case INPUT_KEY -> inputKey = Optional.of(readKey(in.bytes("input_key")));
        case INPUT_TEXT -> inputText = Optional.of(readText(in));
        case INPUT_TENSOR -> inputTensor = Optional.of(readTensor(in.message("input_tensor")));
        case REFERENCE_VECTOR ->
            reference = Optional.of(readReference(in.message("reference_vector")));
        case ATTRIBUTES -> readAttribute(in.message("attributes"), attributes);
        case PROBE -> probe = in.bool("probe");
        case SCALE -> vector.scale = in.float32("scale");
        case ZERO_POINT -> vector.zeroPoint = in.sint32("zero_point");
        default -> in.skip();
      }
    }
    if (model.isBlank() || modelVersion.isBlank()) {
      throw new RejectedFieldException(
          Reason.MISSING_FIELD, model.isBlank() ? "model" : "model_version");
    }
    return new EmbeddingEvent(
        model,
        modelVersion,
        vector.toVector(),
        inputKey,
        inputText,
        inputTensor,
        reference,
        attributes,
        probe);
  }

  private static InputKey readKey(byte[] bytes) throws RejectedFieldException {
    if (bytes.length != InputKey.BYTES) {
      throw new RejectedFieldException(
          Reason.MALFORMED,
          "input_key: expected " + InputKey.BYTES + " bytes, got " + bytes.length);
    }
    return InputKey.of(bytes);
  }

  private String readName(ProtoReader in, String field)
      throws MalformedMessageException, RejectedFieldException {
    byte[] bytes = in.bytes(field);
    if (bytes.length > limits.maxAttributeBytes()) {
      throw new RejectedFieldException(
          Reason.TOO_LARGE,
          field + " of " + bytes.length + " bytes, limit " + limits.maxAttributeBytes());
    }
    return ProtoReader.text(bytes, field);
  }

  private String readText(ProtoReader in) throws MalformedMessageException, RejectedFieldException {
    byte[] bytes = in.bytes("input_text");
    if (bytes.length > limits.maxTextBytes()) {
      throw new RejectedFieldException(
          Reason.TOO_LARGE,
          "input_text of " + bytes.length + " bytes, limit " + limits.maxTextBytes());
    }
    return ProtoReader.text(bytes, "input_text");
  }

  private InputTensor readTensor(ProtoReader in)
      throws MalformedMessageException, RejectedFieldException {
    VectorFields vector = new VectorFields("input_tensor");
    List<Integer> shape = new ArrayList<>();
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      switch (field) {
        case 1 -> vector.data = in.bytes("input_tensor.data");
        case 2 -> vector.dtype = in.uint32("input_tensor.dtype");
        case 3 -> readShape(in, shape);
        case 4 -> vector.scale = in.float32("input_tensor.scale");
        case 5 -> vector.zeroPoint = in.sint32("input_tensor.zero_point");
        default -> in.skip();
      }
    }
    long elements = 1;
    for (int length : shape) {
      elements = Math.min(Integer.MAX_VALUE, elements * length);
    }
    vector.dimension = (int) elements;
    return new InputTensor(vector.toVector(), shape);
  }

  private static void readShape(ProtoReader in, List<Integer> shape)
      throws MalformedMessageException, RejectedFieldException {
    if (in.isLengthDelimited()) {
      ProtoReader packed = in.message("input_tensor.shape");
      while (packed.hasMore() && shape.size() <= MAX_AXES) {
        shape.add(packed.packedUint32("input_tensor.shape"));
      }
    } else {
      shape.add(in.uint32("input_tensor.shape"));
    }
    if (shape.size() > MAX_AXES) {
      throw new RejectedFieldException(
          Reason.TOO_LARGE, "input_tensor.shape of more than " + MAX_AXES + " axes");
    }
  }

  private AttachedReference readReference(ProtoReader in)
      throws MalformedMessageException, RejectedFieldException {
    VectorFields vector = new VectorFields("reference_vector");
    String id = "";
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      switch (field) {
        case 1 -> vector.data = in.bytes("reference_vector.vector");
        case 2 -> vector.dtype = in.uint32("reference_vector.dtype");
        case 3 -> vector.dimension = in.uint32("reference_vector.dimension");
        case 4 -> id = readName(in, "reference_vector.reference");
        case 5 -> vector.scale = in.float32("reference_vector.scale");
        case 6 -> vector.zeroPoint = in.sint32("reference_vector.zero_point");
        default -> in.skip();
      }
    }
    return new AttachedReference(id, vector.toVector());
  }

  private void readAttribute(ProtoReader in, Map<String, String> attributes)
      throws MalformedMessageException, RejectedFieldException {
    String name = "";
    String value = "";
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      switch (field) {
        case 1 -> name = readName(in, "attributes.key");
        case 2 -> value = readName(in, "attributes.value");
        default -> in.skip();
      }
    }
    attributes.put(name, value);
    if (attributes.size() > limits.maxAttributes()) {
      throw new RejectedFieldException(
          Reason.TOO_LARGE, "more than " + limits.maxAttributes() + " attributes");
    }
  }

  /** The fields of one vector while its message is read; they may come in any order. */
  private final class VectorFields {
    private final String name;
    private byte[] data = new byte[0];
    private int dtype;
    private int dimension;
    private float scale;
    private int zeroPoint;

    VectorFields(String name) {
      this.name = name;
    }

    WireVector toVector() throws RejectedFieldException {
      Dtype format =
          Dtype.ofWireValue(dtype)
              .orElseThrow(
                  () -> new RejectedFieldException(Reason.UNKNOWN_DTYPE, name + ".dtype " + dtype));
      if (dimension > limits.maxDimension()) {
        throw new RejectedFieldException(
            Reason.TOO_LARGE,
            name + " of " + dimension + " elements, limit " + limits.maxDimension());
      }
      if (data.length == 0) {
        throw new RejectedFieldException(Reason.MISSING_FIELD, name);
      }
      if (dimension < 1 || data.length != (long) dimension * format.bytes()) {
        throw new RejectedFieldException(
            Reason.DIMENSION_MISMATCH,
            name + ": " + dimension + " elements of " + format + " in " + data.length + " bytes");
      }
      return new WireVector(data, format, dimension, scale, zeroPoint);
    }
  }

  private static final class RejectedFieldException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Rejection rejection;

    RejectedFieldException(Reason reason, String detail) {
      super(detail, null, false, false);
      this.rejection = new Rejection(reason, detail);
    }
  }
}
