package dev.parallax.jobs.source;

import dev.parallax.core.embedding.EventHeaders;
import dev.parallax.core.embedding.EventTime;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.core.window.Series;
import dev.parallax.jobs.sink.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
 *
 * <p>Every series takes state for good, so a reader takes events of {@value #MAX_SERIES} series,
 * those that it meets first, and turns those of further ones away. The probes of a model are a
 * series beside that of its traffic.
 */
final class RawEventReader {

  /** Most series of one reader. */
  static final int MAX_SERIES = 10_000;

  /** Longest id and longest subject, in bytes; ingest lets none pass that is longer. */
  static final int MAX_ATTRIBUTE_BYTES = 1024;

  private static final byte[] PROBE_TRUE = EventHeaders.PROBE_TRUE.getBytes(StandardCharsets.UTF_8);

  private final String reference;
  private final HeaderPlace idPlace = new HeaderPlace(EventHeaders.ID);
  private final HeaderPlace timePlace = new HeaderPlace(EventHeaders.TIME);
  private final HeaderPlace subjectPlace = new HeaderPlace(EventHeaders.SUBJECT);
  private final HeaderPlace probePlace = new HeaderPlace(EventHeaders.PROBE);
  private final Map<String, Series> seriesBySubject = new HashMap<>();
  private final Map<String, Series> probesBySubject = new HashMap<>();

  /** A reader of events that are compared with the reference of this id. */
  RawEventReader(String reference) {
    this.reference = reference;
  }

  SourceRecord read(ConsumerRecord<byte[], byte[]> record) {
    Header[] headers = record.headers().toArray();
    byte[] id = idPlace.valueIn(headers);
    byte[] time = timePlace.valueIn(headers);
    byte[] subject = subjectPlace.valueIn(headers);
    if (isMissing(id) || isMissing(time) || isMissing(subject)) {
      return bad(record, Reason.MISSING_FIELD, firstMissing(id, time));
    }
    if (id.length > MAX_ATTRIBUTE_BYTES) {
      return bad(record, Reason.TOO_LARGE, tooLong(EventHeaders.ID, id));
    }
    OptionalLong timeMillis = EventTime.parse(time);
    if (timeMillis.isEmpty()) {
      return bad(record, Reason.TIMESTAMP, EventHeaders.TIME + " is not RFC 3339");
    }
    if (subject.length > MAX_ATTRIBUTE_BYTES) {
      return bad(record, Reason.TOO_LARGE, tooLong(EventHeaders.SUBJECT, subject));
    }
    byte[] key = record.key();
    if (key == null || key.length != InputKey.BYTES) {
      return bad(record, Reason.MISSING_INPUT, "the record's key is not an input key");
    }
    if (record.value() == null) {
      return bad(record, Reason.MALFORMED, "the record has no value");
    }
    String name = new String(subject, StandardCharsets.UTF_8);
    boolean probe = Arrays.equals(PROBE_TRUE, probePlace.valueIn(headers));
    Map<String, Series> known = probe ? probesBySubject : seriesBySubject;
    Series series = known.get(name);
    if (series == null) {
      Optional<EventHeaders.Subject> parts = EventHeaders.Subject.parse(name);
      if (parts.isEmpty()) {
        return bad(record, Reason.MALFORMED, EventHeaders.SUBJECT + " is not model/version");
      }
      if (seriesBySubject.size() + probesBySubject.size() == MAX_SERIES) {
        return bad(record, Reason.TOO_LARGE, "more than " + MAX_SERIES + " series");
      }
      Series whole = Series.of(parts.get().model(), parts.get().version(), reference);
      series = probe ? whole.probes() : whole;
      known.put(name, series);
    }
    return new RawEvent(
        series, InputKey.of(key), id, timeMillis.getAsLong(), record.partition(), record.value());
  }

  private static boolean isMissing(byte @Nullable [] value) {
    return value == null || value.length == 0;
  }

  private static String firstMissing(byte @Nullable [] id, byte @Nullable [] time) {
    return isMissing(id)
        ? EventHeaders.ID
        : isMissing(time) ? EventHeaders.TIME : EventHeaders.SUBJECT;
  }

  private static String tooLong(String header, byte[] value) {
    return header + " of " + value.length + " bytes, limit " + MAX_ATTRIBUTE_BYTES;
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
