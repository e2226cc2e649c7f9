package dev.parallax.core.embedding;

import java.time.Duration;

/**
 * How large and how far off in time an event may be.
 *
 * @param maxRecordBytes largest value of a record
 * @param maxDimension most elements of a vector
 * @param maxTextBytes longest input text, in UTF-8 bytes
 * @param maxAttributes most attributes
 * @param maxAttributeBytes longest name of a model, version or reference and longest name or value
 *     of an attribute, in UTF-8 bytes
 * @param maxAhead how far the event time may lie after the clock
 * @param maxBehind how far the event time may lie before the clock
 */
public record EventLimits(
    int maxRecordBytes,
    int maxDimension,
    int maxTextBytes,
    int maxAttributes,
    int maxAttributeBytes,
    Duration maxAhead,
    Duration maxBehind) {

  /** A thousand years; keeps sums with a clock's milliseconds far from overflow. */
  private static final Duration LONGEST_SPAN = Duration.ofDays(365_250);

  /**
   * 1 MB records, 16,384 elements, 64 kB texts, 32 attributes of 256 bytes, 5 minutes ahead, 7 days
   * behind.
   */
  public static final EventLimits DEFAULT =
      new EventLimits(
          1_000_000, 16_384, 65_536, 32, 256, Duration.ofMinutes(5), Duration.ofDays(7));

  /** Checks that every limit is positive. */
  public EventLimits {
    positive("maxRecordBytes", maxRecordBytes);
    positive("maxDimension", maxDimension);
    positive("maxTextBytes", maxTextBytes);
    positive("maxAttributes", maxAttributes);
    positive("maxAttributeBytes", maxAttributeBytes);
    span("maxAhead", maxAhead);
    span("maxBehind", maxBehind);
  }

  /** These limits with another span of event time around the clock. */
  public EventLimits withTimeSpan(Duration ahead, Duration behind) {
    return new EventLimits(
        maxRecordBytes,
        maxDimension,
        maxTextBytes,
        maxAttributes,
        maxAttributeBytes,
        ahead,
        behind);
  }

  private static void span(String name, Duration value) {
    if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(LONGEST_SPAN) > 0) {
      throw new IllegalArgumentException(
          "limits." + name + "=" + value + ": expected PT0.001S to " + LONGEST_SPAN);
    }
  }

  private static void positive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException("limits." + name + "=" + value + ": expected more than 0");
    }
  }
}
