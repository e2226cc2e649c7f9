package dev.parallax.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.cli.CommandRun;
import dev.parallax.cli.embedded.EmbeddedKafka;
import dev.parallax.core.embedding.Decoded;
import dev.parallax.core.embedding.Dtype;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.ingest.client.NativeEventRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DrillCommandTest {

  private static final int EVENTS = 300;
  private static final String UNWATCHED = "unwatched";
  private static final String JUDGED = "judged";

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private static String config;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.temporary();
    config =
        Files.writeString(
                folder.resolve("parallax.yaml"),
                """
                kafka.bootstrap-servers: %s
                topics.partitions: 1
                monitor.pane: 1s
                monitor.baseline.panes: 8
                monitor.baseline.min-pairs: 64
                """
                    .formatted(kafka.bootstrapServers()))
            .toString();
    assertThat(CommandRun.of("topics", "--config", config).exitCode()).isZero();
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      List<EmbeddingEvent> events = Events.of(EVENTS);
      for (int i = 0; i < EVENTS; i++) {
        for (EmbeddingEvent event :
            List.of(
                events.get(i),
                events.get(i).withModel(UNWATCHED),
                events.get(i).withModel(JUDGED))) {
          producer.send(
              NativeEventRecord.of(event, event.model() + i, "/test", i, "parallax.events"));
        }
      }
    }
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private static CommandRun drill(String... more) {
    List<String> arguments = new ArrayList<>(List.of("drill", "--config", config));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private static KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", kafka.bootstrapServers()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static void assertFailed(CommandRun run, String start) {
    assertThat(run.err()).startsWith(start).hasLineCount(1);
    assertThat(run.exitCode()).isNotZero();
  }

  private static List<EmbeddingEvent> shadows() {
    EventCodec codec = new EventCodec(EventLimits.DEFAULT);
    List<EmbeddingEvent> shadows = new ArrayList<>();
    TopicPartition partition = new TopicPartition("parallax.events", 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(Set.of(partition));
      consumer.seekToBeginning(Set.of(partition));
      long end = consumer.endOffsets(Set.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(
                record -> {
                  EmbeddingEvent event = ((Decoded.Accepted) codec.decode(record.value())).event();
                  if (event.model().equals("drill." + Events.MODEL)) {
                    shadows.add(event);
                  }
                });
      }
    }
    return shadows;
  }

  @Test
  void publishesAShadowSeriesHealthyFirstAndThenWithTheFault() {
    CommandRun run =
        drill("--fault", "int8", "--model", Events.MODEL, "--healthy", "2", "--panes", "1");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("on drill.search-embedder/2.1.0 is published.")
        .contains("it sends its vectors as 8-bit integers")
        .endsWith("It should then be called healthy.\n");
    List<EmbeddingEvent> shadows = shadows();
    assertThat(shadows).hasSize(3 * 64);
    assertThat(shadows.subList(0, 128))
        .allSatisfy(e -> assertThat(e.vector().dtype()).isEqualTo(Dtype.F32));
    assertThat(shadows.subList(128, 192))
        .allSatisfy(e -> assertThat(e.vector().dtype()).isEqualTo(Dtype.I8));
  }

  @Test
  void aDrillThatNobodyWatchesFails() {
    assertFailed(
        drill(
            "--fault",
            "dead-model",
            "--model",
            UNWATCHED,
            "--healthy",
            "1",
            "--panes",
            "1",
            "--wait"),
        "parallax drill: the drill proves nothing: there is no score of"
            + " drill.unwatched yet: is the monitor running?");
  }

  @Test
  void theRightVerdictOnTheScoresTopicEndsTheDrill() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    Thread monitor = new Thread(() -> publishScoresUntil(done));
    monitor.start();
    CommandRun run =
        drill(
            "--fault",
            "dead-model",
            "--model",
            JUDGED,
            "--healthy",
            "2",
            "--panes",
            "30",
            "--wait");
    done.set(true);
    monitor.join();

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .endsWith("drill.judged is called degenerate as it should, at 2100-01-01T00:00:00Z\n");
  }

  /** Says again and again that the shadow was healthy long ago and is degenerate from now on. */
  private static void publishScoresUntil(AtomicBoolean done) {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      while (!done.get()) {
        for (String said : List.of("2020-01-01 healthy", "2100-01-01 degenerate")) {
          String score =
              """
              {"model": "drill.judged", "version": "2.1.0", "slice": "", "windowPairs": 1,
               "paneEnd": "%sT00:00:00.000Z", "verdict": "%s", "counts": {"in": 1, "sampledOut": 0,
               "duplicate": 0, "late": 0, "unmatched": 0, "rejected": 0}}
              """
                  .formatted((Object[]) said.split(" "));
          producer.send(
              new ProducerRecord<>(
                  "parallax.scores",
                  said.getBytes(StandardCharsets.UTF_8),
                  score.getBytes(StandardCharsets.UTF_8)));
        }
        producer.flush();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
    }
  }

  @Test
  void whatCannotBeDrilledIsOneLine() {
    assertFailed(
        drill("--fault", "fire", "--model", Events.MODEL),
        "parallax drill: --fault fire: expected one of wrong-pooling, ");
    assertFailed(
        drill("--fault", "int8", "--model", "nobody"),
        "parallax drill: --model nobody: expected a model with events on parallax.events, found"
            + " none");
    assertFailed(
        drill("--fault", "truncation", "--model", Events.MODEL),
        "parallax drill: --fault truncation: expected one of ");
    assertFailed(
        drill("--fault", "int8", "--model", Events.MODEL, "--rate", "10"),
        "parallax drill: --rate 10.0: expected 64.0 or more");
    assertFailed(
        drill("--fault", "int8", "--model", Events.MODEL, "--panes", "0"),
        "parallax drill: --panes 0: expected 1 to 10000");
  }
}
