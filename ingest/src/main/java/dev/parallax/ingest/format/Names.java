package dev.parallax.ingest.format;

import dev.parallax.ingest.json.JsonValue;
import java.util.Optional;

/** Names that bodies give to calls, models and their own parts. */
final class Names {

  private static final int MAX_SHOWN = 64;
  private static final double MAX_EXACT = 1L << 53;

  private Names() {}

  /** A name as a message shows it: cut where it is long. */
  static String cut(String name) {
    return name.length() > MAX_SHOWN ? name.substring(0, MAX_SHOWN) + "…" : name;
  }

  /** The name at a member: a text, or a whole number where somebody counts. */
  static Optional<String> at(JsonValue body, String member) {
    return body.get(member).flatMap(Names::of);
  }

  /** The name that a value is: a text, or a whole number where somebody counts. */
  static Optional<String> of(JsonValue value) {
    if (value instanceof JsonValue.Num number
        && number.integer()
        && Math.abs(number.value()) <= MAX_EXACT) {
      return Optional.of(String.valueOf((long) number.value()));
    }
    return value.text();
  }
}
