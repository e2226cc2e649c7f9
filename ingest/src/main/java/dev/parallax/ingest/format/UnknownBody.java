package dev.parallax.ingest.format;

import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.json.JsonValue;
import java.util.Iterator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why a JSON body that has none of the members of its format is turned away: it is an error of the
 * server, or something else.
 *
 * <p>Errors as FastAPI ({@code detail}), KServe and Triton ({@code error}, a text), OpenAI ({@code
 * error}, an object), vLLM ({@code "object": "error"}), TEI ({@code error_type}) and Cohere ({@code
 * message}) write them. Their texts may quote the input, so that only type and code are told.
 */
final class UnknownBody {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final int MAX_KEYS = 8;

  private UnknownBody() {}

  /**
   * The rejection of {@code body}.
   *
   * @param expected the members that were looked for, for the message
   */
  static RejectedBodyException rejection(JsonValue body, String expected) {
    if (!(body instanceof JsonValue.Obj object)) {
      return new RejectedBodyException(
          Reason.MALFORMED, "expected " + expected + ", got " + body.kind());
    }
    Optional<String> error = errorOf(object);
    if (error.isPresent()) {
      return new RejectedBodyException(Reason.ERROR_BODY, error.get());
    }
    return new RejectedBodyException(
        Reason.MISSING_FIELD, "expected " + expected + ", got an object with " + keysOf(object));
  }

  /** What kind of error the body is; empty if it does not look like one. */
  static Optional<String> errorOf(JsonValue body) {
    Optional<JsonValue> error = body.get("error");
    boolean named =
        body.get("object").flatMap(JsonValue::text).filter("error"::equals).isPresent()
            || error.isPresent()
            || body.get("detail").isPresent()
            || body.get("error_type").isPresent()
            || body.get("message").flatMap(JsonValue::text).isPresent();
    if (!named) {
      return Optional.empty();
    }
    JsonValue inner = error.filter(value -> value instanceof JsonValue.Obj).orElse(body);
    StringBuilder told = new StringBuilder("the server answered with an error");
    for (String member : new String[] {"type", "error_type", "code", "status"}) {
      inner
          .get(member)
          .flatMap(UnknownBody::shortName)
          .ifPresent(name -> told.append(", ").append(member).append(' ').append(name));
    }
    return Optional.of(told.toString());
  }

  /** A name or a whole number, as a text; empty for anything that could quote an input. */
  private static Optional<String> shortName(JsonValue value) {
    if (value instanceof JsonValue.Num number && number.integer()) {
      return Optional.of(String.valueOf((long) number.value()));
    }
    return value.text().filter(text -> NAME.matcher(text).matches());
  }

  private static String keysOf(JsonValue.Obj object) {
    if (object.members().isEmpty()) {
      return "no keys";
    }
    StringBuilder keys = new StringBuilder("the keys ");
    Iterator<String> names = object.members().keySet().iterator();
    for (int i = 0; i < MAX_KEYS && names.hasNext(); i++) {
      keys.append(i == 0 ? "" : ", ").append(Names.cut(names.next()));
    }
    return names.hasNext() ? keys.append(", …").toString() : keys.toString();
  }
}
