package dev.parallax.ingest.source;

import static dev.parallax.ingest.TestEvents.KEY;
import static dev.parallax.ingest.TestEvents.NOW;
import static dev.parallax.ingest.TestEvents.SECRET;
import static dev.parallax.ingest.TestEvents.event;
import static dev.parallax.ingest.TestEvents.text;
import static dev.parallax.ingest.TestEvents.textEvent;
import static dev.parallax.ingest.TestEvents.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.Decoded;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventHeaders;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.ingest.TestEvents;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NativeEventReaderTest {

  private static final EventLimits LIMITS =
      new EventLimits(2_000, 256, 500, 4, 64, Duration.ofMinutes(5), Duration.ofDays(7));
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private final NativeEventReader reader =
      new NativeEventReader(LIMITS, CLOCK, Optional.of(SECRET.newHasher()), false);
  private final NativeEventReader textReader =
      new NativeEventReader(LIMITS, CLOCK, Optional.of(SECRET.newHasher()), true);

  @Test
  void anEventThatNeedsNoChangePassesWithTheVeryBytesThatCameIn() {
    ProducerRecord<byte[], byte[]> record = TestEvents.record("1");

    Reading.Accepted accepted = accepted(reader.read(record.headers(), record.value()));

    assertThat(accepted.value()).isSameAs(record.value());
    assertThat(accepted.inputKey()).isEqualTo(KEY);
    assertThat(accepted.source()).isEqualTo(utf8("/tests"));
    assertThat(accepted.id()).isEqualTo(utf8("1"));
  }

  @Test
  void theHeadersAreExactlyThoseOfANativeEvent() {
    Headers headers =
        TestEvents.record("1")
            .headers()
            .add("traceparent", utf8("00-1-2-00"))
            .remove(EventHeaders.TIME)
            .add(EventHeaders.TIME, utf8("2026-11-22T11:15:30.5+01:00"))
            .remove(EventHeaders.CONTENT_TYPE);

    Headers clean = accepted(reader.read(headers, TestEvents.record("1").value())).headers();

    assertThat(names(clean))
        .containsExactly(
            "ce_specversion",
            "ce_id",
            "ce_source",
            "ce_type",
            "ce_time",
            "ce_subject",
            "content-type");
    assertThat(text(clean, "ce_specversion")).isEqualTo("1.0");
    assertThat(text(clean, "ce_type")).isEqualTo("dev.parallax.embedding.v1");
    assertThat(text(clean, "ce_time")).isEqualTo("2026-11-22T10:15:30.500Z");
    assertThat(text(clean, "ce_subject")).isEqualTo("search/embedder/7");
    assertThat(text(clean, "content-type")).isEqualTo("application/protobuf");
  }

  @Test
  void theFlagInTheValueDecidesWhatTheHeadersSayOfAProbe() {
    EmbeddingEvent event = event(1, 2);
    EmbeddingEvent probe =
        new EmbeddingEvent(
            event.model(),
            event.modelVersion(),
            event.vector(),
            event.inputKey(),
            event.inputText(),
            event.inputTensor(),
            event.reference(),
            event.attributes(),
            true);
    Headers unsaid = TestEvents.record(probe, "1").headers().remove(EventHeaders.PROBE);
    Headers untrue = TestEvents.record(event, "1").headers().add(EventHeaders.PROBE, utf8("true"));

    assertThat(
            NativeHeaders.isProbe(
                accepted(reader.read(unsaid, EventCodec.encode(probe))).headers()))
        .isTrue();
    assertThat(
            NativeHeaders.isProbe(
                accepted(reader.read(untrue, EventCodec.encode(event))).headers()))
        .isFalse();
  }

  @Test
  void ofAHeaderGivenTwiceTheLastCounts() {
    Headers headers = TestEvents.record("1").headers().add(EventHeaders.ID, utf8("2"));

    Reading.Accepted accepted = accepted(reader.read(headers, TestEvents.record("1").value()));

    assertThat(text(accepted.headers(), EventHeaders.ID)).isEqualTo("2");
    assertThat(accepted.id()).isEqualTo(utf8("2"));
  }

  @Test
  void aMissingSubjectIsTakenFromTheValue() {
    Headers headers = TestEvents.record("1").headers().remove(EventHeaders.SUBJECT);

    Reading.Accepted accepted = accepted(reader.read(headers, TestEvents.record("1").value()));

    assertThat(text(accepted.headers(), EventHeaders.SUBJECT)).isEqualTo("search/embedder/7");
  }

  @Test
  void theKeyOfATextIsComputedAndPutIntoTheValue() {
    Reading.Accepted accepted = accepted(read(reader, textEvent("  hello\tworld ")));

    assertThat(accepted.inputKey()).isEqualTo(SECRET.newHasher().keyOf("hello world"));
    assertThat(decode(accepted).inputKey()).contains(accepted.inputKey());
  }

  @Test
  void aTextOutranksASuppliedKey() {
    EmbeddingEvent both = textEvent("hello").withInputKey(new InputKey(1, 2));

    Reading.Accepted accepted = accepted(read(reader, both));

    assertThat(accepted.inputKey()).isEqualTo(SECRET.newHasher().keyOf("hello"));
    assertThat(decode(accepted).inputKey()).contains(accepted.inputKey());
  }

  @Test
  void withoutASecretAnEventMustBringItsKey() {
    NativeEventReader noSecret = new NativeEventReader(LIMITS, CLOCK, Optional.empty(), true);

    assertRejected(
        read(noSecret, textEvent("hello")), Reason.MISSING_INPUT, "no secret to compute it with");
    assertThat(accepted(read(noSecret, textEvent("hello").withInputKey(KEY))).inputKey())
        .isEqualTo(KEY);
  }

  @Test
  void aTextTravelsOnOnlyIfAskedTo() {
    EmbeddingEvent event = textEvent("hello");

    assertThat(decode(accepted(read(reader, event))))
        .satisfies(clean -> assertThat(clean.inputText()).isEmpty())
        .satisfies(clean -> assertThat(clean.attributes()).isEqualTo(event.attributes()))
        .satisfies(clean -> assertThat(clean.vector().toFloats()).containsExactly(1, 2, 3));
    assertThat(decode(accepted(read(textReader, event))).inputText()).contains("hello");
  }

  @Test
  void aTextIsDroppedAlsoWhereTheKeyIsRightAlready() {
    EmbeddingEvent keyed = textEvent("hello").withInputKey(SECRET.newHasher().keyOf("hello"));
    byte[] value = EventCodec.encode(keyed);

    assertThat(decode(accepted(read(reader, keyed))).inputText()).isEmpty();
    assertThat(accepted(textReader.read(TestEvents.record("1").headers(), value)).value())
        .isSameAs(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        EventHeaders.SPEC_VERSION,
        EventHeaders.ID,
        EventHeaders.SOURCE,
        EventHeaders.TYPE,
        EventHeaders.TIME
      })
  void aRequiredHeaderMustBeThere(String name) {
    ProducerRecord<byte[], byte[]> record = TestEvents.record("1");

    Headers without = record.headers().remove(name);
    assertRejected(reader.read(without, record.value()), Reason.MISSING_FIELD, "header " + name);
    Headers empty = without.add(name, new byte[0]);
    assertRejected(reader.read(empty, record.value()), Reason.MISSING_FIELD, "header " + name);
    Headers nothing = without.add(name, null);
    assertRejected(reader.read(nothing, record.value()), Reason.MISSING_FIELD, "header " + name);
  }

  @ParameterizedTest
  @CsvSource({
    "ce_type, org.example.other, UNKNOWN_TYPE, 'ce_type org.example.other, expected dev.p'",
    "ce_type, dev.parallax.embedding.v2, UNKNOWN_TYPE, expected dev.parallax.embedding.v1",
    "ce_specversion, 0.3, UNKNOWN_TYPE, 'ce_specversion 0.3, expected 1.0'",
    "content-type, application/cloudevents+json, UNKNOWN_TYPE, structured",
    "ce_time, yesterday, TIMESTAMP, ce_time is not RFC 3339: yesterday",
    "ce_time, 2026-11-22T10:20:30.001Z, TIMESTAMP, ahead",
    "ce_time, 2026-11-15T10:15:29.999Z, TIMESTAMP, behind",
    "ce_subject, search/embedder/8, MALFORMED, 'ce_subject says search/embedder/8, the value'",
    "ce_subject, nonsense, MALFORMED, ce_subject"
  })
  void aHeaderMustSayWhatIsExpected(String name, String value, Reason reason, String detail) {
    Headers headers = TestEvents.record("1").headers().remove(name).add(name, utf8(value));

    assertRejected(reader.read(headers, TestEvents.record("1").value()), reason, detail);
  }

  @Test
  void aHeaderOutOfAllProportionIsTooLarge() {
    Headers headers = TestEvents.record("i".repeat(1025)).headers();

    assertRejected(
        reader.read(headers, TestEvents.record("1").value()),
        Reason.TOO_LARGE,
        "header ce_id of 1025 bytes");
    accepted(
        reader.read(TestEvents.record("i".repeat(1024)).headers(), TestEvents.record("1").value()));
  }

  @Test
  void whatIsWrongWithTheValueIsPassedOn() {
    Headers headers = TestEvents.record("1").headers();

    assertRejected(reader.read(headers, null), Reason.MALFORMED, "no value");
    assertRejected(reader.read(headers, new byte[] {1, 2, 3}), Reason.MALFORMED, "");
    assertRejected(reader.read(headers, new byte[2_001]), Reason.TOO_LARGE, "2001 bytes");
    assertRejected(read(reader, event(1, Float.NaN)), Reason.NOT_FINITE, "vector[1]");
    assertRejected(read(reader, event(0, 0)), Reason.ZERO_NORM, "vector");
    assertRejected(read(reader, event(new float[257])), Reason.TOO_LARGE, "257 elements");
  }

  @Test
  void aVersionWithASlashIsMalformed() {
    EmbeddingEvent event = EmbeddingEvent.of("m", "1/2", WireVector.of(new float[] {1}), KEY);

    assertRejected(read(reader, event), Reason.MALFORMED, "model_version");
  }

  @Test
  void anEventWithNeitherKeyNorTextIsRejected() {
    EmbeddingEvent bare = textEvent("x").withoutInputText();

    assertRejected(read(reader, bare), Reason.MISSING_INPUT, "expected input_key or input_text");
  }

  @Test
  void aValueThatItsKeyPushesOverTheLimitIsTooLarge() {
    EmbeddingEvent event = textEvent("x".repeat(400));
    int size = EventCodec.encode(event).length;
    EventLimits tight =
        new EventLimits(size + 17, 256, 500, 4, 64, Duration.ofMinutes(5), Duration.ofDays(7));
    EventLimits fitting =
        new EventLimits(size + 18, 256, 500, 4, 64, Duration.ofMinutes(5), Duration.ofDays(7));

    assertRejected(
        read(new NativeEventReader(tight, CLOCK, Optional.of(SECRET.newHasher()), true), event),
        Reason.TOO_LARGE,
        "with its input key");
    accepted(
        read(new NativeEventReader(fitting, CLOCK, Optional.of(SECRET.newHasher()), true), event));
    accepted(
        read(new NativeEventReader(tight, CLOCK, Optional.of(SECRET.newHasher()), false), event));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void noHeaderAndNoValueCanMakeItThrow(long seed) {
    Random random = new Random(seed);
    List<String> names =
        List.of("ce_type", "ce_specversion", "ce_id", "ce_time", "ce_subject", "content-type");
    for (int i = 0; i < 10_000; i++) {
      ProducerRecord<byte[], byte[]> record = TestEvents.record(textEvent("hello"), "1");
      String name = names.get(random.nextInt(names.size()));
      if (random.nextBoolean()) {
        byte[] noise = new byte[random.nextInt(30)];
        random.nextBytes(noise);
        record.headers().remove(name).add(name, noise);
      }
      byte[] value = Arrays.copyOf(record.value(), random.nextInt(record.value().length + 1));
      if (value.length > 0) {
        value[random.nextInt(value.length)] = (byte) random.nextInt();
      }

      assertThat(reader.read(record.headers(), value)).isNotNull();
    }
  }

  private static Reading read(NativeEventReader reader, EmbeddingEvent event) {
    ProducerRecord<byte[], byte[]> record = TestEvents.record(event, "1");
    return reader.read(record.headers(), record.value());
  }

  private static EmbeddingEvent decode(Reading.Accepted accepted) {
    Decoded decoded = new EventCodec(LIMITS).decode(accepted.value());
    assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
    return ((Decoded.Accepted) decoded).event();
  }

  private static List<String> names(Headers headers) {
    return StreamSupport.stream(headers.spliterator(), false).map(Header::key).toList();
  }

  private static Reading.Accepted accepted(Reading reading) {
    assertThat(reading).isInstanceOf(Reading.Accepted.class);
    return (Reading.Accepted) reading;
  }

  private static void assertRejected(Reading reading, Reason reason, String detail) {
    assertThat(reading).isInstanceOf(Reading.Rejected.class);
    assertThat(Optional.of(((Reading.Rejected) reading).rejection()))
        .get()
        .satisfies(rejection -> assertThat(rejection.reason()).isEqualTo(reason))
        .satisfies(rejection -> assertThat(rejection.detail()).contains(detail));
  }
}
