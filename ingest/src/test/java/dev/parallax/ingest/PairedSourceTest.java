package dev.parallax.ingest;

import static dev.parallax.ingest.TestEvents.NOW;
import static dev.parallax.ingest.TestEvents.SECRET;
import static dev.parallax.ingest.TestEvents.text;
import static dev.parallax.ingest.TestEvents.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.Topics;
import dev.parallax.core.embedding.Decoded;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventHeaders;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.IngestCounters.SourceCounts;
import dev.parallax.ingest.envelope.Envelope;
import dev.parallax.ingest.envelope.SourceRecord;
import dev.parallax.ingest.format.Format;
import dev.parallax.ingest.format.FormatOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PairedSourceTest {

  private static final String KSERVE = "kserve";
  private static final String GATEWAY = "gateway";
  private static final String OTHERS = "others";
  private static final String SPANS = "spans";
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final String SENTENCE = "This is an example sentence.";

  @TempDir Path stateDir;

  private final MovableClock clock = new MovableClock(NOW);
  private final IngestCounters counters =
      new IngestCounters(List.of(KSERVE, GATEWAY, OTHERS, SPANS));
  private TopologyTestDriver driver;
  private TestOutputTopic<byte[], byte[]> events;
  private TestOutputTopic<byte[], byte[]> deadLetters;

  @BeforeEach
  void start() {
    IngestConfig config =
        IngestConfig.builder("nowhere:9092", stateDir, List.of())
            .applicationId("ingest-test")
            .source(
                SourceConfig.of(KSERVE, "inference-log", Envelope.CLOUDEVENTS, Format.OIP_JSON)
                    .withLongestWait(WAIT))
            .source(
                new SourceConfig(
                    GATEWAY,
                    "answers",
                    Optional.of("questions"),
                    Envelope.RAW,
                    Format.OPENAI,
                    Map.of(),
                    Optional.of("x-request-id"),
                    FormatOptions.NONE,
                    Optional.of("gateway-model"),
                    Optional.of("7"),
                    WAIT))
            .source(
                new SourceConfig(
                    OTHERS,
                    "inference-log",
                    Optional.empty(),
                    Envelope.CLOUDEVENTS,
                    Format.OPENAI,
                    Map.of("inferenceservicename", "other-*"),
                    Optional.empty(),
                    FormatOptions.NONE,
                    Optional.empty(),
                    Optional.empty(),
                    WAIT))
            .source(SourceConfig.of(SPANS, "otlp_spans", Envelope.RAW, Format.OPENINFERENCE))
            .inputKeySecret(SECRET)
            .limits(EventLimits.DEFAULT.withTimeSpan(Duration.ofDays(1), Duration.ofDays(36500)))
            .build();
    Properties properties = StreamsProperties.of(config);
    driver = new TopologyTestDriver(IngestTopology.build(config, clock, counters), properties, NOW);
    events = output(Topics.DEFAULT.events());
    deadLetters = output(Topics.DEFAULT.deadLetters());
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void requestAndResponseBecomeOneEvent() {
    pipe(SampleFiles.record("kserve-cloudevents/oip-embedding-request.record.json"), 0);
    assertThat(events.isEmpty()).isTrue();
    pipe(SampleFiles.record("kserve-cloudevents/oip-embedding-response.record.json"), 1);

    TestRecord<byte[], byte[]> written = events.readRecord();
    EmbeddingEvent event = event(written);
    assertThat(event.model()).isEqualTo("hf-text-embedding-v2");
    assertThat(event.modelVersion()).isEqualTo("unversioned@384");
    assertThat(event.vector().dimension()).isEqualTo(384);
    assertThat(event.vector().toFloats()[0]).isEqualTo(0.09812460094690323f);
    assertThat(event.inputKey()).contains(SECRET.newHasher().keyOf(SENTENCE));
    assertThat(event.inputText()).isEmpty();
    assertThat(event.attributes()).containsEntry("namespace", "kserve-ci-e2e-test");
    assertThat(written.key()).isEqualTo(event.inputKey().orElseThrow().toBytes());
    assertThat(text(written.headers(), EventHeaders.ID))
        .isEqualTo("6f9619ff-8b86-4d01-b42d-00c04fc964ff");
    assertThat(text(written.headers(), EventHeaders.SOURCE)).isEqualTo("http://localhost:9081/");
    assertThat(text(written.headers(), EventHeaders.TIME)).isEqualTo("2026-08-21T14:26:03.131Z");
    assertThat(text(written.headers(), EventHeaders.SUBJECT))
        .isEqualTo("hf-text-embedding-v2/unversioned@384");
    assertThat(deadLetters.isEmpty()).isTrue();
    assertThat(counts(KSERVE).accepted()).isEqualTo(1);
    assertThat(counts(KSERVE).opened()).isEqualTo(2);
    assertThat(counts(KSERVE).waits().count()).isEqualTo(1);
  }

  @Test
  void theSameTextHasOneKeyThroughTwoFormats() {
    pipe(SampleFiles.record("kserve-cloudevents/oip-embedding-response.record.json"), 0);
    pipe(SampleFiles.record("kserve-cloudevents/oip-embedding-request.record.json"), 1);
    ask("1", "{\"model\": \"m\", \"input\": \"" + SENTENCE + "\"}", 2);
    answer("1", "{\"data\": [{\"index\": 0, \"embedding\": [1, 2]}], \"model\": \"m\"}", 3);

    List<TestRecord<byte[], byte[]>> written = events.readRecordsToList();

    assertThat(written).hasSize(2);
    assertThat(written.get(0).key()).isEqualTo(written.get(1).key());
  }

  @Test
  void sourcesShareATopicAndEachTakesItsOwn() {
    pipe(SampleFiles.record("kserve-cloudevents/oip-embedding-request.record.json"), 0);
    pipe(SampleFiles.record("kserve-cloudevents/oip-embedding-response.record.json"), 1);

    assertThat(counts(KSERVE).accepted()).isEqualTo(1);
    assertThat(counts(OTHERS).leftOut()).isEqualTo(2);
    assertThat(counts(OTHERS).rejected()).isZero();
  }

  @Test
  void aSpanIsAWholeCallAndItsRepeatIsDropped() {
    SourceRecord span = SampleFiles.record("openinference-otlp/otlp-json-export.record.json");
    pipe(span, 0);
    pipe(span, 1);

    List<TestRecord<byte[], byte[]>> written = events.readRecordsToList();
    assertThat(written).hasSize(1);
    assertThat(event(written.get(0)).model()).isEqualTo("text-embedding-3-small");
    assertThat(event(written.get(0)).modelVersion()).isEqualTo("unversioned@3");
    assertThat(event(written.get(0)).inputKey()).contains(SECRET.newHasher().keyOf("hello world"));
    assertThat(text(written.get(0).headers(), EventHeaders.ID))
        .isEqualTo("5b8efff798038103d269b633813fc60c:eee19b7ec3c1b174:0");
    assertThat(text(written.get(0).headers(), EventHeaders.SOURCE)).isEqualTo("/spans");
    assertThat(counts(SPANS).duplicate()).isEqualTo(1);
    assertThat(counts(SPANS).opened()).isEqualTo(2);
  }

  @Test
  void aSpanThatIsTwiceInOneRecordIsOneEvent() {
    SourceRecord once = SampleFiles.record("openinference-otlp/otlp-json-export.record.json");
    String body = new String(once.value(), StandardCharsets.UTF_8).strip();
    String resources = body.substring(body.indexOf('[') + 1, body.lastIndexOf(']'));
    String twice = "{\"resourceSpans\": [" + resources + ", " + resources + "]}";
    pipe(new SourceRecord("otlp_spans", 0, 0, 0, null, utf8(twice), once.headers()), 0);

    assertThat(events.readRecordsToList()).hasSize(1);
    assertThat(counts(SPANS).duplicate()).isEqualTo(1);
  }

  @Test
  void ofABatchEveryRowIsAnEventAndABadRowADeadLetter() {
    ask("b", "{\"input\": [\"x\", \"y\", \"z\"]}", 0);
    answer(
        "b",
        "{\"data\": [{\"index\": 2, \"embedding\": [5, 6]}, {\"index\": 1, \"embedding\": [0, 0]},"
            + " {\"index\": 0, \"embedding\": [1, 2]}]}",
        1);

    List<TestRecord<byte[], byte[]>> written = events.readRecordsToList();
    assertThat(written)
        .extracting(record -> text(record.headers(), EventHeaders.ID))
        .containsExactly("b#0", "b#2");
    assertThat(event(written.get(0)).vector().toFloats()).containsExactly(1, 2);
    assertThat(event(written.get(1)).vector().toFloats()).containsExactly(5, 6);
    assertThat(event(written.get(1)).inputKey()).contains(SECRET.newHasher().keyOf("z"));
    assertThat(event(written.get(1)).model()).isEqualTo("gateway-model");
    assertThat(event(written.get(1)).modelVersion()).isEqualTo("7@2");
    assertThat(reasons()).containsExactly("zero-norm");
    assertThat(counts(GATEWAY).accepted()).isEqualTo(2);
    assertThat(counts(GATEWAY).opened()).isEqualTo(2);
    assertThat(counts(GATEWAY).rejectedByReason()).containsEntry(Reason.ZERO_NORM, 1L);
  }

  @Test
  void moreAnswersThanInputsAreTurnedAway() {
    ask("b", "{\"input\": \"x\"}", 0);
    answer("b", "{\"data\": [{\"embedding\": [1, 2]}, {\"embedding\": [1, 2]}]}", 1);

    assertThat(events.isEmpty()).isTrue();
    List<TestRecord<byte[], byte[]>> dead = deadLetters.readRecordsToList();
    assertThat(dead)
        .extracting(record -> text(record.headers(), DeadLetter.REASON))
        .containsExactly("count-mismatch", "count-mismatch");
    assertThat(dead)
        .extracting(record -> text(record.headers(), DeadLetter.SOURCE_TOPIC))
        .containsExactly("answers", "questions");
    assertThat(counts(GATEWAY).rejected()).isEqualTo(1);
  }

  @Test
  void anErrorEndsTheWaitOfNobodyAndIsADeadLetterOfItsOwn() {
    ask("e", "{\"input\": \"x\"}", 0);
    answer("e", "{\"object\": \"error\", \"message\": \"no\", \"code\": 400}", 1);
    driver.advanceWallClockTime(WAIT.plusSeconds(1));

    assertThat(reasons()).containsExactly("error-body", "unmatched-request");
  }

  @Test
  void anUnmatchedHalfIsADeadLetterAfterItsWait() {
    ask("u", "{\"input\": \"a secret text\"}", 0);
    answer("v", "{\"data\": [{\"embedding\": [1, 2]}]}", 1);
    answer("w", "{\"data\": [{\"embedding\": [1, 2]}]}", 29_000);
    assertThat(deadLetters.isEmpty()).isTrue();
    driver.advanceWallClockTime(WAIT);
    answer("x", "{\"data\": [{\"embedding\": [1, 2]}]}", 31_000);

    List<TestRecord<byte[], byte[]>> dead = deadLetters.readRecordsToList();
    assertThat(dead)
        .extracting(record -> text(record.headers(), DeadLetter.REASON))
        .containsExactly("unmatched-request", "unmatched-response");
    assertThat(dead.get(0).value()).isNull();
    assertThat(text(dead.get(0).headers(), DeadLetter.SOURCE)).isEqualTo(GATEWAY);
    assertThat(text(dead.get(0).headers(), DeadLetter.CALL_ID)).isEqualTo("u");
    assertThat(text(dead.get(0).headers(), DeadLetter.SOURCE_TOPIC)).isEqualTo("questions");
    assertThat(text(dead.get(0).headers(), DeadLetter.SOURCE_OFFSET)).isEqualTo("0");

    answer("u", "{\"data\": [{\"embedding\": [1, 2]}]}", 32_000);
    assertThat(reasons()).containsExactly("unmatched-response");
    driver.advanceWallClockTime(Duration.ofMinutes(2));
    assertThat(reasons()).containsExactly("unmatched-response", "unmatched-response");
    assertThat(counts(GATEWAY).rejected()).isEqualTo(5);
    assertThat(events.isEmpty()).isTrue();
  }

  @Test
  void noTextPassesTheInternalTopicUnlessTheReferenceNeedsIt() {
    ask("t", "{\"input\": \"a secret text\"}", 0);

    TestOutputTopic<byte[], byte[]> pairs = output("ingest-test-pairs-gateway-repartition");
    assertThat(new String(pairs.readRecord().value(), StandardCharsets.ISO_8859_1))
        .doesNotContain("secret");
  }

  @Test
  void repeatsAreCountedOnce() {
    ask("d", "{\"input\": \"x\"}", 0);
    ask("d", "{\"input\": \"x\"}", 1);
    answer("d", "{\"data\": [{\"embedding\": [1, 2]}]}", 2);
    answer("d", "{\"data\": [{\"embedding\": [1, 2]}]}", 3);

    assertThat(events.readRecordsToList()).hasSize(1);
    assertThat(counts(GATEWAY).duplicate()).isEqualTo(2);
    assertThat(deadLetters.isEmpty()).isTrue();
  }

  @Test
  void aRecordOverTheLimitIsNotEvenOpened() {
    String padding = " ".repeat(EventLimits.DEFAULT.maxRecordBytes());
    ask("l", "{\"input\": \"x\"}" + padding, 0);

    assertThat(reasons()).containsExactly("too-large");
  }

  @Test
  void aHalfWithoutAnIdIsADeadLetter() {
    pipe(
        new SourceRecord(
            "answers", 0, 0, 0, null, utf8("{\"data\": [{\"embedding\": [1]}]}"), headers("")),
        0);

    assertThat(reasons()).containsExactly("missing-field");
  }

  private void ask(String id, String body, long millis) {
    pipe(new SourceRecord("questions", 0, 0, 0, null, utf8(body), headers(id)), millis);
  }

  private void answer(String id, String body, long millis) {
    pipe(new SourceRecord("answers", 0, 0, 0, null, utf8(body), headers(id)), millis);
  }

  private static Headers headers(String id) {
    return id.isEmpty() ? new RecordHeaders() : new RecordHeaders().add("x-request-id", utf8(id));
  }

  private void pipe(SourceRecord record, long millis) {
    driver
        .createInputTopic(record.topic(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(
            new TestRecord<>(
                record.key(),
                record.value(),
                record.headers(),
                NOW.minusSeconds(3600).plusMillis(millis)));
  }

  private List<String> reasons() {
    return deadLetters.readRecordsToList().stream()
        .map(record -> text(record.headers(), DeadLetter.REASON))
        .toList();
  }

  private SourceCounts counts(String source) {
    return counters.snapshot().sources().get(source);
  }

  private static EmbeddingEvent event(TestRecord<byte[], byte[]> record) {
    return ((Decoded.Accepted) new EventCodec(EventLimits.DEFAULT).decode(record.value())).event();
  }

  private TestOutputTopic<byte[], byte[]> output(String topic) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
