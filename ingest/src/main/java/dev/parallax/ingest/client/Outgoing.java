package dev.parallax.ingest.client;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record on its way.
 *
 * @param record what is sent
 * @param bytes of its key, value and headers
 * @param acceptedNanos {@link System#nanoTime()} when it was made
 */
record Outgoing(ProducerRecord<byte[], byte[]> record, long bytes, long acceptedNanos) {

  static Outgoing of(ProducerRecord<byte[], byte[]> record) {
    long bytes = (long) record.key().length + record.value().length;
    for (Header header : record.headers()) {
      bytes += header.key().length() + header.value().length;
    }
    return new Outgoing(record, bytes, System.nanoTime());
  }
}
