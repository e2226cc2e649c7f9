package dev.parallax.ingest.format;

import dev.parallax.core.embedding.EventTime;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * Times as JSON writes them: RFC 3339, or a number of seconds or milliseconds since 1970.
 *
 * <p>A number under 10^11 is seconds, up to the year 5138; any other is milliseconds, from 1973 on.
 * A text without a zone, which Python's {@code isoformat} writes, is taken for UTC.
 */
final class Times {

  private static final double FIRST_MILLIS = 1e11;
  private static final double END_MILLIS = 1e15;
  private static final int MAX_TEXT = 64;

  private Times() {}

  /**
   * The time in milliseconds.
   *
   * @param name of the member, for messages
   * @throws RejectedBodyException {@code timestamp} if it is none
   */
  static long millis(String name, JsonValue value) throws RejectedBodyException {
    if (value instanceof JsonValue.Num number && Math.abs(number.value()) < END_MILLIS) {
      double time = number.value();
      return (long) Math.floor(Math.abs(time) < FIRST_MILLIS ? time * 1000 : time);
    }
    if (value instanceof JsonValue.Str text && text.value().length() <= MAX_TEXT) {
      OptionalLong millis = parse(text.value());
      if (millis.isPresent()) {
        return millis.getAsLong();
      }
    }
    throw new RejectedBodyException(
        Reason.TIMESTAMP, name + ": expected RFC 3339 or a number, got another " + value.kind());
  }

  private static OptionalLong parse(String text) {
    OptionalLong zoned = EventTime.parse(text.getBytes(StandardCharsets.UTF_8));
    return zoned.isPresent()
        ? zoned
        : EventTime.parse((text.replace(' ', 'T') + "Z").getBytes(StandardCharsets.UTF_8));
  }
}
