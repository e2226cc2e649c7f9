package dev.parallax.exporter.page;

import dev.parallax.core.drift.Verdict;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameters of a request, each known and given at most once. */
final class Query {

  static final int MOST = 1000;
  static final int USUAL = 100;

  private final Map<String, String> values;

  private Query(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads what stands behind the question mark.
   *
   * @param raw not decoded yet
   * @param known names that the path understands
   */
  static Query parse(@Nullable String raw, List<String> known) throws BadRequestException {
    Map<String, String> values = new HashMap<>();
    if (raw != null && !raw.isEmpty()) {
      for (String pair : raw.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = decode("query", equals < 0 ? pair : pair.substring(0, equals));
        if (!known.contains(name)) {
          throw new BadRequestException(
              name, "expected one of the parameters " + String.join(", ", known));
        }
        String value = equals < 0 ? "" : decode(name, pair.substring(equals + 1));
        if (values.put(name, value) != null) {
          throw new BadRequestException(name, "expected once");
        }
      }
    }
    return new Query(values);
  }

  private static String decode(String name, String text) throws BadRequestException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(name, "expected percent-encoded UTF-8");
    }
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** How many are wanted. */
  int limit() throws BadRequestException {
    String value = values.get("limit");
    if (value == null) {
      return USUAL;
    }
    try {
      int limit = Integer.parseInt(value);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException e) {
      throw badLimit();
    }
    throw badLimit();
  }

  private static BadRequestException badLimit() {
    return new BadRequestException("limit", "expected a whole number from 1 to " + MOST);
  }

  Optional<Verdict> verdict() throws BadRequestException {
    Optional<String> label = text("verdict");
    try {
      return label.map(Verdict::ofLabel);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("verdict", "expected a verdict, such as diverged");
    }
  }

  /** A time in milliseconds; {@code absent} where it is not given. */
  long time(String name, long absent) throws BadRequestException {
    String value = values.get(name);
    try {
      return value == null ? absent : Instant.parse(value).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new BadRequestException(name, "expected a time such as 2026-11-22T10:00:00Z");
    }
  }

  /** Says which parameter is wrong and what was expected; it quotes no value. */
  static final class BadRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String parameter;

    BadRequestException(String parameter, String message) {
      super(message, null, false, false);
      this.parameter = parameter;
    }

    String parameter() {
      return parameter;
    }
  }
}
