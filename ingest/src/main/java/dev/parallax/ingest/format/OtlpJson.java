package dev.parallax.ingest.format;

import dev.parallax.core.embedding.Dtype;
import dev.parallax.core.embedding.EventTime;
import dev.parallax.ingest.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Spans from OTLP's JSON, with names in camelCase or snake_case, and single spans as the SDKs print
 * them, whose attributes are one flat object.
 */
final class OtlpJson {

  private OtlpJson() {}

  /** The calls of every embedding span. */
  static List<Payload.Call> calls(JsonValue body) throws RejectedBodyException {
    List<Payload.Call> calls = new ArrayList<>();
    if (body.get("attributes").isPresent()) {
      read(body, Map.of(), calls);
      return calls;
    }
    Optional<JsonValue> resources = member(body, "resourceSpans", "resource_spans");
    if (resources.isEmpty()) {
      throw UnknownBody.rejection(body, "resourceSpans or attributes");
    }
    for (JsonValue resource : resources.get().elements().orElse(List.of())) {
      Map<String, String> attributes = OtlpAttributes.ofService(serviceOf(resource));
      List<JsonValue> scopes =
          member(resource, "scopeSpans", "scope_spans")
              .or(() -> resource.get("instrumentationLibrarySpans"))
              .flatMap(JsonValue::elements)
              .orElse(List.of());
      for (JsonValue scope : scopes) {
        for (JsonValue span : scope.get("spans").flatMap(JsonValue::elements).orElse(List.of())) {
          read(span, attributes, calls);
        }
      }
    }
    return calls;
  }

  private static void read(
      JsonValue json, Map<String, String> attributes, List<Payload.Call> calls) {
    EmbeddingSpan span = new EmbeddingSpan();
    if (json.get("attributes").orElse(JsonValue.Nil.NULL) instanceof JsonValue.Obj flat) {
      flat.members().forEach((name, value) -> readFlat(span, name, value));
    } else {
      for (JsonValue pair : json.get("attributes").flatMap(JsonValue::elements).orElse(List.of())) {
        Optional<String> name = pair.get("key").flatMap(JsonValue::text);
        Optional<JsonValue> value = pair.get("value");
        if (name.isPresent() && value.isPresent() && EmbeddingSpan.knows(name.get())) {
          readTyped(span, name.get(), value.get());
        }
      }
    }
    if (!span.isEmbedding()) {
      return;
    }
    JsonValue context = json.get("context").orElse(json);
    span.ids(id(context, "traceId", "trace_id", 16), id(context, "spanId", "span_id", 8));
    endOf(json).ifPresent(span::endMillis);
    if (hasFailed(json)) {
      span.fail();
    }
    calls.addAll(span.calls(attributes));
  }

  private static void readFlat(EmbeddingSpan span, String name, JsonValue value) {
    if (!EmbeddingSpan.knows(name)) {
      return;
    }
    if (value instanceof JsonValue.Str text) {
      span.text(name, text.value());
    } else {
      span.vector(name, Vectors.of(value));
    }
  }

  private static void readTyped(EmbeddingSpan span, String name, JsonValue value) {
    Optional<String> text = member(value, "stringValue", "string_value").flatMap(JsonValue::text);
    Optional<String> bytes = member(value, "bytesValue", "bytes_value").flatMap(JsonValue::text);
    Optional<JsonValue> array =
        member(value, "arrayValue", "array_value").flatMap(inner -> inner.get("values"));
    if (text.isPresent()) {
      span.text(name, text.get());
    } else if (bytes.isPresent()) {
      span.vector(name, Vectors.of(new JsonValue.Str(bytes.get())));
    } else {
      span.vector(name, array.map(OtlpJson::vector).orElseGet(() -> Vectors.of(value)));
    }
  }

  private static ModelOutput vector(JsonValue array) {
    List<JsonValue> values = array.elements().orElse(List.of());
    if (values.isEmpty()) {
      return Vectors.of(array);
    }
    byte[] vector = new byte[values.size() * Float.BYTES];
    for (int i = 0; i < values.size(); i++) {
      JsonValue element = values.get(i);
      Optional<Double> number =
          member(element, "doubleValue", "double_value")
              .or(() -> member(element, "intValue", "int_value"))
              .flatMap(OtlpJson::number);
      if (number.isEmpty()) {
        return member(element, "arrayValue", "array_value").isPresent()
            ? OtlpAttributes.NESTED
            : OtlpAttributes.NOT_NUMBERS;
      }
      Vectors.putFloat(vector, i, number.get());
    }
    return Vectors.of(vector, Dtype.F32, values.size());
  }

  /** A number, which the JSON of Protobuf may write as a text. */
  private static Optional<Double> number(JsonValue value) {
    if (value instanceof JsonValue.Num number) {
      return Optional.of(number.value());
    }
    try {
      return value.text().filter(text -> text.length() <= 32).map(Double::valueOf);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static OptionalLong endOf(JsonValue span) {
    Optional<JsonValue> nanos = member(span, "endTimeUnixNano", "end_time_unix_nano");
    if (nanos.isPresent()) {
      return nanosOf(nanos.get());
    }
    return span.get("end_time")
        .flatMap(JsonValue::text)
        .map(text -> EventTime.parse(text.getBytes(StandardCharsets.UTF_8)))
        .orElse(OptionalLong.empty());
  }

  private static OptionalLong nanosOf(JsonValue value) {
    if (value instanceof JsonValue.Num number && number.integer()) {
      return OtlpAttributes.millisOf((long) number.value());
    }
    try {
      Optional<String> text = value.text().filter(digits -> digits.length() <= 19);
      return text.isPresent()
          ? OtlpAttributes.millisOf(Long.parseLong(text.get()))
          : OptionalLong.empty();
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** An id as hexadecimal digits in lower case; empty if it is none. */
  private static String id(JsonValue span, String camel, String snake, int bytes) {
    String text = member(span, camel, snake).flatMap(JsonValue::text).orElse("");
    String digits = text.startsWith("0x") ? text.substring(2) : text;
    if (digits.length() == 2 * bytes && digits.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
      return digits.toLowerCase(Locale.ROOT);
    }
    if (text.length() > 4 * bytes) {
      return "";
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(text);
      return decoded.length == bytes ? OtlpAttributes.hex(decoded, 0, bytes) : "";
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static boolean hasFailed(JsonValue span) {
    JsonValue status = span.get("status").orElse(JsonValue.Nil.NULL);
    JsonValue code =
        status.get("code").or(() -> status.get("status_code")).orElse(JsonValue.Nil.NULL);
    return code instanceof JsonValue.Num number
        ? number.value() == OtlpAttributes.STATUS_ERROR
        : code.text().filter(text -> text.endsWith("ERROR")).isPresent();
  }

  private static Optional<String> serviceOf(JsonValue resource) {
    List<JsonValue> pairs =
        resource
            .get("resource")
            .flatMap(of -> of.get("attributes"))
            .flatMap(JsonValue::elements)
            .orElse(List.of());
    for (JsonValue pair : pairs) {
      if (pair.get("key").flatMap(JsonValue::text).filter(OtlpAttributes::isService).isPresent()) {
        return pair.get("value")
            .flatMap(value -> member(value, "stringValue", "string_value"))
            .flatMap(JsonValue::text);
      }
    }
    return Optional.empty();
  }

  private static Optional<JsonValue> member(JsonValue json, String camel, String snake) {
    return json.get(camel).or(() -> json.get(snake));
  }
}
