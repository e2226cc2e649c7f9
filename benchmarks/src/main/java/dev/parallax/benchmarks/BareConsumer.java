package dev.parallax.benchmarks;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic with nothing but a consumer: the most that any job could read. */
final class BareConsumer {

  private BareConsumer() {}

  /** Seconds from the first record to the last. */
  static double seconds(Load load, String bootstrapServers) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("isolation.level", "read_committed");
    properties.put("max.partition.fetch.bytes", 4 << 20);
    properties.put("max.poll.records", 5000);
    List<TopicPartition> partitions =
        IntStream.range(0, Load.PARTITIONS)
            .mapToObj(p -> new TopicPartition(load.topic(), p))
            .toList();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long first = 0;
      int read = 0;
      while (read < load.events()) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(1));
        if (read == 0 && !records.isEmpty()) {
          first = System.nanoTime();
        }
        read += records.count();
      }
      return (System.nanoTime() - first) / 1e9;
    }
  }
}
