package dev.parallax.ingest.envelope;

import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.format.RejectedBodyException;
import dev.parallax.ingest.json.JsonMembers;
import dev.parallax.ingest.json.JsonTree;
import dev.parallax.ingest.json.JsonTree.NotJsonException;
import dev.parallax.ingest.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A file that holds one record, for trying things out.
 *
 * <p>Either JSON that says what the record was, <code>{"topic", "key", "headers": [[name, value],
 * …], "value": {…}}</code> with {@code value_base64} where the value is not JSON and {@code
 * body_base64} where it came by HTTP, or the bare body. The text of {@code value} is taken as it
 * stands; a {@code value} that is a string is its characters.
 */
public final class WrappedFile {

  private WrappedFile() {}

  /**
   * The record that {@code file} holds.
   *
   * @param topic of a record that does not say
   * @param timestampMillis its timestamp
   * @throws RejectedBodyException {@code malformed} if the file begins to say what the record was,
   *     and does it wrong
   */
  public static SourceRecord read(byte[] file, String topic, long timestampMillis)
      throws RejectedBodyException {
    JsonValue json;
    try {
      json = JsonTree.read(file);
    } catch (NotJsonException e) {
      return record(topic, timestampMillis, null, file, new RecordHeaders());
    }
    if (!isWrapping(json)) {
      return record(topic, timestampMillis, null, file, new RecordHeaders());
    }
    return record(
        json.get("topic").flatMap(JsonValue::text).orElse(topic),
        timestampMillis,
        json.get("key").flatMap(JsonValue::text).map(WrappedFile::utf8).orElse(null),
        value(json, file),
        headers(json));
  }

  private static boolean isWrapping(JsonValue json) {
    boolean record = json.get("topic").isPresent() && json.get("headers").isPresent();
    return record || json.get("body_base64").isPresent();
  }

  private static byte @Nullable [] value(JsonValue json, byte[] file) throws RejectedBodyException {
    Optional<String> base64 =
        json.get("value_base64").or(() -> json.get("body_base64")).flatMap(JsonValue::text);
    if (base64.isPresent()) {
      return bytes(base64.get());
    }
    Optional<JsonValue> value = json.get("value");
    if (value.isEmpty()) {
      return null;
    }
    if (value.get() instanceof JsonValue.Str text) {
      return utf8(text.value());
    }
    try {
      return JsonMembers.textOf(file, "value");
    } catch (NotJsonException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  private static byte[] bytes(String base64) throws RejectedBodyException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw malformed("the value is not base64");
    }
  }

  private static Headers headers(JsonValue json) throws RejectedBodyException {
    Headers headers = new RecordHeaders();
    List<JsonValue> pairs = json.get("headers").flatMap(JsonValue::elements).orElse(List.of());
    for (JsonValue pair : pairs) {
      List<JsonValue> parts = pair.elements().orElse(List.of());
      if (parts.size() != 2 || parts.get(0).text().isEmpty()) {
        throw malformed("a header that is not [name, value]");
      }
      byte @Nullable [] text = parts.get(1).text().map(WrappedFile::utf8).orElse(null);
      headers.add(parts.get(0).text().get(), text);
    }
    return headers;
  }

  private static SourceRecord record(
      String topic,
      long timestampMillis,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Headers headers) {
    return new SourceRecord(topic, 0, 0, timestampMillis, key, value, headers);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static RejectedBodyException malformed(String detail) {
    return new RejectedBodyException(Reason.MALFORMED, "the file's wrapping: " + detail);
  }
}
