package dev.parallax.ingest.client;

import static dev.parallax.ingest.TestEvents.event;
import static dev.parallax.ingest.TestEvents.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.core.embedding.Decoded;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.InputKeyHasher;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.InputKeySecret;
import dev.parallax.ingest.TestBroker;
import dev.parallax.ingest.TestEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class EmbeddingPublisherTest {

  private static final String TOPIC = "app-embeddings";

  @Test
  void aBrokerThatIsAwayNeverSlowsPublishAndGetsWhatWasHeldOnceItIsThere(@TempDir Path directory)
      throws Exception {
    int port = TestBroker.freePort();
    try (EmbeddingPublisher publisher = builder(port).maxQueuedEvents(1_000).build()) {
      EmbeddingEvent event = event(ones(768));
      long[] nanos = new long[100_000];
      for (int i = 0; i < nanos.length; i++) {
        long began = System.nanoTime();
        publisher.publish(event);
        nanos[i] = System.nanoTime() - began;
      }

      Arrays.sort(nanos);
      assertThat(nanos[nanos.length / 2]).as("median").isLessThan(100_000);
      assertThat(nanos[nanos.length - nanos.length / 1000]).as("p99.9").isLessThan(5_000_000);
      PublisherCounts away = publisher.counts();
      assertThat(away.accepted()).isEqualTo(1_000);
      assertThat(away.queued()).isEqualTo(1_000);
      assertThat(away.dropped(DropCause.QUEUE_FULL)).isEqualTo(99_000);
      try (TestBroker broker = new TestBroker(directory, port)) {
        broker.createTopic(TOPIC, 3, Map.of());
        TestBroker.await("what was held", () -> publisher.counts().delivered() == 1_000);

        assertThat(publisher.publish(event)).isTrue();
        publisher.close(Duration.ofSeconds(30));
        assertThat(publisher.counts().delivered()).isEqualTo(1_001);
        assertThat(broker.committed(TOPIC)).hasSize(1_001);
        assertAddsUp(publisher.counts(), 100_001);
      }
    }
  }

  @Test
  void everyEventOfManyThreadsIsDeliveredOnceWithItsOwnIdAndOneKeyPerText(@TempDir Path directory)
      throws Exception {
    try (TestBroker broker = new TestBroker(directory)) {
      broker.createTopic(TOPIC, 3, Map.of());
      EmbeddingPublisher publisher =
          EmbeddingPublisher.builder(broker.bootstrapServers(), TOPIC, "/tests")
              .inputKeySecret(TestEvents.SECRET)
              .build();
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        Thread thread =
            new Thread(
                () -> {
                  for (int i = 0; i < 500; i++) {
                    publisher.publish(TestEvents.textEvent("text " + i % 10));
                  }
                });
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      publisher.close(Duration.ofSeconds(30));

      assertThat(publisher.counts().delivered()).isEqualTo(2_000);
      assertAddsUp(publisher.counts(), 2_000);
      Set<String> ids = new HashSet<>();
      Set<String> keys = new HashSet<>();
      for (ConsumerRecord<byte[], byte[]> record : broker.committed(TOPIC)) {
        ids.add(text(record.headers(), "ce_id"));
        EmbeddingEvent event = decoded(record.value());
        keys.add(event.inputKey().orElseThrow().toString());
        assertThat(event.inputText()).isEmpty();
        assertThat(record.key()).isEqualTo(event.inputKey().orElseThrow().toBytes());
      }
      assertThat(ids).hasSize(2_000);
      InputKeyHasher hasher = TestEvents.SECRET.newHasher();
      assertThat(keys).hasSize(10).contains(hasher.keyOf("text 7").toString());
    }
  }

  @Test
  void whatTheBrokerRefusesCountsAsDeliveryFailedWithItsReason(@TempDir Path directory)
      throws Exception {
    try (TestBroker broker = new TestBroker(directory)) {
      broker.createTopic(TOPIC, 1, Map.of("max.message.bytes", "1000"));
      EmbeddingPublisher publisher =
          EmbeddingPublisher.builder(broker.bootstrapServers(), TOPIC, "/tests")
              .producerProperty("batch.size", 0)
              .build();

      publisher.publish(event(1, 2, 3));
      publisher.publish(event(ones(500)));
      publisher.close(Duration.ofSeconds(30));

      PublisherCounts counts = publisher.counts();
      assertThat(counts.delivered()).isEqualTo(1);
      assertThat(counts.dropped(DropCause.DELIVERY_FAILED)).isEqualTo(1);
      assertThat(counts.lastFailure().orElseThrow()).contains("RecordTooLarge");
      assertAddsUp(counts, 2);
    }
  }

  @Test
  void closingWithoutABrokerEndsInTimeAndCountsWhatWasHeld() throws Exception {
    EmbeddingPublisher publisher = builder(TestBroker.freePort()).build();
    for (int i = 0; i < 50; i++) {
      assertThat(publisher.publish(event(1, 2))).isTrue();
    }

    long began = System.nanoTime();
    publisher.close(Duration.ofMillis(300));
    Duration took = Duration.ofNanos(System.nanoTime() - began);

    assertThat(took).isBetween(Duration.ofMillis(300), Duration.ofSeconds(5));
    assertThat(publisher.counts().dropped(DropCause.DELIVERY_FAILED)).isEqualTo(50);
    assertThat(publisher.publish(event(1, 2))).isFalse();
    assertThat(publisher.counts().dropped(DropCause.CLOSED)).isEqualTo(1);
    assertAddsUp(publisher.counts(), 51);
    publisher.close(Duration.ofSeconds(Long.MAX_VALUE));
    assertAddsUp(publisher.counts(), 51);
  }

  @Test
  void aBrokerWhoseNameDoesNotResolveIsOneThatIsAway() throws Exception {
    EmbeddingPublisher publisher =
        EmbeddingPublisher.builder("broker.invalid:9092", TOPIC, "/tests").build();

    assertThat(publisher.publish(event(1, 2))).isTrue();
    TestBroker.await("the first attempt", () -> publisher.counts().lastFailure().isPresent());
    assertThat(publisher.counts().lastFailure().orElseThrow()).contains("bootstrap");
    publisher.close(Duration.ZERO);

    assertThat(publisher.counts().dropped(DropCause.DELIVERY_FAILED)).isEqualTo(1);
    assertAddsUp(publisher.counts(), 1);
  }

  @Test
  void anEventThatWaitedLongerThanTheDeliveryTimeoutMakesRoomForNewOnes() throws Exception {
    try (EmbeddingPublisher publisher =
        builder(TestBroker.freePort())
            .maxQueuedEvents(10)
            .deliveryTimeout(Duration.ofSeconds(1))
            .build()) {
      for (int i = 0; i < 11; i++) {
        publisher.publish(event(1, 2));
      }
      assertThat(publisher.counts().dropped(DropCause.QUEUE_FULL)).isEqualTo(1);

      long began = System.nanoTime();
      TestBroker.await(
          "events given up", () -> publisher.counts().dropped(DropCause.DELIVERY_FAILED) == 10);

      // All together, and not each after a timeout of its own.
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(6));

      assertThat(publisher.publish(event(1, 2))).isTrue();
    }
  }

  @Test
  void whatIngestWouldTurnAwayIsTurnedAwayHereAndSaysWhy() {
    try (EmbeddingPublisher publisher =
        builder(1).limits(limits()).inputKeySecret(TestEvents.SECRET).build()) {
      long now = System.currentTimeMillis();

      assertThat(publisher.publish(event(0, 0))).isFalse();
      assertThat(reason(publisher)).isEqualTo(Reason.ZERO_NORM);
      assertThat(publisher.publish(event(1, Float.NaN))).isFalse();
      assertThat(reason(publisher)).isEqualTo(Reason.NOT_FINITE);
      assertThat(publisher.publish(event(1, 2), "id", now - Duration.ofDays(8).toMillis()))
          .isFalse();
      assertThat(reason(publisher)).isEqualTo(Reason.TIMESTAMP);
      assertThat(publisher.publish(event(1, 2), "", now)).isFalse();
      assertThat(reason(publisher)).isEqualTo(Reason.MISSING_FIELD);
      assertThat(publisher.counts().dropped(DropCause.REJECTED)).isEqualTo(4);

      assertThat(publisher.publish(event(ones(257)))).isFalse();
      assertThat(publisher.publish(TestEvents.textEvent("é".repeat(251)))).isFalse();
      assertThat(publisher.publish(TestEvents.textEvent("e".repeat(501)))).isFalse();
      assertThat(publisher.publish(event(1, 2), "i".repeat(1025), now)).isFalse();
      assertThat(publisher.counts().dropped(DropCause.TOO_LARGE)).isEqualTo(4);

      assertThat(publisher.publish(TestEvents.textEvent("é".repeat(250)))).isTrue();
      assertThat(publisher.counts().accepted()).isEqualTo(1);
      publisher.close(Duration.ZERO);
      assertAddsUp(publisher.counts(), 9);
    }
  }

  @Test
  @SuppressWarnings("NullAway") // what a caller does that is compiled without such checks
  void aMistakeOfTheCallerIsCountedAndNotThrown() {
    EmbeddingPublisher publisher = builder(1).build();

    assertThat(publisher.publish(null)).isFalse();
    assertThat(publisher.publish(event(1, 2), null, 0)).isFalse();

    assertThat(publisher.counts().dropped(DropCause.REJECTED)).isEqualTo(2);
    assertThat(publisher.counts().lastRejection().orElseThrow().detail()).contains("NullPointer");
    publisher.close(Duration.ZERO);
  }

  @Test
  void bytesAreBoundedAsWellAsEvents() {
    EmbeddingPublisher publisher =
        builder(1).limits(limits()).maxQueuedBytes(12_000).maxQueuedEvents(1_000_000).build();

    int accepted = 0;
    while (publisher.publish(event(ones(250)))) {
      accepted++;
    }

    // 1,000 bytes of vector, and some 250 of names, key and headers.
    assertThat(accepted).isEqualTo(9);
    assertThat(publisher.counts().dropped(DropCause.QUEUE_FULL)).isEqualTo(1);
    publisher.close(Duration.ZERO);
  }

  @Test
  void settingsThatCannotWorkFailAtOnce() {
    assertThatThrownBy(() -> EmbeddingPublisher.builder("b:1", TOPIC, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("source: expected 1 to 1024 bytes, got 0");
    assertThatThrownBy(() -> builder(1).maxQueuedEvents(0).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxQueuedEvents=0: expected 1 or more");
    assertThatThrownBy(() -> builder(1).maxQueuedBytes(1_000_000).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxQueuedBytes=1000000: expected 1008192 or more");
    assertThatThrownBy(() -> builder(1).deliveryTimeout(Duration.ofMillis(999)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("deliveryTimeout=PT0.999S: expected PT1S to PT24H");
    assertThatThrownBy(() -> builder(1).producerProperty("acks", "most").build())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("acks");
  }

  @Test
  void textThatIsToBeSentTravelsWithItsKey(@TempDir Path directory) throws Exception {
    try (TestBroker broker = new TestBroker(directory)) {
      broker.createTopic(TOPIC, 1, Map.of());
      EmbeddingPublisher publisher =
          EmbeddingPublisher.builder(broker.bootstrapServers(), TOPIC, "/tests")
              .inputKeySecret(InputKeySecret.of(new byte[16]))
              .sendInputText(true)
              .build();
      publisher.publish(TestEvents.textEvent(" a\u00a0 b "));
      publisher.close();

      EmbeddingEvent event = decoded(broker.committed(TOPIC).get(0).value());
      assertThat(event.inputText()).contains(" a\u00a0 b ");
      assertThat(event.inputKey()).contains(new InputKeyHasher(new byte[16]).keyOf("a b"));
    }
  }

  private static EmbeddingPublisher.Builder builder(int port) {
    return EmbeddingPublisher.builder("127.0.0.1:" + port, TOPIC, "/tests");
  }

  private static EventLimits limits() {
    return new EventLimits(2_000, 256, 500, 4, 64, Duration.ofMinutes(5), Duration.ofDays(7));
  }

  private static float[] ones(int width) {
    float[] vector = new float[width];
    Arrays.fill(vector, 1);
    return vector;
  }

  private static Reason reason(EmbeddingPublisher publisher) {
    return publisher.counts().lastRejection().orElseThrow().reason();
  }

  private static EmbeddingEvent decoded(byte[] value) {
    return ((Decoded.Accepted) new EventCodec(EventLimits.DEFAULT).decode(value)).event();
  }

  private static void assertAddsUp(PublisherCounts counts, long calls) {
    assertThat(counts.queued()).isZero();
    assertThat(counts.accepted())
        .isEqualTo(counts.delivered() + counts.dropped(DropCause.DELIVERY_FAILED));
    long droppedBefore =
        counts.droppedByCause().values().stream().mapToLong(Long::longValue).sum()
            - counts.dropped(DropCause.DELIVERY_FAILED);
    assertThat(counts.accepted() + droppedBefore).isEqualTo(calls);
  }
}
