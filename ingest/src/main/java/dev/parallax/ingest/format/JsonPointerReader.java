package dev.parallax.ingest.format;

import com.fasterxml.jackson.core.JsonPointer;
import dev.parallax.ingest.format.FormatOptions.Field;
import dev.parallax.ingest.json.JsonValue;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads JSON of any shape: a whole call in one body, its parts where the options point (RFC 6901).
 *
 * <p>Only the vector must be there. A part that is pointed at and is absent or null counts as not
 * said; an input that is no text cannot be read.
 */
final class JsonPointerReader implements BodyReader {

  private final Map<Field, JsonPointer> pointers = new EnumMap<>(Field.class);

  /**
   * A reader.
   *
   * @throws IllegalArgumentException if a field is no JSON pointer, or there is none for the vector
   */
  JsonPointerReader(FormatOptions options) {
    if (!options.fields().containsKey(Field.VECTOR)) {
      throw new IllegalArgumentException(
          "json-pointer: expected a pointer to the vector, got none");
    }
    options.fields().forEach((field, pointer) -> pointers.put(field, compile(field, pointer)));
  }

  @Override
  public Payload read(Body body) throws RejectedBodyException {
    JsonValue json = body.json();
    Optional<JsonValue> vector = at(Field.VECTOR, json);
    if (vector.isEmpty()) {
      throw UnknownBody.rejection(json, "a vector at " + pointers.get(Field.VECTOR));
    }
    Optional<JsonValue> time = at(Field.TIME, json);
    return new Payload.Calls(
        List.of(
            new Payload.Call(
                new CallNames(
                    at(Field.ID, json).flatMap(Names::of),
                    at(Field.MODEL, json).flatMap(Names::of),
                    at(Field.VERSION, json).flatMap(Names::of)),
                at(Field.INPUT, json).map(JsonPointerReader::input),
                Vectors.of(pointers.get(Field.VECTOR).toString(), vector.get()),
                time.isPresent()
                    ? OptionalLong.of(Times.millis("time", time.get()))
                    : OptionalLong.empty(),
                Map.of())));
  }

  private static ModelInput input(JsonValue value) {
    return value instanceof JsonValue.Str text
        ? new ModelInput.Text(text.value())
        : TextInputs.unreadable("input: expected a text, got " + value.kind());
  }

  private static JsonPointer compile(Field field, String pointer) {
    try {
      return JsonPointer.compile(pointer);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "json-pointer: expected a JSON pointer such as /a/b for "
              + field.name().toLowerCase(Locale.ROOT)
              + ", got "
              + pointer,
          e);
    }
  }

  /** What the field points at; empty where there is no pointer, or nothing or a null there. */
  private Optional<JsonValue> at(Field field, JsonValue body) {
    JsonPointer pointer = pointers.get(field);
    if (pointer == null) {
      return Optional.empty();
    }
    Optional<JsonValue> value = Optional.of(body);
    for (; value.isPresent() && !pointer.matches(); pointer = pointer.tail()) {
      value = child(value.get(), pointer);
    }
    return value.filter(found -> !(found instanceof JsonValue.Nil));
  }

  private static Optional<JsonValue> child(JsonValue parent, JsonPointer pointer) {
    Optional<List<JsonValue>> elements = parent.elements();
    if (elements.isEmpty()) {
      return parent.get(pointer.getMatchingProperty());
    }
    int index = pointer.getMatchingIndex();
    return index >= 0 && index < elements.get().size()
        ? Optional.of(elements.get().get(index))
        : Optional.empty();
  }
}
