package dev.parallax.ingest.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parallax.core.embedding.Rejection;
import dev.parallax.ingest.format.RejectedBodyException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Records made by hand. Immutable. */
record Records(SourceRecord record) {

  static Records of(String value) {
    return of(value.getBytes(UTF_8));
  }

  static Records of(byte[] value) {
    return new Records(new SourceRecord("topic", 0, 0, 0, null, value, new RecordHeaders()));
  }

  Records with(String header, String value) {
    return with(header, value.getBytes(UTF_8));
  }

  Records with(String header, byte[] value) {
    return headers(new RecordHeaders(record.headers()).add(header, value));
  }

  Records without(String header) {
    return headers(new RecordHeaders(record.headers()).remove(header));
  }

  Records key(String key) {
    return new Records(
        new SourceRecord(
            record.topic(), 0, 0, 0, key.getBytes(UTF_8), record.value(), record.headers()));
  }

  Records topic(String topic) {
    return new Records(
        new SourceRecord(topic, 0, 0, 0, record.key(), record.value(), record.headers()));
  }

  private Records headers(Headers headers) {
    return new Records(
        new SourceRecord(record.topic(), 0, 0, 0, record.key(), record.value(), headers));
  }

  /** Why {@code reader} rejects {@code record}. */
  static Rejection rejectionOf(EnvelopeReader reader, SourceRecord record) {
    try {
      throw new AssertionError("expected a rejection, got " + reader.open(record));
    } catch (RejectedBodyException e) {
      return e.rejection();
    }
  }
}
