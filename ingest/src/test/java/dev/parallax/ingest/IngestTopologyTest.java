package dev.parallax.ingest;

import static dev.parallax.ingest.TestEvents.KEY;
import static dev.parallax.ingest.TestEvents.NOW;
import static dev.parallax.ingest.TestEvents.SECRET;
import static dev.parallax.ingest.TestEvents.SOURCE_TOPIC;
import static dev.parallax.ingest.TestEvents.event;
import static dev.parallax.ingest.TestEvents.text;
import static dev.parallax.ingest.TestEvents.textEvent;
import static dev.parallax.ingest.TestEvents.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.Topics;
import dev.parallax.core.embedding.EventHeaders;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.IngestConfig.Deduplication;
import dev.parallax.ingest.IngestCounters.SourceCounts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IngestTopologyTest {

  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final String OTHER_TOPIC = "other-embeddings";

  @TempDir Path stateDir;

  private final MovableClock clock = new MovableClock(NOW);
  private final IngestCounters counters = new IngestCounters(List.of(SOURCE_TOPIC, OTHER_TOPIC));
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> source;
  private TestInputTopic<byte[], byte[]> otherSource;
  private TestOutputTopic<byte[], byte[]> events;
  private TestOutputTopic<byte[], byte[]> deadLetters;

  private void advance(Duration time) {
    clock.advance(time);
    driver.advanceWallClockTime(time);
  }

  @BeforeEach
  void start() {
    start(false);
  }

  private void start(boolean deadLetterValues) {
    IngestConfig config =
        IngestConfig.builder("nowhere:9092", stateDir, List.of(SOURCE_TOPIC, OTHER_TOPIC))
            .applicationId("ingest-test")
            .limits(TestEvents.config("nowhere:9092", stateDir).build().limits())
            .inputKeySecret(SECRET)
            .deadLetterValues(deadLetterValues)
            .deduplication(new Deduplication(WINDOW, 3))
            .build();
    Properties properties = StreamsProperties.of(config);
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    driver = new TopologyTestDriver(IngestTopology.build(config, clock, counters), properties, NOW);
    source = input(SOURCE_TOPIC);
    otherSource = input(OTHER_TOPIC);
    events = output(Topics.DEFAULT.events());
    deadLetters = output(Topics.DEFAULT.deadLetters());
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void aCleanEventIsKeyedByItsInputAndStampedByTheWallClock() {
    ProducerRecord<byte[], byte[]> record = TestEvents.record("1");
    advance(Duration.ofSeconds(7));

    source.pipeInput(
        new TestRecord<>(record.key(), record.value(), record.headers(), Instant.EPOCH));

    TestRecord<byte[], byte[]> written = events.readRecord();
    assertThat(written.key()).isEqualTo(KEY.toBytes());
    assertThat(written.value()).isEqualTo(record.value());
    assertThat(written.getRecordTime()).isEqualTo(NOW.plusSeconds(7));
    assertThat(text(written.headers(), EventHeaders.ID)).isEqualTo("1");
    assertThat(deadLetters.isEmpty()).isTrue();
    assertThat(counts().accepted()).isEqualTo(1);
  }

  @Test
  void theKeyOfATextBecomesTheKeyOfTheRecord() {
    pipe(TestEvents.record(textEvent("hello  world"), "1"));

    assertThat(events.readRecord().key())
        .isEqualTo(SECRET.newHasher().keyOf("hello world").toBytes());
  }

  @Test
  void corruptRecordsAmongGoodOnesGoToTheDeadLettersWithoutTheirValues() {
    pipe(TestEvents.record("1"));
    source.pipeInput(
        new TestRecord<>(utf8("k"), new byte[] {9, 9}, TestEvents.record("2").headers(), NOW));
    pipe(TestEvents.record("3"));
    source.pipeInput(new TestRecord<>(null, null, null, NOW));
    pipe(TestEvents.record("5"));

    assertThat(events.readRecordsToList())
        .extracting(record -> text(record.headers(), EventHeaders.ID))
        .containsExactly("1", "3", "5");
    List<TestRecord<byte[], byte[]>> dead = deadLetters.readRecordsToList();
    assertThat(dead).hasSize(2);
    assertThat(dead.get(0).key()).isEqualTo(utf8("k"));
    assertThat(dead.get(0).value()).isNull();
    assertThat(text(dead.get(0).headers(), DeadLetter.VALUE_BYTES)).isEqualTo("2");
    assertThat(text(dead.get(0).headers(), DeadLetter.SOURCE)).isEqualTo(SOURCE_TOPIC);
    assertThat(dead.get(0).headers().toArray())
        .startsWith(TestEvents.record("2").headers().toArray());
    assertThat(text(dead.get(0).headers(), DeadLetter.REASON)).isEqualTo("malformed");
    assertThat(text(dead.get(0).headers(), DeadLetter.DETAIL)).isNotEmpty();
    assertThat(text(dead.get(0).headers(), DeadLetter.SOURCE_TOPIC)).isEqualTo(SOURCE_TOPIC);
    assertThat(text(dead.get(0).headers(), DeadLetter.SOURCE_PARTITION)).isEqualTo("0");
    assertThat(text(dead.get(0).headers(), DeadLetter.SOURCE_OFFSET)).isEqualTo("1");
    assertThat(text(dead.get(0).headers(), DeadLetter.TRUNCATED)).isEqualTo("absent");
    assertThat(dead.get(1).key()).isNull();
    assertThat(dead.get(1).value()).isNull();
    assertThat(text(dead.get(1).headers(), DeadLetter.REASON)).isEqualTo("missing-field");
    assertThat(text(dead.get(1).headers(), DeadLetter.SOURCE_OFFSET)).isEqualTo("3");
    assertThat(counts().accepted()).isEqualTo(3);
    assertThat(counts().rejected()).isEqualTo(2);
    assertThat(counts().rejectedByReason())
        .containsEntry(Reason.MALFORMED, 1L)
        .containsEntry(Reason.MISSING_FIELD, 1L)
        .containsEntry(Reason.ZERO_NORM, 0L);
  }

  @Test
  void aRepeatIsDroppedAndCounted() {
    pipe(TestEvents.record("1"));
    pipe(TestEvents.record("2"));
    pipe(TestEvents.record("1"));

    assertThat(events.readRecordsToList()).hasSize(2);
    assertThat(deadLetters.isEmpty()).isTrue();
    assertThat(counts().accepted()).isEqualTo(2);
    assertThat(counts().duplicate()).isEqualTo(1);
    assertThat(counts().total()).isEqualTo(3);
  }

  @Test
  void theSameIdOfAnotherSourceIsAnotherEvent() {
    ProducerRecord<byte[], byte[]> other = TestEvents.record("1");
    other.headers().remove(EventHeaders.SOURCE).add(EventHeaders.SOURCE, utf8("/others"));

    pipe(TestEvents.record("1"));
    pipe(other);

    assertThat(events.readRecordsToList()).hasSize(2);
  }

  @Test
  void sourceAndIdDoNotRunTogether() {
    ProducerRecord<byte[], byte[]> other = TestEvents.record("s1");
    other.headers().remove(EventHeaders.SOURCE).add(EventHeaders.SOURCE, utf8("/test"));

    pipe(TestEvents.record("1"));
    pipe(other);

    assertThat(events.readRecordsToList()).hasSize(2);
  }

  @Test
  void aRejectedCopyDoesNotMakeTheGoodOneARepeat() {
    pipe(TestEvents.record(event(Float.NaN), "1"));
    pipe(TestEvents.record("1"));

    assertThat(events.readRecordsToList()).hasSize(1);
    assertThat(counts().rejected()).isEqualTo(1);
  }

  @Test
  void aRepeatIsRecognisedForTheLengthOfTheWindowWhateverItsEventTime() {
    pipe(TestEvents.record("1"));
    advance(WINDOW);
    ProducerRecord<byte[], byte[]> late = TestEvents.record("1");
    late.headers()
        .remove(EventHeaders.TIME)
        .add(EventHeaders.TIME, utf8("2026-11-19T00:00:00.000Z"));
    pipe(late);

    assertThat(events.readRecordsToList()).hasSize(1);

    advance(Duration.ofMillis(1));
    pipe(TestEvents.record("1"));

    assertThat(events.readRecordsToList()).hasSize(1);
  }

  @Test
  void ofMoreEventsThanMayBeRememberedTheOldestIsForgotten() {
    for (String id : List.of("1", "2", "3", "4")) {
      pipe(TestEvents.record(id));
    }
    assertThat(events.readRecordsToList()).hasSize(4);

    pipe(TestEvents.record("2"));
    assertThat(events.isEmpty()).isTrue();
    pipe(TestEvents.record("1"));
    assertThat(events.readRecordsToList()).hasSize(1);
  }

  @Test
  void everySourceTopicHasItsOwnMemoryAndCounts() {
    ProducerRecord<byte[], byte[]> record = TestEvents.record("1");

    pipe(record);
    otherSource.pipeInput(new TestRecord<>(record.key(), record.value(), record.headers(), NOW));

    assertThat(events.readRecordsToList()).hasSize(2);
    assertThat(counts().accepted()).isEqualTo(1);
    assertThat(counters.snapshot().sources().get(OTHER_TOPIC).accepted()).isEqualTo(1);
  }

  @Test
  void credentialsDoNotReachTheDeadLetters() {
    ProducerRecord<byte[], byte[]> record = TestEvents.record(event(0, 0), "1");
    record.headers().add("Authorization", utf8("Bearer abc")).add("x-api-key", utf8("abc"));

    pipe(record);

    assertThat(deadLetters.readRecord().headers())
        .extracting(Header::key)
        .contains(DeadLetter.REASON, EventHeaders.ID)
        .doesNotContain("Authorization", "x-api-key");
  }

  @Test
  void anOversizeDeadLetterIsCutToFit() {
    stop();
    start(true);
    ProducerRecord<byte[], byte[]> record = TestEvents.record("1");
    record.headers().add("junk", new byte[20_000]);

    source.pipeInput(new TestRecord<>(utf8("k"), new byte[5_000], record.headers(), NOW));

    TestRecord<byte[], byte[]> dead = deadLetters.readRecord();
    assertThat(text(dead.headers(), DeadLetter.REASON)).isEqualTo("too-large");
    assertThat(dead.value()).hasSize(2_000);
    assertThat(dead.key()).isNull();
    assertThat(dead.headers().lastHeader("junk")).isNull();
    assertThat(text(dead.headers(), DeadLetter.TRUNCATED))
        .matches("key and headers of 20\\d\\d\\d bytes, value of 5000 bytes");
  }

  @Test
  void aDeadLetterThatFailsAgainSaysWhyItFailedLast() {
    ProducerRecord<byte[], byte[]> record = TestEvents.record(event(0, 0), "1");
    record.headers().add(DeadLetter.REASON, utf8("malformed"));

    pipe(record);

    TestRecord<byte[], byte[]> dead = deadLetters.readRecord();
    assertThat(dead.headers().headers(DeadLetter.REASON)).hasSize(1);
    assertThat(text(dead.headers(), DeadLetter.REASON)).isEqualTo("zero-norm");
  }

  private SourceCounts counts() {
    return counters.snapshot().sources().get(SOURCE_TOPIC);
  }

  private void pipe(ProducerRecord<byte[], byte[]> record) {
    source.pipeInput(new TestRecord<>(record.key(), record.value(), record.headers(), NOW));
  }

  private TestInputTopic<byte[], byte[]> input(String topic) {
    return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private TestOutputTopic<byte[], byte[]> output(String topic) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
