package dev.parallax.ingest.pairing;

/**
 * Where a record came from.
 *
 * @param topic the source topic
 * @param partition its partition
 * @param offset its offset there
 */
public record Origin(String topic, int partition, long offset) {

  /** Whether this is the record of {@code other} or one before it in the same partition. */
  boolean isNotAfter(Origin other) {
    return topic.equals(other.topic) && partition == other.partition && offset <= other.offset;
  }
}
