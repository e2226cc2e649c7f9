package dev.parallax.ingest;

import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Kafka's timestamp of a record, but never later than now: the time of the stream, by which halves
 * wait, must not be moved ahead by one producer's clock. A record without a timestamp has the time
 * of its partition.
 */
final class ArrivalTime implements TimestampExtractor {

  private final Clock clock;

  ArrivalTime(Clock clock) {
    this.clock = clock;
  }

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    long now = clock.millis();
    if (record.timestamp() >= 0) {
      return Math.min(record.timestamp(), now);
    }
    return partitionTime >= 0 ? Math.min(partitionTime, now) : now;
  }
}
