package dev.parallax.jobs.source;

import dev.parallax.core.embedding.EventHeaders;
import dev.parallax.core.embedding.EventTime;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.core.window.Series;
import dev.parallax.jobs.sink.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Reads headers and key of a record of the events topic; the value is not looked into. Not
 * thread-safe.
 */
final class RawEventReader {

  private final String reference;
  private final HeaderPlace idPlace = new HeaderPlace(EventHeaders.ID);
  private final HeaderPlace timePlace = new HeaderPlace(EventHeaders.TIME);
  private final HeaderPlace subjectPlace = new HeaderPlace(EventHeaders.SUBJECT);
  private final Map<String, Optional<Series>> seriesBySubject = new HashMap<>();

  /** A reader of events that are compared with the reference of this id. */
  RawEventReader(String reference) {
    this.reference = reference;
  }

  SourceRecord read(ConsumerRecord<byte[], byte[]> record) {
    Header[] headers = record.headers().toArray();
    byte[] id = idPlace.valueIn(headers);
    byte[] time = timePlace.valueIn(headers);
    byte[] subject = subjectPlace.valueIn(headers);
    if (id == null || time == null || subject == null) {
      return bad(record, Reason.MISSING_FIELD, missing(id, time));
    }
    OptionalLong timeMillis = EventTime.parse(time);
    if (timeMillis.isEmpty()) {
      return bad(record, Reason.TIMESTAMP, EventHeaders.TIME + " is not RFC 3339");
    }
    Optional<Series> series =
        seriesBySubject.computeIfAbsent(
            new String(subject, StandardCharsets.UTF_8), this::seriesOf);
    if (series.isEmpty()) {
      return bad(record, Reason.MALFORMED, EventHeaders.SUBJECT + " is not model/version");
    }
    byte[] key = record.key();
    if (key == null || key.length != InputKey.BYTES || record.value() == null) {
      return bad(record, Reason.MISSING_INPUT, "the record's key is not an input key");
    }
    return new RawEvent(
        series.get(),
        InputKey.of(key),
        id,
        timeMillis.getAsLong(),
        record.partition(),
        record.value());
  }

  private Optional<Series> seriesOf(String subject) {
    return EventHeaders.Subject.parse(subject)
        .map(parts -> Series.of(parts.model(), parts.version(), reference));
  }

  private static String missing(byte @Nullable [] id, byte @Nullable [] time) {
    return id == null ? EventHeaders.ID : time == null ? EventHeaders.TIME : EventHeaders.SUBJECT;
  }

  private static BadRecord bad(
      ConsumerRecord<byte[], byte[]> record, Reason reason, String detail) {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : record.headers()) {
      if (header.value() != null) {
        headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return new BadRecord(
        DeadLetters.of(new Rejection(reason, detail), record.key(), record.value(), headers));
  }
}
