package dev.parallax.ingest;

import static dev.parallax.ingest.TestEvents.NOW;
import static dev.parallax.ingest.TestEvents.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker. */
final class IngestLagTest {

  @TempDir private static Path directory;
  private static TestBroker broker;

  private final MovableClock clock = new MovableClock(NOW);
  private String name;

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
    broker.createTopic(name, 2, Map.of());
    broker.createTopic(name + ".events", 1, Map.of());
    broker.createTopic(name + ".dead", 1, Map.of());
  }

  @Test
  void itIsEverythingBeforeIngestStartsAndNothingOnceAllIsRead() throws Exception {
    broker.send(events(7));
    abortOne();
    IngestConfig config = config(broker.bootstrapServers());
    try (IngestLag lag = new IngestLag(config, clock)) {
      lag.start();
      TestBroker.await("the lag", () -> !lag.bySource().isEmpty());
      // The aborted record and the marker behind it have offsets, too.
      assertThat(lag.bySource().get(name)).isBetween(7L, 9L);
    }

    try (IngestApp app = new IngestApp(config, Clock.fixed(NOW, ZoneOffset.UTC))) {
      assertThat(app.lag()).isEmpty();
      app.start();
      TestBroker.await("no lag, but " + app.lag(), () -> Map.of(name, 0L).equals(app.lag()));
    }
  }

  @Test
  void whatWasNotHeardForHalfAMinuteIsNotToldAnyMore() throws Exception {
    IngestLag lag = new IngestLag(config(broker.bootstrapServers()), clock);
    lag.start();
    TestBroker.await("the lag", () -> !lag.bySource().isEmpty());
    lag.close();

    clock.advance(Duration.ofSeconds(30));
    assertThat(lag.bySource()).containsEntry(name, 0L);
    clock.advance(Duration.ofSeconds(1));
    assertThat(lag.bySource()).isEmpty();
  }

  @Test
  void withoutABrokerThereIsNothingToTell() throws Exception {
    try (IngestLag lag = new IngestLag(config("127.0.0.1:" + TestBroker.freePort()), clock)) {
      lag.start();
      Thread.sleep(200);
      assertThat(lag.bySource()).isEmpty();
    }
  }

  private IngestConfig config(String brokers) {
    return IngestConfig.builder(brokers, directory.resolve(name), List.of(name))
        .applicationId(name + "-app")
        .inputKeySecret(SECRET)
        .topics(new Topics(name + ".events", name + ".dead", "s", "a", "b"))
        .limits(TestEvents.config("any", directory).build().limits())
        .build();
  }

  private List<ProducerRecord<byte[], byte[]>> events(int count) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ProducerRecord<byte[], byte[]> event = TestEvents.record("e" + i);
      records.add(new ProducerRecord<>(name, i % 2, event.key(), event.value(), event.headers()));
    }
    return records;
  }

  private void abortOne() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "t"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(events(1).get(0)).get();
      producer.abortTransaction();
    }
  }
}
