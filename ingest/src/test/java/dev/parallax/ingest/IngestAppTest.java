package dev.parallax.ingest;

import static dev.parallax.ingest.TestEvents.NOW;
import static dev.parallax.ingest.TestEvents.SECRET;
import static dev.parallax.ingest.TestEvents.event;
import static dev.parallax.ingest.TestEvents.text;
import static dev.parallax.ingest.TestEvents.textEvent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.core.Topics;
import dev.parallax.core.embedding.EventHeaders;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.IngestCounters.SourceCounts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The application against a real broker. */
final class IngestAppTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir private static Path directory;
  private static TestBroker broker;

  private String name;
  private Topics topics;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = new TestBroker(directory);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void createTopics(TestInfo test) throws Exception {
    name = test.getTestMethod().orElseThrow().getName();
    topics = new Topics(name + ".events", name + ".dead", "unused.s", "unused.a", "unused.b");
    broker.createTopic(name, 2, Map.of());
    broker.createTopic(topics.events(), 3, Map.of());
    broker.createTopic(topics.deadLetters(), 1, Map.of());
  }

  @Test
  void everyRecordEndsInTheRightPlaceOnce() throws Exception {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      records.add(record("" + i, i));
      if (i % 10 == 3) {
        records.add(record("" + (i - 1), i - 1));
      }
      if (i % 10 == 5) {
        records.add(to(name, TestEvents.record(event(1, Float.NaN), "bad" + i)));
      }
      if (i % 50 == 7) {
        records.add(new ProducerRecord<>(name, null, new byte[] {1, 2, 3}));
      }
    }
    broker.send(records);

    IngestApp app = new IngestApp(config().build(), CLOCK);
    try (app) {
      app.start();
      assertThat(app.awaitRunning(PATIENCE)).isTrue();
      assertThat(app.isHealthy()).isTrue();
      awaitTotal(app, records.size());
    }

    assertThat(app.isHealthy()).isFalse();
    assertThat(ids(topics.events())).containsExactlyInAnyOrderElementsOf(numbers(0, 500));
    List<ConsumerRecord<byte[], byte[]>> dead = broker.committed(topics.deadLetters());
    assertThat(dead).hasSize(60);
    assertThat(dead)
        .extracting(record -> text(record.headers(), DeadLetter.REASON))
        .containsOnly("not-finite", "missing-field");
    SourceCounts counts = counts(app);
    assertThat(counts.accepted()).isEqualTo(500);
    assertThat(counts.duplicate()).isEqualTo(50);
    assertThat(counts.rejectedByReason())
        .containsEntry(Reason.NOT_FINITE, 50L)
        .containsEntry(Reason.MISSING_FIELD, 10L);
  }

  @Test
  void aRestartGoesOnWithoutLossOrRepeats() throws Exception {
    broker.send(records(0, 200));
    runUntil(200);
    broker.send(records(150, 350));
    IngestApp second = runUntil(200);

    assertThat(counts(second).accepted()).isEqualTo(150);
    assertThat(counts(second).duplicate()).isEqualTo(50);
    assertThat(ids(topics.events())).containsExactlyInAnyOrderElementsOf(numbers(0, 350));
  }

  @Test
  void aThreadThatDiesInTheMiddleOfATransactionLosesAndRepeatsNothing() throws Exception {
    broker.send(records(0, 300));
    FailingClock clock = new FailingClock(100, 250);
    IngestApp app = new IngestApp(config().commitInterval(Duration.ofSeconds(5)).build(), clock);
    try (app) {
      app.start();
      awaitTotal(app, 300);
      TestBroker.await("both failures", clock::hasFailed);
      // Counted once, also in a transaction that was aborted: only the topic tells when it is done.
      TestBroker.await("all events", () -> ids(topics.events()).size() >= 300);
      assertThat(app.isHealthy()).isTrue();
    }

    assertThat(app.failure()).get().extracting(f -> f.getCause().getMessage()).isEqualTo("broken");
    assertThat(ids(topics.events())).containsExactlyInAnyOrderElementsOf(numbers(0, 300));
    assertThat(counts(app).accepted()).isEqualTo(300);
    assertThat(counts(app).total()).isEqualTo(300);
  }

  @Test
  void aFaultThatStaysStopsTheApplication() throws Exception {
    broker.send(records(0, 1));
    Clock clock = new FailingClock(IntStream.range(0, 1000).toArray());
    try (IngestApp app =
        new IngestApp(
            config().build(), clock, new ThreadReplacements(1, Duration.ofDays(1), clock))) {
      app.start();
      TestBroker.await("the end of ingest", () -> !app.isHealthy());
      assertThat(app.failure()).isPresent();
    }
    assertThat(broker.committed(topics.events())).isEmpty();
  }

  @Test
  void aMissingSourceTopicIsNamed() {
    IngestConfig config =
        IngestConfig.builder(broker.bootstrapServers(), directory, List.of("absent"))
            .topics(topics)
            .build();
    try (IngestApp app = new IngestApp(config, CLOCK)) {
      assertThatThrownBy(app::start)
          .isInstanceOf(IngestStartException.class)
          .hasMessage("source topic absent does not exist on " + broker.bootstrapServers());
      assertThat(app.isHealthy()).isFalse();
    }
  }

  @Test
  void aMissingTopicToWriteToIsNamed() {
    IngestConfig config = config().topics(Topics.DEFAULT).build();

    assertThatThrownBy(() -> new TopicCheck(config, PATIENCE).run())
        .isInstanceOf(IngestStartException.class)
        .hasMessage("topic parallax.events does not exist on " + broker.bootstrapServers());
  }

  @Test
  void aTopicThatCannotTakeTheLargestRecordIsNamed() throws Exception {
    broker.createTopic("small", 1, Map.of("max.message.bytes", "30000"));
    Topics small = new Topics("small", topics.deadLetters(), "s", "a", "b");
    IngestConfig config = config().topics(small).build();

    assertThatThrownBy(() -> new TopicCheck(config, PATIENCE).run())
        .isInstanceOf(IngestStartException.class)
        .hasMessage(
            "topic small has max.message.bytes=30000: limits.maxRecordBytes=2000 needs at least"
                + " 34768");
  }

  @Test
  void aBrokerThatDoesNotAnswerIsNamed() {
    IngestConfig nowhere = TestEvents.config("127.0.0.1:1", directory).build();
    IngestConfig noHost = TestEvents.config("no-such-host.invalid:9092", directory).build();

    assertThatThrownBy(() -> new TopicCheck(nowhere, Duration.ofMillis(300)).run())
        .isInstanceOf(IngestStartException.class)
        .hasMessage("no broker answers at 127.0.0.1:1 within PT0.3S");
    assertThatThrownBy(() -> new TopicCheck(noHost, Duration.ofMillis(300)).run())
        .isInstanceOf(IngestStartException.class)
        .hasMessageContaining("no-such-host.invalid:9092");
  }

  @Test
  void anApplicationStartsOnce() {
    try (IngestApp app = new IngestApp(config().build(), CLOCK)) {
      app.start();

      assertThatThrownBy(app::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("ingest was started before");
    }
  }

  private IngestApp runUntil(int total) throws Exception {
    IngestApp app = new IngestApp(config().build(), CLOCK);
    try (app) {
      app.start();
      awaitTotal(app, total);
    }
    return app;
  }

  private void awaitTotal(IngestApp app, int total) throws InterruptedException {
    TestBroker.await(
        total + " records of " + app.counters().snapshot(), () -> counts(app).total() >= total);
    assertThat(counts(app).total()).isEqualTo(total);
  }

  private SourceCounts counts(IngestApp app) {
    return app.counters().snapshot().sources().get(name);
  }

  private IngestConfig.Builder config() {
    return IngestConfig.builder(
            broker.bootstrapServers(), directory.resolve("state"), List.of(name))
        .inputKeySecret(SECRET)
        .applicationId(name + "-app")
        .topics(topics)
        .client(Map.of("main.consumer.session.timeout.ms", "1000", "heartbeat.interval.ms", "200"))
        .limits(TestEvents.config("any", directory).build().limits());
  }

  private List<ProducerRecord<byte[], byte[]>> records(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> record("" + i, i)).toList();
  }

  /** Every other event leaves its input key to ingest. */
  private ProducerRecord<byte[], byte[]> record(String id, int number) {
    return to(
        name,
        number % 2 == 0
            ? TestEvents.record(id)
            : TestEvents.record(textEvent("text " + number), id));
  }

  private static ProducerRecord<byte[], byte[]> to(
      String topic, ProducerRecord<byte[], byte[]> record) {
    return new ProducerRecord<>(topic, null, record.key(), record.value(), record.headers());
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  private static List<String> ids(String topic) {
    return broker.committed(topic).stream()
        .map(record -> text(record.headers(), EventHeaders.ID))
        .toList();
  }

  /** Throws at the given readings, once each. */
  private static final class FailingClock extends Clock {
    private final List<Integer> failures;
    private final AtomicInteger readings = new AtomicInteger();

    FailingClock(int... failures) {
      this.failures = IntStream.of(failures).boxed().toList();
    }

    boolean hasFailed() {
      return readings.get() > failures.get(failures.size() - 1);
    }

    @Override
    public long millis() {
      if (failures.contains(readings.getAndIncrement())) {
        throw new IllegalStateException("broken");
      }
      return NOW.toEpochMilli();
    }

    @Override
    public Instant instant() {
      return NOW;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
