package dev.parallax.cli.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.cli.CommandRun;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.role.RoleSettings;
import dev.parallax.ingest.IngestApp;
import dev.parallax.ingest.IngestCounters.SourceCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A configuration, the topics that it names, and ingest on them, over a broker that runs. */
public final class SourceTopics implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String bootstrapServers;
  private final Path folder;
  private final Path config;
  private final KafkaProducer<byte[], byte[]> producer;

  /**
   * Creates the topics.
   *
   * @param folder a folder of its own, whose name also names its topics of events and dead letters
   * @param sources the section of the sources
   */
  public SourceTopics(String bootstrapServers, Path folder, String sources) {
    this.bootstrapServers = bootstrapServers;
    this.folder = folder;
    this.config = folder.resolve("parallax.yaml");
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    configure(sources);
    CommandRun topics = CommandRun.of("topics", "--with-sources", "--config", config.toString());
    assertThat(topics.exitCode()).as(topics.err()).isZero();
  }

  /** Writes the configuration, with these sources. */
  public void configure(String sources) {
    String name = folder.getFileName().toString();
    try {
      Path secret = Files.writeString(folder.resolve("secret"), "0123456789abcdef");
      Files.writeString(
          config,
          """
          kafka.bootstrap-servers: %s
          topics.events: %s.events
          topics.dead-letters: %s.dead-letters
          topics.partitions: 1
          ingest.application-id: %s
          ingest.input-key-secret-file: %s
          sources:
          %s
          """
              .formatted(bootstrapServers, name, name, name, secret, sources.indent(2)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The configuration's file. */
  public Path config() {
    return config;
  }

  /** Publishes a record with these headers, given as name and value in turn. */
  public void publish(String topic, String value, String... headers) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, 0, null, null, utf8(value));
    for (int i = 0; i < headers.length; i += 2) {
      record.headers().add(headers[i], utf8(headers[i + 1]));
    }
    producer.send(record);
    producer.flush();
  }

  /** Runs ingest until the counts of a source, since it started, are such. */
  public void ingestUntil(String source, Predicate<SourceCounts> reached) throws Exception {
    ParallaxConfig parallax = ParallaxConfig.load(Optional.of(config), Map.of(), List.of());
    Path state = Files.createTempDirectory(folder, "state");
    try (IngestApp app = new IngestApp(RoleSettings.ingest(parallax, state), Clock.systemUTC())) {
      app.start();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!reached.test(app.counters().snapshot().sources().get(source))) {
        assertThat(System.nanoTime()).as("%s", app.counters().snapshot().sources()).isLessThan(end);
        Thread.sleep(50);
      }
      Thread.sleep(300);
    }
  }

  /** Every committed record of the events. */
  public List<ConsumerRecord<byte[], byte[]>> events() {
    return records(folder.getFileName() + ".events");
  }

  /** Every committed record of the first partition of a topic. */
  public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close();
  }
}
