package dev.parallax.ingest.envelope;

import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.format.Body;
import dev.parallax.ingest.format.RejectedBodyException;
import dev.parallax.ingest.json.JsonTree;
import dev.parallax.ingest.json.JsonTree.NotJsonException;
import dev.parallax.ingest.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A CloudEvent in structured mode: attributes and data in one JSON object.
 *
 * @param attributes its attributes
 * @param data its data: JSON as it was parsed, a string's characters as bytes, or what {@code
 *     data_base64} holds
 */
record StructuredEvent(Labels attributes, Body data) {

  private static final String DATA = "data";
  private static final String DATA_BASE64 = "data_base64";

  /** What only version 0.3 has: the encoding of {@code data}. */
  private static final String ENCODING = "datacontentencoding";

  static final List<String> REQUIRED = List.of("specversion", "type", "source", "id");

  /**
   * The event that a value is.
   *
   * @param labelled whether the record says that it is one, so that one with a part missing is one
   *     too
   * @return empty if the value is something else
   * @throws RejectedBodyException if it is an event and wrong, or a batch of events
   */
  static Optional<StructuredEvent> parse(byte[] value, boolean labelled)
      throws RejectedBodyException {
    Optional<JsonValue> json = jsonOf(value);
    if (json.isPresent() && isBatch(json.get())) {
      throw new RejectedBodyException(
          Reason.UNKNOWN_TYPE, "a batch of events, expected one to a record");
    }
    if (json.isEmpty()
        || !(json.get() instanceof JsonValue.Obj object)
        || !(labelled || looksLikeEvent(object))) {
      return Optional.empty();
    }
    Labels attributes = Labels.of(object);
    return Optional.of(new StructuredEvent(attributes, dataOf(object)));
  }

  private static Optional<JsonValue> jsonOf(byte[] value) {
    int start = 0;
    while (start < value.length && value[start] >= 0 && value[start] <= ' ') {
      start++;
    }
    if (start == value.length || (value[start] != '{' && value[start] != '[')) {
      return Optional.empty();
    }
    try {
      return Optional.of(JsonTree.read(value));
    } catch (NotJsonException e) {
      return Optional.empty();
    }
  }

  private static boolean isBatch(JsonValue json) {
    return json instanceof JsonValue.Arr array
        && !array.values().isEmpty()
        && looksLikeEvent(array.values().get(0));
  }

  private static boolean looksLikeEvent(JsonValue json) {
    return REQUIRED.stream().allMatch(name -> json.get(name).isPresent())
        && (json.get(DATA).isPresent() || json.get(DATA_BASE64).isPresent());
  }

  private static Body dataOf(JsonValue.Obj event) throws RejectedBodyException {
    Optional<JsonValue> data = event.get(DATA);
    Optional<JsonValue> base64 = event.get(DATA_BASE64);
    if (data.isPresent() && base64.isPresent()) {
      throw malformed("expected data or data_base64, got both");
    }
    if (base64.isPresent()) {
      return Body.of(decode(base64.get()));
    }
    if (data.isEmpty()) {
      throw new RejectedBodyException(Reason.MISSING_FIELD, "data of the event");
    }
    if (event.get(ENCODING).flatMap(JsonValue::text).filter("base64"::equals).isPresent()) {
      return Body.of(decode(data.get()));
    }
    return data.get()
        .text()
        .map(text -> Body.of(text.getBytes(StandardCharsets.UTF_8)))
        .orElse(Body.of(data.get()));
  }

  private static byte[] decode(JsonValue base64) throws RejectedBodyException {
    Optional<String> text = base64.text();
    if (text.isPresent()) {
      try {
        return Base64.getDecoder().decode(text.get());
      } catch (IllegalArgumentException e) {
        throw malformed("its base64 data is not base64");
      }
    }
    throw malformed("its base64 data is " + base64.kind());
  }

  private static RejectedBodyException malformed(String detail) {
    return new RejectedBodyException(Reason.MALFORMED, "structured event: " + detail);
  }
}
