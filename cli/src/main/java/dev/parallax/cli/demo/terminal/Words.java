package dev.parallax.cli.demo.terminal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers and times as people read them. */
public final class Words {

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Words() {}

  /** {@code 345,868}. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** {@code 1 pane}, {@code 2 panes}. */
  public static String count(long value, String unit) {
    return count(value) + " " + unit + (value == 1 ? "" : "s");
  }

  /** {@code 2.1 s}, {@code 3 min 9 s}. */
  public static String wall(Duration duration) {
    if (duration.toSeconds() < 60) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
    }
    return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
  }

  /** Event time of less than a day as {@code 1:30 h}. */
  public static String hours(Duration duration) {
    return String.format(Locale.ROOT, "%d:%02d h", duration.toHours(), duration.toMinutesPart());
  }

  /** The time of day, UTC, {@code 01:30}. */
  public static String clock(Instant instant) {
    return CLOCK.format(instant);
  }

  /** A ratio with three decimals, or a dash. */
  public static String ratio(OptionalDouble value) {
    return value.isEmpty() ? "-" : String.format(Locale.ROOT, "%.3f", value.getAsDouble());
  }

  /** {@code a, b and c}. */
  public static String list(List<String> words) {
    int last = words.size() - 1;
    return last < 1
        ? String.join("", words)
        : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
  }
}
