package dev.parallax.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.cli.CommandRun;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.demo.traffic.CorpusText;
import dev.parallax.cli.demo.traffic.WordNetCorpus;
import dev.parallax.cli.embedded.EmbeddedKafka;
import dev.parallax.cli.role.RoleSettings;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.ingest.client.NativeEventRecord;
import dev.parallax.jobs.Monitor;
import dev.parallax.onnx.encoder.BundledEncoders;
import dev.parallax.onnx.encoder.OnnxSentenceEncoder;
import dev.parallax.onnx.encoder.SentenceEncoder;
import dev.parallax.onnx.runtime.SessionSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A drill on a real model's events while a real monitor watches. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class DrillAgainstMonitorTest {

  private static final String MODEL = "search-embedder";
  private static final int EVENTS = 512;

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private static Monitor monitor;
  private static Path config;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.temporary();
    config =
        Files.writeString(
            folder.resolve("parallax.yaml"),
            """
            kafka.bootstrap-servers: %s
            topics.partitions: 1
            monitor:
              pane: 2s
              lateness: 1s
              sample-size: 128
              checkpoint-interval: 500ms
              baseline: {panes: 10, min-pairs: 100, strata: 4, least-hold-out-panes: 2}
            """
                .formatted(kafka.bootstrapServers()));
    assertThat(CommandRun.of("topics", "--config", config.toString()).exitCode()).isZero();
    publishEvents();
    monitor =
        Monitor.start(
            RoleSettings.monitor(
                ParallaxConfig.load(Optional.of(config), Map.of(), List.of()), folder),
            folder);
  }

  @AfterAll
  static void stop() {
    monitor.close();
    kafka.close();
  }

  private static void publishEvents() {
    List<String> texts =
        WordNetCorpus.load().choose(EVENTS, 1).stream().map(CorpusText::text).toList();
    Random random = new Random(9);
    try (KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        SentenceEncoder encoder =
            OnnxSentenceEncoder.open(
                BundledEncoders.manifest(BundledEncoders.MINILM_QUANTISED), SessionSettings.CPU)) {
      float[][] vectors = encoder.encode(texts);
      for (int i = 0; i < EVENTS; i++) {
        EmbeddingEvent event =
            EmbeddingEvent.of(
                    MODEL,
                    "2.1.0",
                    WireVector.of(vectors[i]),
                    new InputKey(random.nextLong(), random.nextLong()))
                .withInputText(texts.get(i));
        producer.send(
            NativeEventRecord.of(
                event, "event-" + i, "/test", System.currentTimeMillis(), "parallax.events"));
      }
    }
  }

  @Test
  void theMonitorGivesTheShadowTheVerdictOfTheCatalogue() {
    CommandRun run =
        CommandRun.of(
            "drill",
            "--config",
            config.toString(),
            "--fault",
            "rotated-basis",
            "--model",
            MODEL,
            "--rate",
            "60",
            "--wait");

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("drill." + MODEL).contains("rotated");
  }
}
