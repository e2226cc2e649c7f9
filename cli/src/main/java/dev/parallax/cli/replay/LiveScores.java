package dev.parallax.cli.replay;

import dev.parallax.cli.CliException;
import dev.parallax.cli.replay.PaneScore.Id;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The scores that a topic holds now. */
final class LiveScores {

  private LiveScores() {}

  /** Reads all of them; of a pane that was written twice the later score counts. */
  static Map<Id, PaneScore> read(
      String topic, String bootstrapServers, Map<String, String> clientProperties) {
    Map<String, Object> properties = new HashMap<>(clientProperties);
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("isolation.level", "read_committed");
    Map<Id, PaneScore> scores = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<PartitionInfo> known = consumer.partitionsFor(topic);
      if (known == null || known.isEmpty()) {
        throw CliException.failure("topic " + topic + " does not exist on " + bootstrapServers);
      }
      List<TopicPartition> partitions =
          known.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(
                record -> {
                  PaneScore score = PaneScore.of(record.key(), record.value());
                  scores.put(score.id(), score);
                });
      }
    }
    return scores;
  }
}
