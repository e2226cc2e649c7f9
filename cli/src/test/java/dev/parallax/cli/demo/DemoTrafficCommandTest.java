package dev.parallax.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.cli.CommandProcess;
import dev.parallax.cli.CommandRun;
import dev.parallax.cli.Parallax;
import dev.parallax.cli.demo.models.DemoFleet;
import dev.parallax.cli.demo.models.DemoModel;
import dev.parallax.cli.embedded.EmbeddedKafka;
import dev.parallax.core.embedding.EventHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 180, unit = TimeUnit.SECONDS)
class DemoTrafficCommandTest {

  private static final TopicPartition SOURCE = new TopicPartition("parallax.inference", 0);
  private static final int SOME = 200;

  @TempDir static Path folder;

  @Test
  void itPublishesThePastOnceAndNeverTheFuture() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.temporary()) {
      Path config =
          Files.writeString(
              folder.resolve("parallax.yaml"),
              "kafka.bootstrap-servers: " + kafka.bootstrapServers() + "\nmonitor.pane: 1m\n");
      assertThat(
              CommandRun.of("topics", "--with-sources", "--config", config.toString()).exitCode())
          .isZero();

      Instant begin = Instant.now();
      List<ConsumerRecord<byte[], byte[]>> past = publish(kafka, config, 0);
      assertThat(time(past.get(0)))
          .isBetween(begin.minus(Duration.ofMinutes(3)), begin.minus(Duration.ofMinutes(1)));
      assertThat(subjects(past))
          .containsExactlyInAnyOrderElementsOf(
              DemoFleet.MODELS.stream().map(DemoModel::subject).toList());

      List<ConsumerRecord<byte[], byte[]>> present =
          publish(kafka, config, past.get(past.size() - 1).offset() + 1);
      assertThat(time(present.get(0))).isAfter(Instant.now().minus(Duration.ofMinutes(2)));
      assertThat(header(present.get(0), EventHeaders.SOURCE))
          .isNotEqualTo(header(past.get(0), EventHeaders.SOURCE));
    }
  }

  /** Publishes until some records are there; all that there are from {@code offset} on. */
  private static List<ConsumerRecord<byte[], byte[]>> publish(
      EmbeddedKafka kafka, Path config, long offset) throws IOException, InterruptedException {
    try (CommandProcess traffic =
            CommandProcess.start(
                folder,
                Parallax.class,
                "demo-traffic",
                "--config",
                config.toString(),
                "--history",
                "2m");
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
      traffic.awaitLine("demo traffic to parallax.inference from ");
      consumer.assign(List.of(SOURCE));
      consumer.seek(SOURCE, offset);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (records.size() < SOME) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      Instant now = Instant.now();
      traffic.stop();
      assertThat(traffic.exitCode()).isZero();
      consumer.seek(SOURCE, offset);
      records.clear();
      long end = consumer.endOffsets(List.of(SOURCE)).get(SOURCE);
      while (consumer.position(SOURCE) < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      assertThat(records.subList(0, SOME))
          .filteredOn(record -> !header(record, EventHeaders.ID).endsWith("-bad"))
          .allSatisfy(record -> assertThat(time(record)).isBefore(now));
      return records;
    }
  }

  private static Set<String> subjects(List<ConsumerRecord<byte[], byte[]>> records) {
    Set<String> subjects = new HashSet<>();
    records.forEach(record -> subjects.add(header(record, EventHeaders.SUBJECT)));
    return subjects;
  }

  private static Instant time(ConsumerRecord<byte[], byte[]> record) {
    return Instant.parse(header(record, EventHeaders.TIME));
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
