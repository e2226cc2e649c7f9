package dev.parallax.ingest;

import static dev.parallax.ingest.TestEvents.SECRET;
import static dev.parallax.ingest.TestEvents.SOURCE_TOPIC;
import static dev.parallax.ingest.TestEvents.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.Topics;
import dev.parallax.core.embedding.EventHeaders;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IngestResilienceTest {

  @TempDir Path folder;

  @Test
  void aBrokerThatIsAwayForAWhileCostsNothing() throws Exception {
    int port = TestBroker.freePort();
    try (IngestApp app =
        new IngestApp(config("127.0.0.1:" + port, "one").build(), Clock.systemUTC())) {
      try (TestBroker broker = new TestBroker(folder, port)) {
        createTopics(broker);
        broker.send(records(0, 500));
        app.start();
        TestBroker.await("the first events", () -> ids(broker).size() >= 100);
      }
      Thread.sleep(2_000);
      assertThat(app.isHealthy()).isTrue();
      try (TestBroker broker = new TestBroker(folder, port)) {
        broker.send(records(500, 700));
        TestBroker.await("all events", () -> ids(broker).size() >= 700);

        assertThat(ids(broker)).containsExactlyInAnyOrderElementsOf(numbers(0, 700));
        assertThat(app.isHealthy()).isTrue();
        app.close(Duration.ofSeconds(10));
      }
    }
  }

  @Test
  void instancesAreRestartedOneByOneWithoutLossOrRepeats() throws Exception {
    try (TestBroker broker = new TestBroker(folder)) {
      createTopics(broker);
      IngestApp one = start(broker, "one");
      IngestApp two = start(broker, "two");
      try {
        broker.send(records(0, 300));
        TestBroker.await("the first events", () -> ids(broker).size() >= 300);
        one.close();
        broker.send(records(300, 600));
        one = start(broker, "one");
        broker.send(records(550, 800));
        two.close();
        broker.send(records(800, 900));
        two = start(broker, "two");
        TestBroker.await("all events", () -> ids(broker).size() >= 900);
        Thread.sleep(500);

        assertThat(ids(broker)).containsExactlyInAnyOrderElementsOf(numbers(0, 900));
        assertThat(one.isHealthy()).isTrue();
        assertThat(two.isHealthy()).isTrue();
      } finally {
        one.close();
        two.close();
      }
    }
  }

  private IngestApp start(TestBroker broker, String instance) {
    IngestConfig config =
        config(broker.bootstrapServers(), instance)
            .groupInstanceId(instance)
            .standbyReplicas(1)
            .build();
    IngestApp app = new IngestApp(config, Clock.systemUTC());
    app.start();
    return app;
  }

  private IngestConfig.Builder config(String bootstrapServers, String instance) {
    return IngestConfig.builder(bootstrapServers, folder.resolve(instance), List.of(SOURCE_TOPIC))
        .applicationId("resilient")
        .inputKeySecret(SECRET)
        .client(Map.of("main.consumer.session.timeout.ms", "2000", "heartbeat.interval.ms", "200"));
  }

  private static void createTopics(TestBroker broker) throws Exception {
    broker.createTopic(SOURCE_TOPIC, 4, Map.of());
    Map<String, String> large = Map.of("max.message.bytes", "2000000");
    broker.createTopic(Topics.DEFAULT.events(), 2, large);
    broker.createTopic(Topics.DEFAULT.deadLetters(), 1, large);
  }

  /** Records of now, of which each id always lies in the same partition. */
  private static List<ProducerRecord<byte[], byte[]>> records(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            id -> {
              ProducerRecord<byte[], byte[]> record = TestEvents.record("" + id);
              return new ProducerRecord<>(
                  record.topic(), id % 4, record.key(), record.value(), record.headers());
            })
        .toList();
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  private static List<String> ids(TestBroker broker) {
    return broker.committed(Topics.DEFAULT.events()).stream()
        .map(record -> text(record.headers(), EventHeaders.ID))
        .toList();
  }
}
