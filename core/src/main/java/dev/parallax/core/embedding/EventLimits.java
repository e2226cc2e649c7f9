package dev.parallax.core.embedding;

import java.time.Duration;

/**
 * How large and how far off in time an event may be.
 *
 * @param maxRecordBytes largest value of a record
 * @param maxDimension most elements of a vector
 * @param maxTextBytes longest input text, in UTF-8 bytes
 * @param maxAttributes most attributes
 * @param maxAttributeBytes longest name or value of an attribute, in UTF-8 bytes
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
    positive("maxAhead", maxAhead.toMillis());
    positive("maxBehind", maxBehind.toMillis());
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

  private static void positive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException("limits." + name + "=" + value + ": expected more than 0");
    }
  }
}
