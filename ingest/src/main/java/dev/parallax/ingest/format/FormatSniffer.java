package dev.parallax.ingest.format;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.parallax.core.embedding.Decoded;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.ingest.json.JsonTree;
import dev.parallax.ingest.json.JsonTree.NotJsonException;
import dev.parallax.ingest.json.JsonValue;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Guesses the format of a body from what is in it, for people who look at records of a source.
 *
 * <p>It looks for the members that only one format has, not whether the whole body is sound, so
 * that a broken body is named too. Error bodies look alike in all formats and are of none. {@link
 * Format#MLSERVER} is never guessed, its bodies are those of {@link Format#OIP_JSON}; nor is {@link
 * Format#JSON_POINTER}, which is anything.
 */
public final class FormatSniffer {

  /** Bytes in front of a Protobuf message that a schema registry's client wrote. */
  private static final int REGISTRY_PREFIX = 6;

  /** Field of the tensors, in requests and in responses. */
  private static final int OIP_TENSORS = 5;

  private static final Set<Integer> OIP_FIELDS = Set.of(1, 2, 3, 4, 5, 6, 7);

  private static final int OTLP_RESOURCE_SPANS = 1;

  private static final int MAX_FIELD = 15;

  private static final EventCodec NATIVE = new EventCodec(EventLimits.DEFAULT);

  private FormatSniffer() {}

  /** The format that {@code body} looks like; empty if it looks like none. */
  public static Optional<Format> sniff(Body body) {
    try {
      return ofJson(body.json());
    } catch (RejectedBodyException e) {
      return ofBytes(body.bytes());
    }
  }

  private static Optional<Format> ofBytes(byte[] bytes) {
    try {
      JsonValue head = JsonTree.readPrefix(bytes, 0, bytes.length).value();
      return hasBinaryTensor(head) ? Optional.of(Format.OIP_BINARY) : Optional.empty();
    } catch (NotJsonException e) {
      return ofProtobuf(bytes);
    }
  }

  private static Optional<Format> ofJson(JsonValue json) {
    if (json instanceof JsonValue.Arr) {
      return json.elements()
          .filter(rows -> !rows.isEmpty() && rows.get(0).elements().isPresent())
          .map(rows -> Format.TEI);
    }
    if (!(json instanceof JsonValue.Obj object)) {
      return Optional.empty();
    }
    Set<String> keys = object.members().keySet();
    if (keys.contains("resourceSpans") || hasEmbeddingAttribute(json)) {
      return Optional.of(Format.OPENINFERENCE);
    }
    if (keys.contains("bento_meta")
        || keys.containsAll(Set.of("meta_data", "columns"))
        || keys.containsAll(Set.of("request_id", "timestamp"))) {
      return Optional.of(Format.BENTOML);
    }
    if (keys.contains("embeddings")
        || keys.contains("texts")
        || keys.contains("images")
        || first(json, "inputs").flatMap(input -> input.get("content")).isPresent()) {
      return Optional.of(Format.COHERE_V2);
    }
    if (hasBinaryTensor(json)) {
      return Optional.of(Format.OIP_BINARY);
    }
    if (hasTensor(json, "inputs")
        || hasTensor(json, "outputs")
        || keys.contains("instances")
        || keys.contains("predictions")) {
      return Optional.of(Format.OIP_JSON);
    }
    if (keys.contains("input")
        || first(json, "data").flatMap(answer -> answer.get("embedding")).isPresent()) {
      return Optional.of(Format.OPENAI);
    }
    return keys.contains("inputs") ? Optional.of(Format.TEI) : Optional.empty();
  }

  private static boolean hasEmbeddingAttribute(JsonValue json) {
    return json.get("attributes").orElse(json) instanceof JsonValue.Obj attributes
        && attributes.members().keySet().stream()
            .anyMatch(
                name ->
                    name.startsWith("openinference.") || name.startsWith("embedding.embeddings."));
  }

  private static boolean hasTensor(JsonValue json, String list) {
    return first(json, list)
        .filter(tensor -> tensor.get("datatype").isPresent() && tensor.get("shape").isPresent())
        .isPresent();
  }

  private static boolean hasBinaryTensor(JsonValue json) {
    return Stream.of("inputs", "outputs")
        .flatMap(list -> json.get(list).flatMap(JsonValue::elements).orElse(List.of()).stream())
        .anyMatch(
            tensor ->
                tensor.get("parameters").flatMap(of -> of.get("binary_data_size")).isPresent());
  }

  private static Optional<JsonValue> first(JsonValue json, String list) {
    return json.get(list)
        .flatMap(JsonValue::elements)
        .filter(elements -> !elements.isEmpty())
        .map(elements -> elements.get(0));
  }

  private static Optional<Format> ofProtobuf(byte[] bytes) {
    if (bytes.length == 0) {
      return Optional.empty();
    }
    boolean prefixed = bytes[0] == 0 && bytes.length > REGISTRY_PREFIX;
    if (!prefixed && NATIVE.decode(bytes) instanceof Decoded.Accepted) {
      return Optional.of(Format.NATIVE);
    }
    int start = prefixed ? REGISTRY_PREFIX : 0;
    Set<Integer> fields = lengthDelimitedFields(bytes, start, bytes.length - start);
    if (fields.contains(OIP_TENSORS) && OIP_FIELDS.containsAll(fields)) {
      return Optional.of(Format.OIP_PROTOBUF);
    }
    return fields.equals(Set.of(OTLP_RESOURCE_SPANS))
        ? Optional.of(Format.OPENINFERENCE)
        : Optional.empty();
  }

  /** Numbers of a message's fields; none if any is high or not length-delimited. */
  private static Set<Integer> lengthDelimitedFields(byte[] bytes, int start, int length) {
    Set<Integer> fields = new TreeSet<>();
    CodedInputStream message = CodedInputStream.newInstance(bytes, start, length);
    try {
      for (int tag = message.readTag(); tag != 0; tag = message.readTag()) {
        int field = WireFormat.getTagFieldNumber(tag);
        if (field > MAX_FIELD
            || WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
          return Set.of();
        }
        fields.add(field);
        message.skipRawBytes(message.readRawVarint32());
      }
      return fields;
    } catch (IOException e) {
      return Set.of();
    }
  }
}
