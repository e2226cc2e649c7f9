package dev.parallax.core.embedding;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.OptionalLong;

/**
 * Event time as text and as milliseconds since 1970-01-01T00:00:00Z.
 *
 * <p>Every event's time is read, also of those that no sample keeps, so the form that we write
 * ourselves ({@code 2026-11-22T10:15:30.123Z}) is read digit by digit; any other RFC 3339 text goes
 * through {@link OffsetDateTime}.
 */
public final class EventTime {

  private static final int LENGTH = "2026-11-22T10:15:30.123Z".length();
  private static final long MILLIS_PER_DAY = 86_400_000;

  private EventTime() {}

  /** The RFC 3339 text of {@code millis}, in UTC, always with three decimals. */
  public static String format(long millis) {
    String text = Instant.ofEpochMilli(millis).toString();
    return Math.floorMod(millis, 1000L) == 0
        ? text.substring(0, text.length() - 1) + ".000Z"
        : text;
  }

  /**
   * Milliseconds of an RFC 3339 text, rounded down; empty if it is not one. A leap second is not
   * read, since no clock that we compare with has one.
   */
  public static OptionalLong parse(byte[] ascii) {
    long fast = parseOwnForm(ascii);
    if (fast != Long.MIN_VALUE) {
      return OptionalLong.of(fast);
    }
    if (ascii.length > 64 || ascii.length < 5 || ascii[4] != '-') {
      return OptionalLong.empty();
    }
    try {
      String text = new String(ascii, StandardCharsets.US_ASCII);
      return OptionalLong.of(OffsetDateTime.parse(text).toInstant().toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  /** Milliseconds, or {@link Long#MIN_VALUE} if the text is not of the form that we write. */
  private static long parseOwnForm(byte[] t) {
    if (t.length != LENGTH
        || t[4] != '-'
        || t[7] != '-'
        || t[10] != 'T'
        || t[13] != ':'
        || t[16] != ':'
        || t[19] != '.'
        || t[23] != 'Z') {
      return Long.MIN_VALUE;
    }
    int year = digits(t, 0, 4);
    int month = digits(t, 5, 2);
    int day = digits(t, 8, 2);
    int hour = digits(t, 11, 2);
    int minute = digits(t, 14, 2);
    int second = digits(t, 17, 2);
    int millis = digits(t, 20, 3);
    boolean valid =
        (year | month | day | hour | minute | second | millis) >= 0
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= YearMonth.of(year, month).lengthOfMonth()
            && hour < 24
            && minute < 60
            && second < 60;
    return valid
        ? timeOf(LocalDate.of(year, month, day), hour, minute, second, millis)
        : Long.MIN_VALUE;
  }

  private static long timeOf(LocalDate date, int hour, int minute, int second, int millis) {
    return date.toEpochDay() * MILLIS_PER_DAY
        + ((hour * 60L + minute) * 60L + second) * 1000L
        + millis;
  }

  /** The number made of {@code count} digits, or a negative number if one is not a digit. */
  private static int digits(byte[] t, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = t[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
