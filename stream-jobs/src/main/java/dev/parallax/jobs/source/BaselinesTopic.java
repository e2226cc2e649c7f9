package dev.parallax.jobs.source;

import dev.parallax.core.drift.BaselineRecord;
import dev.parallax.core.drift.BaselineWire;
import dev.parallax.jobs.MonitorConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the baselines topic holds now. It is read whole, once, by each task of a job that starts
 * without state; a topic that is not there holds nothing.
 */
public final class BaselinesTopic implements PastBaselines {

  private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(BaselinesTopic.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private final MonitorConfig config;

  /** The topic of a configuration. */
  public BaselinesTopic(MonitorConfig config) {
    this.config = config;
  }

  @Override
  public void read(Consumer<BaselineRecord> records) {
    Map<String, Object> properties = new HashMap<>(config.clientProperties());
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    String topic = config.topics().baselines();
    try (KafkaConsumer<byte[], byte @Nullable []> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<PartitionInfo> known = consumer.partitionsFor(topic);
      if (known == null) {
        return;
      }
      List<TopicPartition> partitions =
          known.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(POLL).forEach(record -> read(record, records));
      }
    }
  }

  private static void read(
      ConsumerRecord<byte[], byte @Nullable []> record, Consumer<BaselineRecord> records) {
    byte @Nullable [] value = record.value();
    if (value == null) {
      return;
    }
    try {
      BaselineWire.readRecord(value).ifPresent(records);
    } catch (IOException e) {
      LOG.warn(
          "{}-{}@{} is passed over: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
    }
  }
}
