package dev.parallax.exporter.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.core.Topics;
import dev.parallax.core.drift.Alert;
import dev.parallax.core.drift.BaselineRecord;
import dev.parallax.core.drift.BaselineWire;
import dev.parallax.core.drift.Score;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.fleet.PageBudget;
import dev.parallax.exporter.Baselines;
import dev.parallax.exporter.Exporter;
import dev.parallax.exporter.ExporterConfig;
import dev.parallax.exporter.Scores;
import dev.parallax.exporter.fleet.FleetState;
import dev.parallax.exporter.fleet.RecordOutcome;
import dev.parallax.exporter.web.WebConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ScoreFeedTest {

  @TempDir static Path folder;
  private static TestBroker broker;

  private final FleetState fleet = new FleetState(Duration.ofHours(1), 10, 100, Clock.systemUTC());
  private Topics topics;
  private ScoreFeed feed;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = new TestBroker(folder);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void prepare(TestInfo test) {
    String name = test.getTestMethod().orElseThrow().getName();
    topics = new Topics("e", "d", name + ".scores", name + ".alerts", name + ".baselines");
    feed = new ScoreFeed(config(broker.bootstrap()), fleet);
  }

  @AfterEach
  void stop() {
    feed.close();
  }

  @Test
  void readsEveryPartitionFromTheBeginning() throws Exception {
    createTopics();
    for (int model = 0; model < 6; model++) {
      send(topics.scores(), Scores.healthy("m" + model, 1));
    }
    send(topics.alerts(), alert(1).toJson());

    feed.start();
    await(() -> feed.status().caughtUp());

    assertThat(fleet.snapshot().series()).hasSize(6);
    assertThat(fleet.snapshot().alerts()).containsExactly(alert(1));
    assertThat(feed.status().problem()).isEmpty();
    assertThat(feed.status().connected()).isTrue();
  }

  @Test
  void goesOnReadingWhatArrivesLater() throws Exception {
    createTopics();
    feed.start();
    await(() -> feed.status().caughtUp());

    send(topics.scores(), Scores.healthy("a", 1));
    await(() -> !fleet.snapshot().series().isEmpty());

    assertThat(fleet.snapshot().series().get(0).latest()).isEqualTo(Scores.healthy("a", 1));
  }

  @Test
  void poisonIsCountedAndStopsNothing() throws Exception {
    createTopics();
    send(topics.scores(), Scores.healthy("a", 1));
    send(topics.scores(), "{\"model\":".getBytes(StandardCharsets.UTF_8));
    send(topics.scores(), new byte[0]);
    send(topics.scores(), alert(1).toJson());
    send(topics.scores(), (byte[]) null);
    send(topics.alerts(), Scores.healthy("a", 1).toJson());
    send(topics.alerts(), (byte[]) null);
    send(topics.scores(), Scores.healthy("b", 1));

    feed.start();
    await(() -> feed.status().caughtUp());

    assertThat(fleet.snapshot().series()).hasSize(2);
    assertThat(feed.status().scores())
        .containsEntry(RecordOutcome.ACCEPTED, 2L)
        .containsEntry(RecordOutcome.MALFORMED, 4L);
    assertThat(feed.status().alerts()).containsEntry(RecordOutcome.MALFORMED, 2L);
  }

  @Test
  void anEmptyRecordUnderTheKeyOfASeriesRemovesIt() throws Exception {
    createTopics();
    byte[] key = Scores.series("a").key().getBytes(StandardCharsets.UTF_8);
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      producer.send(new ProducerRecord<>(topics.scores(), 0, key, Scores.healthy("a", 1).toJson()));
      producer.send(new ProducerRecord<>(topics.scores(), 0, key, null));
    }

    feed.start();
    await(() -> feed.status().caughtUp());

    assertThat(fleet.snapshot().series()).isEmpty();
    assertThat(feed.status().scores()).containsEntry(RecordOutcome.REMOVED, 1L);
  }

  @Test
  void baselinesAreReadToTellSinceWhenTheyAreArmed() throws Exception {
    createTopics();
    send(topics.scores(), Scores.healthy("a", 1));
    BaselineRecord first = Baselines.armed(Scores.series("a"), "b-1", Scores.START);
    BaselineRecord next = Baselines.armed(Scores.series("a"), "b-2", Scores.START + 5);
    byte[] key = next.key().getBytes(StandardCharsets.UTF_8);
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      producer.send(new ProducerRecord<>(topics.baselines(), 0, key, BaselineWire.write(next)));
    }
    send(topics.baselines(), BaselineWire.write(first));
    send(topics.baselines(), new byte[] {9});

    feed.start();
    await(() -> feed.status().caughtUp());
    assertThat(fleet.snapshot().armedSince())
        .containsExactly(Map.entry(Scores.series("a"), Scores.START + 5));

    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      producer.send(new ProducerRecord<>(topics.baselines(), 0, key, null));
    }
    await(() -> fleet.snapshot().armedSince().containsValue(Scores.START));
    assertThat(feed.status().baselines())
        .containsEntry(RecordOutcome.ACCEPTED, 2L)
        .containsEntry(RecordOutcome.REMOVED, 1L)
        .containsEntry(RecordOutcome.MALFORMED, 1L);
  }

  @Test
  void aRepeatedScoreCountsOnce() throws Exception {
    createTopics();
    for (int i = 0; i < 3; i++) {
      send(topics.scores(), Scores.healthy("a", 1));
    }

    feed.start();
    await(() -> feed.status().caughtUp());

    assertThat(fleet.snapshot().counts()).isEqualTo(Scores.COUNTS);
    assertThat(feed.status().scores())
        .containsEntry(RecordOutcome.ACCEPTED, 1L)
        .containsEntry(RecordOutcome.REPLACED, 2L);
  }

  @Test
  void onlyCommittedScoresAreRead() throws Exception {
    createTopics();
    try (KafkaProducer<byte[], byte[]> producer =
        producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "t"))) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topics.scores(), Scores.healthy("no", 1).toJson()));
      producer.flush();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topics.scores(), Scores.healthy("yes", 1).toJson()));
      producer.commitTransaction();
    }

    feed.start();
    await(() -> feed.status().caughtUp());

    assertThat(fleet.snapshot().series())
        .extracting(status -> status.latest().series().model())
        .containsExactly("yes");
  }

  @Test
  void whereTheBrokerSaysWhenAScoreArrivedThatCounts() throws Exception {
    try (Admin admin = admin()) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(topics.scores(), Optional.of(1), Optional.empty())
                      .configs(Map.of("message.timestamp.type", "LogAppendTime")),
                  new NewTopic(topics.alerts(), Optional.of(1), Optional.empty()),
                  new NewTopic(topics.baselines(), Optional.of(2), Optional.empty())))
          .all()
          .get();
    }
    send(topics.scores(), Scores.healthy("a", 1));
    FleetState later =
        new FleetState(
            Duration.ofHours(1), 10, 100, Clock.offset(Clock.systemUTC(), Duration.ofHours(2)));

    try (ScoreFeed restarted = new ScoreFeed(config(broker.bootstrap()), later)) {
      restarted.start();
      await(() -> restarted.status().caughtUp());

      assertThat(later.snapshot().series()).isEmpty();
      assertThat(restarted.status().scores()).containsEntry(RecordOutcome.EXPIRED, 1L);
    }
  }

  @Test
  void waitsForTopicsThatDoNotExistYetAndFindsNewPartitions() throws Exception {
    feed.start();
    await(() -> feed.status().problem().orElse("").contains("does not exist yet"));
    assertThat(feed.status().caughtUp()).isFalse();

    createTopics();
    send(topics.scores(), Scores.healthy("a", 1));
    await(() -> feed.status().caughtUp() && fleet.snapshot().series().size() == 1);

    try (Admin admin = admin()) {
      admin.createPartitions(Map.of(topics.scores(), NewPartitions.increaseTo(4))).all().get();
    }
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      byte[] value = Scores.healthy("b", 1).toJson();
      producer.send(new ProducerRecord<>(topics.scores(), 3, null, value)).get();
    }
    await(() -> fleet.snapshot().series().size() == 2);
  }

  @Test
  void goesOnWhereItWasAfterTheBrokerWasAway() throws Exception {
    createTopics();
    send(topics.scores(), Scores.healthy("a", 1));
    feed.start();
    await(() -> feed.status().caughtUp());

    broker.stop();
    await(() -> !feed.status().connected());
    assertThat(feed.status().problem()).hasValue("no answer from " + broker.bootstrap());
    assertThat(fleet.snapshot().series()).hasSize(1);

    broker.start();
    send(topics.scores(), Scores.healthy("a", 2));
    await(() -> fleet.snapshot().counts().in() == 2000);
    await(() -> feed.status().connected());
    assertThat(feed.status().scores()).containsEntry(RecordOutcome.ACCEPTED, 2L);
  }

  @Test
  void closesPromptlyWhileReadingAndWhileNobodyAnswers() throws Exception {
    createTopics();
    feed.start();
    await(() -> feed.status().caughtUp());
    ScoreFeed nobody = new ScoreFeed(config("127.0.0.1:1"), fleet);
    nobody.start();
    await(() -> nobody.status().problem().orElse("").contains("no answer"));

    long before = System.nanoTime();
    feed.close();
    nobody.close();

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
    assertThat(feed.status().running()).isFalse();
    assertThat(nobody.status().running()).isFalse();
  }

  @Test
  void wrongClientSettingsAreFoundAtTheStart() {
    ExporterConfig wrong = config(broker.bootstrap(), Map.of("security.protocol", "NONSENSE"));

    try (Exporter exporter = new Exporter(wrong, "0.1.0")) {
      assertThatThrownBy(exporter::start).isInstanceOf(KafkaException.class);
    }
  }

  @Test
  void theExporterServesWhatItReads() throws Exception {
    createTopics();
    send(topics.scores(), Scores.healthy("a", 1));

    try (Exporter exporter = new Exporter(config(broker.bootstrap()), "0.1.0")) {
      exporter.start();
      await(() -> exporter.feedStatus().caughtUp());

      try (var in = exporter.address().resolve("/metrics").toURL().openStream()) {
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
            .contains("parallax_cka_ratio{model=\"a\"", "parallax_exporter_connected 1.0");
      }
    }
  }

  private ExporterConfig config(String bootstrap) {
    return config(bootstrap, Map.of("metadata.max.age.ms", "1000"));
  }

  private ExporterConfig config(String bootstrap, Map<String, String> clientProperties) {
    return new ExporterConfig(
        bootstrap,
        topics,
        "127.0.0.1",
        0,
        WebConfig.NONE,
        Duration.ofHours(1),
        10,
        100,
        PageBudget.DEFAULT,
        Set.of(),
        clientProperties);
  }

  private static Alert alert(int pane) {
    return new Alert(Scores.healthy("a", pane), Verdict.WARMING, OptionalLong.of(Scores.START));
  }

  private void createTopics() throws Exception {
    try (Admin admin = admin()) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(topics.scores(), Optional.of(3), Optional.empty()),
                  new NewTopic(topics.alerts(), Optional.of(1), Optional.empty()),
                  new NewTopic(topics.baselines(), Optional.of(2), Optional.empty())))
          .all()
          .get();
    }
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
  }

  private static void send(String topic, Score score) throws Exception {
    send(topic, score.toJson());
  }

  private static void send(String topic, byte[] value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      producer.send(new ProducerRecord<>(topic, value)).get(30, TimeUnit.SECONDS);
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap());
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still waiting after a minute").isLessThan(deadline);
      LockSupport.parkNanos(10_000_000);
    }
  }
}
