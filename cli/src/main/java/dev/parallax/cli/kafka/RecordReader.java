package dev.parallax.cli.kafka;

import dev.parallax.cli.CliException;
import dev.parallax.cli.config.KafkaSection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads committed records by their position, for people who look at topics: it joins no group and
 * leaves no trace on the brokers. Belongs to one thread; close it after use.
 */
public final class RecordReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final String bootstrapServers;
  private final KafkaConsumer<byte @Nullable [], byte @Nullable []> consumer;
  private Duration idle = Duration.ZERO;

  private RecordReader(
      String bootstrapServers, KafkaConsumer<byte @Nullable [], byte @Nullable []> consumer) {
    this.bootstrapServers = bootstrapServers;
    this.consumer = consumer;
  }

  /**
   * A reader.
   *
   * @throws CliException if an address cannot be resolved or a client property is wrong
   */
  public static RecordReader connect(KafkaSection kafka) {
    Map<String, Object> settings = new HashMap<>(kafka.clientProperties());
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "parallax");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) Brokers.PATIENCE.toMillis());
    try {
      return new RecordReader(
          kafka.bootstrapServers(),
          new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    } catch (KafkaException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw CliException.failure(
          "cannot connect to " + kafka.bootstrapServers() + ": " + reason.getMessage(), e);
    }
  }

  /** The partitions of a topic; none if it does not exist. */
  public List<TopicPartition> partitions(String topic) {
    List<PartitionInfo> known = asked(() -> consumer.partitionsFor(topic));
    return known == null
        ? List.of()
        : known.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
  }

  /** The offset of the first record that each partition still has. */
  public Map<TopicPartition, Long> beginnings(List<TopicPartition> partitions) {
    return asked(() -> consumer.beginningOffsets(partitions));
  }

  /** The offset behind the last record of each partition. */
  public Map<TopicPartition, Long> ends(List<TopicPartition> partitions) {
    return asked(() -> consumer.endOffsets(partitions));
  }

  /**
   * Reads a topic up to its present end.
   *
   * @param from Kafka's time of the first records to read
   */
  public void readAll(
      String topic,
      Instant from,
      Consumer<ConsumerRecord<byte @Nullable [], byte @Nullable []>> records) {
    List<TopicPartition> partitions = partitions(topic);
    Map<TopicPartition, Long> starts = new HashMap<>(beginnings(partitions));
    if (from.isAfter(Instant.EPOCH)) {
      Map<TopicPartition, Long> times =
          partitions.stream().collect(Collectors.toMap(p -> p, p -> from.toEpochMilli()));
      Map<TopicPartition, Long> ends = ends(partitions);
      asked(() -> consumer.offsetsForTimes(times))
          .forEach((p, at) -> starts.put(p, at == null ? ends.get(p) : Long.valueOf(at.offset())));
    }
    read(starts, ends(partitions), records);
  }

  /**
   * Reads the newest records of a topic.
   *
   * @param perPartition at most this many of each partition
   */
  public void readNewest(
      String topic,
      int perPartition,
      Consumer<ConsumerRecord<byte @Nullable [], byte @Nullable []>> records) {
    List<TopicPartition> partitions = partitions(topic);
    Map<TopicPartition, Long> beginnings = beginnings(partitions);
    Map<TopicPartition, Long> ends = ends(partitions);
    Map<TopicPartition, Long> starts = new HashMap<>();
    partitions.forEach(p -> starts.put(p, Math.max(beginnings.get(p), ends.get(p) - perPartition)));
    read(starts, ends, records);
  }

  /**
   * Reads from one position of each partition to another.
   *
   * @param starts offsets of the first records
   * @param ends offsets behind the last
   */
  public void read(
      Map<TopicPartition, Long> starts,
      Map<TopicPartition, Long> ends,
      Consumer<ConsumerRecord<byte @Nullable [], byte @Nullable []>> records) {
    consumer.assign(starts.keySet());
    starts.forEach(consumer::seek);
    List<TopicPartition> open = new ArrayList<>(starts.keySet());
    while (true) {
      open.removeIf(partition -> asked(() -> consumer.position(partition)) >= ends.get(partition));
      if (open.isEmpty()) {
        return;
      }
      for (ConsumerRecord<byte @Nullable [], byte @Nullable []> record : poll()) {
        if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
          records.accept(record);
        }
      }
    }
  }

  /**
   * Reads single records of one partition; those that are not there any more are passed over.
   *
   * @param offsets of the records
   */
  public void readAt(
      TopicPartition partition,
      NavigableSet<Long> offsets,
      Consumer<ConsumerRecord<byte @Nullable [], byte @Nullable []>> records) {
    if (partitions(partition.topic()).stream().noneMatch(partition::equals)) {
      return;
    }
    long beginning = beginnings(List.of(partition)).get(partition);
    long end = ends(List.of(partition)).get(partition);
    consumer.assign(List.of(partition));
    Long next = offsets.ceiling(beginning);
    boolean isSought = false;
    while (next != null && next < end) {
      if (!isSought) {
        consumer.seek(partition, next);
      }
      for (ConsumerRecord<byte @Nullable [], byte @Nullable []> record : poll()) {
        if (offsets.contains(record.offset())) {
          records.accept(record);
        }
      }
      long position = asked(() -> consumer.position(partition));
      next = offsets.ceiling(Math.max(next, position));
      isSought = next != null && next == position;
    }
  }

  private ConsumerRecords<byte @Nullable [], byte @Nullable []> poll() {
    long before = sumOfPositions();
    ConsumerRecords<byte @Nullable [], byte @Nullable []> records =
        asked(() -> consumer.poll(POLL));
    idle = records.isEmpty() && sumOfPositions() == before ? idle.plus(POLL) : Duration.ZERO;
    if (idle.compareTo(Brokers.PATIENCE) > 0) {
      throw CliException.failure(
          bootstrapServers
              + " gives no records of "
              + consumer.assignment()
              + " within "
              + Brokers.PATIENCE.toSeconds()
              + " s");
    }
    return records;
  }

  private long sumOfPositions() {
    return consumer.assignment().stream().mapToLong(p -> asked(() -> consumer.position(p))).sum();
  }

  private <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (KafkaException e) {
      throw CliException.failure(bootstrapServers + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
