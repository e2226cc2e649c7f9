package dev.parallax.ingest.envelope;

import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.format.RejectedBodyException;
import dev.parallax.ingest.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Named texts that come with a body: headers of a record, attributes of an event. Names are
 * compared without regard to case; of a name that is there twice, the last one counts; one that is
 * blank is not there.
 */
final class Labels {

  /** Longest label that is read, in bytes; keeps what labels add to an event small. */
  static final int MAX_BYTES = 1024;

  /** Longest attribute for slices, in bytes; the bound of native events. */
  static final int MAX_ATTRIBUTE_BYTES = 256;

  private final Map<String, byte[]> values;

  private Labels(Map<String, byte[]> values) {
    this.values = values;
  }

  /** The headers of a record. */
  static Labels of(Headers headers) {
    Map<String, byte[]> values = new HashMap<>();
    for (Header header : headers) {
      put(values, header.key(), header.value() == null ? new byte[0] : header.value());
    }
    return new Labels(values);
  }

  /** The members of a JSON object that are strings, booleans or integers. */
  static Labels of(JsonValue.Obj object) {
    Map<String, byte[]> values = new HashMap<>();
    object
        .members()
        .forEach(
            (name, value) ->
                textOf(value)
                    .ifPresent(text -> put(values, name, text.getBytes(StandardCharsets.UTF_8))));
    return new Labels(values);
  }

  /** Those whose names start with one of {@code prefixes}, without it; the first prefix counts. */
  Labels after(String... prefixes) {
    Map<String, byte[]> rest = new HashMap<>();
    for (String prefix : prefixes) {
      values.forEach(
          (name, value) -> {
            if (name.startsWith(prefix)) {
              rest.putIfAbsent(name.substring(prefix.length()), value);
            }
          });
    }
    return new Labels(rest);
  }

  /** These labels and {@code name}, whatever it was before. */
  Labels with(String name, String value) {
    Map<String, byte[]> more = new HashMap<>(values);
    put(more, name, value.getBytes(StandardCharsets.UTF_8));
    return new Labels(more);
  }

  /** Whether there is one of that name, which is in lower case. */
  boolean has(String name) {
    return values.containsKey(name);
  }

  /**
   * The label {@code name}, which is in lower case.
   *
   * @throws RejectedBodyException {@code too-large} or {@code malformed} if it is longer than
   *     {@value #MAX_BYTES} bytes or not UTF-8
   */
  Optional<String> get(String name) throws RejectedBodyException {
    byte[] value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value.length > MAX_BYTES) {
      throw new RejectedBodyException(
          Reason.TOO_LARGE, name + " of " + value.length + " bytes, limit " + MAX_BYTES);
    }
    return Optional.of(utf8(name, value)).filter(text -> !text.isBlank());
  }

  /** The labels of these names that are there and within the bound of attributes. */
  Map<String, String> attributes(String... names) throws RejectedBodyException {
    Map<String, String> attributes = new HashMap<>();
    for (String name : names) {
      byte[] value = values.get(name);
      if (value != null && value.length <= MAX_ATTRIBUTE_BYTES) {
        get(name).ifPresent(text -> attributes.put(name, text));
      }
    }
    return attributes;
  }

  private static void put(Map<String, byte[]> values, String name, byte[] value) {
    values.put(name.toLowerCase(Locale.ROOT), value);
  }

  private static Optional<String> textOf(JsonValue value) {
    if (value instanceof JsonValue.Bool bool) {
      return Optional.of(String.valueOf(bool.value()));
    }
    if (value instanceof JsonValue.Num number && number.integer()) {
      return Optional.of(String.valueOf((long) number.value()));
    }
    return value.text();
  }

  private static String utf8(String name, byte[] bytes) throws RejectedBodyException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new RejectedBodyException(Reason.MALFORMED, name + " is not UTF-8");
    }
  }
}
