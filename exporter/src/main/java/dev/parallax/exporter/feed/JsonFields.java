package dev.parallax.exporter.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parallax.core.embedding.EventTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The fields of one JSON object, each read as exactly the type it must have.
 *
 * <p>Strict: a number is not taken from a text, a repeated field and bytes after the object are
 * errors, and sizes are bounded. Fields that nobody asks for are passed over, so that an exporter
 * can read what a newer job adds.
 */
final class JsonFields {

  private static final int MAX_BYTES = 1 << 20;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(8)
                          .maxStringLength(1 << 16)
                          .maxNameLength(256)
                          .maxNumberLength(64)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JsonNode object;

  private JsonFields(JsonNode object) {
    this.object = object;
  }

  /** The object that these bytes are. */
  static JsonFields parse(byte[] json) throws MalformedRecordException {
    if (json.length > MAX_BYTES) {
      throw new MalformedRecordException(
          "record: expected at most " + MAX_BYTES + " bytes, got " + json.length);
    }
    try {
      return of(MAPPER.readTree(json), "record");
    } catch (JsonProcessingException e) {
      throw new MalformedRecordException("not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new MalformedRecordException("not JSON: " + e.getMessage());
    }
  }

  private static JsonFields of(JsonNode node, String name) throws MalformedRecordException {
    if (!node.isObject()) {
      throw new MalformedRecordException(name + ": expected an object");
    }
    return new JsonFields(node);
  }

  JsonFields object(String name) throws MalformedRecordException {
    return of(present(name), name);
  }

  String text(String name) throws MalformedRecordException {
    return text(present(name), name);
  }

  Optional<String> optionalText(String name) throws MalformedRecordException {
    return object.has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  List<String> texts(String name) throws MalformedRecordException {
    JsonNode list = present(name);
    if (!list.isArray()) {
      throw new MalformedRecordException(name + ": expected a list");
    }
    List<String> texts = new ArrayList<>(list.size());
    for (JsonNode item : list) {
      texts.add(text(item, name));
    }
    return texts;
  }

  long whole(String name) throws MalformedRecordException {
    JsonNode node = present(name);
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new MalformedRecordException(name + ": expected a whole number");
    }
    return node.longValue();
  }

  long count(String name) throws MalformedRecordException {
    long value = whole(name);
    if (value < 0) {
      throw new MalformedRecordException(name + ": expected 0 or more");
    }
    return value;
  }

  OptionalDouble optionalNumber(String name) throws MalformedRecordException {
    if (!object.has(name)) {
      return OptionalDouble.empty();
    }
    JsonNode node = present(name);
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw new MalformedRecordException(name + ": expected a finite number");
    }
    return OptionalDouble.of(node.doubleValue());
  }

  long time(String name) throws MalformedRecordException {
    OptionalLong millis = EventTime.parse(text(name).getBytes(StandardCharsets.UTF_8));
    if (millis.isEmpty()) {
      throw new MalformedRecordException(name + ": expected an RFC 3339 time");
    }
    return millis.getAsLong();
  }

  OptionalLong optionalTime(String name) throws MalformedRecordException {
    return object.has(name) ? OptionalLong.of(time(name)) : OptionalLong.empty();
  }

  private JsonNode present(String name) throws MalformedRecordException {
    JsonNode node = object.get(name);
    if (node == null) {
      throw new MalformedRecordException(name + ": missing");
    }
    return node;
  }

  private static String text(JsonNode node, String name) throws MalformedRecordException {
    if (!node.isTextual()) {
      throw new MalformedRecordException(name + ": expected a text");
    }
    return node.textValue();
  }
}
