package dev.parallax.cli.demo.stack;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Tells whether the job has read a topic to its end.
 *
 * <p>The end is the offset after the last record, not that after the last commit marker, which a
 * transaction leaves behind and no reader ever commits.
 */
public final class JobProgress implements AutoCloseable {

  /** Offsets looked at from the end for the last record; markers between records are few. */
  private static final long STEP = 64;

  private final Admin admin;
  private final String group;
  private final Map<TopicPartition, Long> ends;

  private JobProgress(Admin admin, String group, Map<TopicPartition, Long> ends) {
    this.admin = admin;
    this.group = group;
    this.ends = ends;
  }

  /** Looks up the end of {@code topic} as it is now. */
  public static JobProgress towardsEndOf(String topic, String bootstrapServers, String group) {
    return new JobProgress(
        Admin.create(Map.of("bootstrap.servers", bootstrapServers)),
        group,
        ends(topic, bootstrapServers));
  }

  private static Map<TopicPartition, Long> ends(String topic, String bootstrapServers) {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
    Map<TopicPartition, Long> ends = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer
          .partitionsFor(topic)
          .forEach(
              info -> {
                TopicPartition partition = new TopicPartition(topic, info.partition());
                ends.put(partition, afterLastRecord(consumer, partition));
              });
    }
    return ends;
  }

  private static long afterLastRecord(
      KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
    consumer.assign(List.of(partition));
    long end = consumer.endOffsets(List.of(partition)).get(partition);
    for (long back = STEP; ; back *= 2) {
      long from = Math.max(0, end - back);
      consumer.seek(partition, from);
      long afterLast = 0;
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          afterLast = record.offset() + 1;
        }
      }
      if (afterLast > 0 || from == 0) {
        return afterLast;
      }
    }
  }

  /** Whether the job has read, and remembered in a checkpoint that it has, every record. */
  public boolean isDone() throws InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed;
    try {
      committed = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    } catch (ExecutionException e) {
      // No checkpoint yet, or a broker that is busy: ask again.
      return false;
    }
    return ends.entrySet().stream()
        .allMatch(
            end -> {
              OffsetAndMetadata offset = committed.get(end.getKey());
              return end.getValue() == 0 || offset != null && offset.offset() >= end.getValue();
            });
  }

  @Override
  public void close() {
    admin.close();
  }
}
