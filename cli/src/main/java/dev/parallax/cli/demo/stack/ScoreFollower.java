package dev.parallax.cli.demo.stack;

import dev.parallax.cli.demo.view.ScoreReading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the scores as they are published. Belongs to one thread. */
public final class ScoreFollower implements AutoCloseable {

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;

  /** A follower of the scores topic from its beginning. */
  public ScoreFollower(String topic, String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    partitions = List.of(new TopicPartition(topic, 0));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Hands on what has come, waiting at most {@code timeout} for it. */
  public void poll(Duration timeout, Consumer<ScoreReading> scores) {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout)) {
      scores.accept(ScoreReading.parse(record.value()));
    }
  }

  /** Hands on everything up to the present end. */
  public void pollToEnd(Consumer<ScoreReading> scores) {
    long end = consumer.endOffsets(partitions).get(partitions.get(0));
    while (consumer.position(partitions.get(0)) < end) {
      poll(Duration.ofMillis(100), scores);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
