package dev.parallax.ingest.envelope;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record as it came from a source topic. Its arrays are shared and must not change.
 *
 * @param topic the topic
 * @param partition its partition
 * @param offset its offset there
 * @param timestampMillis Kafka's timestamp
 * @param key the key
 * @param value the value
 * @param headers the headers
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy of every record would be waste
public record SourceRecord(
    String topic,
    int partition,
    long offset,
    long timestampMillis,
    byte @Nullable [] key,
    byte @Nullable [] value,
    Headers headers) {}
