package dev.parallax.benchmarks.ingest;

import dev.parallax.core.Topics;
import dev.parallax.ingest.IngestApp;
import dev.parallax.ingest.IngestConfig;
import dev.parallax.ingest.IngestCounters.SourceCounts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Ingest itself, at rest: every event is good, none is a repeat. */
final class IngestRun {

  private IngestRun() {}

  /** Seconds from the first record to the last commit. */
  static double seconds(Source source, String to, String deadLetters, String group, Path stateDir)
      throws InterruptedException {
    IngestConfig config =
        IngestConfig.builder(source.bootstrapServers(), stateDir, List.of(Source.TOPIC))
            .applicationId(group)
            .topics(new Topics(to, deadLetters, "scores", "alerts", "baselines"))
            .build();
    try (IngestApp app = new IngestApp(config, Clock.systemUTC())) {
      app.start();
      while (counts(app).total() == 0) {
        Thread.sleep(1);
      }
      long first = System.nanoTime();
      while (counts(app).total() < source.records()) {
        if (!app.isHealthy()) {
          throw new IllegalStateException("ingest stopped: " + app.failure());
        }
        Thread.sleep(1);
      }
      awaitCommit(source, to);
      double seconds = (System.nanoTime() - first) / 1e9;
      if (counts(app).accepted() != source.records()) {
        throw new IllegalStateException("expected every event accepted, got " + counts(app));
      }
      return seconds;
    }
  }

  private static SourceCounts counts(IngestApp app) {
    SourceCounts counts = app.counters().snapshot().sources().get(Source.TOPIC);
    if (counts == null) {
      throw new IllegalStateException("no counts of " + Source.TOPIC);
    }
    return counts;
  }

  /** Until everything written can be read by who reads only what is committed. */
  private static void awaitCommit(Source source, String topic) throws InterruptedException {
    List<TopicPartition> partitions =
        IntStream.range(0, Source.PARTITIONS).mapToObj(p -> new TopicPartition(topic, p)).toList();
    try (KafkaConsumer<byte[], byte[]> committed = consumer(source, "read_committed");
        KafkaConsumer<byte[], byte[]> written = consumer(source, "read_uncommitted")) {
      while (!committed.endOffsets(partitions).equals(written.endOffsets(partitions))) {
        Thread.sleep(1);
      }
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(Source source, String isolation) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", source.bootstrapServers());
    properties.put("isolation.level", isolation);
    properties.put("default.api.timeout.ms", (int) Duration.ofSeconds(30).toMillis());
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
