package dev.parallax.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.EventHeaders;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.window.Series;
import dev.parallax.jobs.sink.DeadLetters;
import dev.parallax.jobs.sink.OutRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RawEventReaderTest {

  private static final byte[] KEY = new InputKey(1, 2).toBytes();
  private static final byte[] VALUE = {4, 5, 6};

  private final RawEventReader reader = new RawEventReader("shared");

  private static Map<String, String> headers() {
    Map<String, String> headers = new TreeMap<>();
    headers.put(EventHeaders.ID, "event-1");
    headers.put(EventHeaders.TIME, "2026-01-05T00:00:01.500Z");
    headers.put(EventHeaders.SUBJECT, "org/model/7");
    headers.put(EventHeaders.TYPE, EventHeaders.TYPE_V1);
    return headers;
  }

  private static Map<String, String> headers(String name, String value) {
    Map<String, String> headers = headers();
    headers.put(name, value);
    return headers;
  }

  private static Map<String, String> without(String name) {
    Map<String, String> headers = headers();
    headers.remove(name);
    return headers;
  }

  private static ConsumerRecord<byte[], byte[]> record(
      Map<String, String> headers, byte @Nullable [] key, byte @Nullable [] value) {
    ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("events", 3, 11, key, value);
    headers.forEach(
        (name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    return record;
  }

  @Test
  void headersAndKeySayWhatAnEventIs() {
    SourceRecord read = reader.read(record(headers(), KEY, VALUE));

    assertThat(read)
        .isInstanceOfSatisfying(
            RawEvent.class,
            event -> {
              assertThat(event.series()).isEqualTo(Series.of("org/model", "7", "shared"));
              assertThat(event.key()).isEqualTo(new InputKey(1, 2));
              assertThat(event.id()).isEqualTo("event-1");
              assertThat(event.timeMillis()).isEqualTo(1_767_571_201_500L);
              assertThat(event.partition()).isEqualTo(3);
              assertThat(event.value()).isSameAs(VALUE);
            });
  }

  @Test
  void aProbeIsOfASeriesOfItsOwn() {
    Series probes = Series.of("org/model", "7", "shared").probes();

    assertThat(reader.read(record(headers(EventHeaders.PROBE, "true"), KEY, VALUE)))
        .isInstanceOfSatisfying(RawEvent.class, e -> assertThat(e.series()).isEqualTo(probes));
    assertThat(reader.read(record(headers(EventHeaders.PROBE, "false"), KEY, VALUE)))
        .isInstanceOfSatisfying(
            RawEvent.class, e -> assertThat(e.series()).isEqualTo(probes.whole()));
    assertThat(reader.read(record(headers(EventHeaders.PROBE, "true"), KEY, VALUE)))
        .isInstanceOfSatisfying(RawEvent.class, e -> assertThat(e.series()).isEqualTo(probes));
  }

  static Stream<Arguments> badRecords() {
    String long1025 = "x".repeat(1025);
    return Stream.of(
        bad("no id", without(EventHeaders.ID), KEY, VALUE, "missing-field", "ce_id"),
        bad("empty id", headers(EventHeaders.ID, ""), KEY, VALUE, "missing-field", "ce_id"),
        bad("no time", without(EventHeaders.TIME), KEY, VALUE, "missing-field", "ce_time"),
        bad("no subject", without(EventHeaders.SUBJECT), KEY, VALUE, "missing-field", "ce_subject"),
        bad("no headers", Map.of(), KEY, VALUE, "missing-field", "ce_id"),
        bad(
            "long id",
            headers(EventHeaders.ID, long1025),
            KEY,
            VALUE,
            "too-large",
            "ce_id of 1025 bytes, limit 1024"),
        bad(
            "long subject",
            headers(EventHeaders.SUBJECT, long1025 + "/1"),
            KEY,
            VALUE,
            "too-large",
            "ce_subject of 1027 bytes, limit 1024"),
        bad(
            "time",
            headers(EventHeaders.TIME, "yesterday"),
            KEY,
            VALUE,
            "timestamp",
            "ce_time is not RFC 3339"),
        bad(
            "no version",
            headers(EventHeaders.SUBJECT, "model"),
            KEY,
            VALUE,
            "malformed",
            "ce_subject is not model/version"),
        bad(
            "separator",
            headers(EventHeaders.SUBJECT, "mo|del/1"),
            KEY,
            VALUE,
            "malformed",
            "ce_subject is not model/version"),
        bad("no key", headers(), null, VALUE, "missing-input", "the record's key is not an"),
        bad("short key", headers(), new byte[15], VALUE, "missing-input", "the record's key"),
        bad("no value", headers(), KEY, null, "malformed", "the record has no value"));
  }

  private static Arguments bad(
      String what,
      Map<String, String> headers,
      byte @Nullable [] key,
      byte @Nullable [] value,
      String reason,
      String detail) {
    return Arguments.of(what, record(headers, key, value), reason, detail);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badRecords")
  void aRecordThatIsNoEventIsADeadLetterWithItsReason(
      String what, ConsumerRecord<byte[], byte[]> record, String reason, String detail) {
    SourceRecord read = reader.read(record);

    assertThat(read).isInstanceOf(BadRecord.class);
    assertThat(read.timeMillis()).isEqualTo(Long.MIN_VALUE);
    OutRecord letter = ((BadRecord) read).deadLetter();
    assertThat(letter.key()).isEqualTo(record.key());
    assertThat(letter.value()).isEqualTo(record.value());
    assertThat(letter.headers())
        .containsEntry(DeadLetters.REASON, reason)
        .hasEntrySatisfying(DeadLetters.DETAIL, text -> assertThat(text).startsWith(detail));
    record
        .headers()
        .forEach(
            header ->
                assertThat(letter.headers())
                    .containsEntry(
                        header.key(), new String(header.value(), StandardCharsets.UTF_8)));
  }

  @Test
  void headersMayComeInAnyOrderAmongOthersAndFromRecordToRecordInAnother() {
    List<String> names = new ArrayList<>(headers().keySet());
    names.add("traceparent");
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      Collections.shuffle(names, random);
      ConsumerRecord<byte[], byte[]> record = record(Map.of(), KEY, VALUE);
      for (String name : names) {
        String text = headers().getOrDefault(name, "other");
        record.headers().add(name, text.getBytes(StandardCharsets.UTF_8));
      }
      assertThat(reader.read(record))
          .isInstanceOfSatisfying(
              RawEvent.class,
              event -> {
                assertThat(event.id()).isEqualTo("event-1");
                assertThat(event.timeMillis()).isEqualTo(1_767_571_201_500L);
                assertThat(event.series().model()).isEqualTo("org/model");
              });
      assertThat(reader.read(record(without(names.get(i % 2)), KEY, VALUE)))
          .isInstanceOf(
              List.of(EventHeaders.TYPE, "traceparent").contains(names.get(i % 2))
                  ? RawEvent.class
                  : BadRecord.class);
    }
  }

  @Test
  void aHeaderWithoutAValueIsAsGoodAsMissing() {
    ConsumerRecord<byte[], byte[]> record = record(without(EventHeaders.TIME), KEY, VALUE);
    record.headers().add(EventHeaders.TIME, null);

    assertThat(reader.read(record)).isInstanceOf(BadRecord.class);
  }

  @Test
  void seriesBeyondTheBoundAreTurnedAwayAndThoseKnownGoOn() {
    for (int i = 0; i < RawEventReader.MAX_SERIES; i++) {
      assertThat(reader.read(record(headers(EventHeaders.SUBJECT, "m/" + i), KEY, VALUE)))
          .isInstanceOf(RawEvent.class);
      assertThat(reader.read(record(headers(EventHeaders.SUBJECT, "m|/" + i), KEY, VALUE)))
          .isInstanceOf(BadRecord.class);
    }

    assertThat(reader.read(record(headers(EventHeaders.SUBJECT, "one/more"), KEY, VALUE)))
        .isInstanceOfSatisfying(
            BadRecord.class,
            bad ->
                assertThat(bad.deadLetter().headers())
                    .containsEntry(DeadLetters.REASON, "too-large")
                    .containsEntry(DeadLetters.DETAIL, "more than 10000 series"));
    assertThat(reader.read(record(headers(EventHeaders.SUBJECT, "m/0"), KEY, VALUE)))
        .isInstanceOf(RawEvent.class);
  }
}
