package dev.parallax.ingest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the consumer group is behind the ends of the source topics: what the brokers say, asked
 * again and again on a thread of its own. It is that of the whole group, so every process of it
 * tells the same.
 *
 * <p>What was not heard for a while is not told any more: a number that stands still would look
 * like a reading.
 */
final class IngestLag implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IngestLag.class);

  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
  private static final Duration TOLD_FOR = Duration.ofSeconds(30);

  private final IngestConfig config;
  private final Clock clock;
  private final Thread thread = new Thread(this::run, "parallax-ingest-lag");
  private volatile Heard heard = new Heard(Instant.MIN, Map.of());

  private record Heard(Instant at, Map<String, Long> bySource) {}

  /** One that has not started. */
  IngestLag(IngestConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Records that the group has yet to commit, by source; nothing while the brokers are silent. */
  Map<String, Long> bySource() {
    Heard newest = heard;
    return newest.at().isBefore(clock.instant().minus(TOLD_FOR)) ? Map.of() : newest.bySource();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    Map<String, Object> properties = new HashMap<>(config.client());
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    properties.put(AdminClientConfig.CLIENT_ID_CONFIG, config.applicationId() + "-lag");
    try (Admin admin = Admin.create(properties)) {
      while (!Thread.currentThread().isInterrupted()) {
        ask(admin);
        Thread.sleep(EVERY.toMillis());
      }
    } catch (InterruptedException e) {
      LOG.debug("the lag of ingest is no longer asked for");
    } catch (KafkaException e) {
      LOG.warn("the lag of ingest cannot be asked for: {}", e.getMessage());
    }
  }

  private void ask(Admin admin) throws InterruptedException {
    try {
      heard = new Heard(clock.instant(), bySource(lags(admin)));
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("no answer about the lag of ingest", e);
    }
  }

  private Map<TopicPartition, Long> lags(Admin admin)
      throws InterruptedException, ExecutionException, TimeoutException {
    Set<TopicPartition> partitions = new HashSet<>();
    get(admin.describeTopics(config.sourceTopics()).allTopicNames())
        .forEach(
            (topic, description) ->
                description
                    .partitions()
                    .forEach(info -> partitions.add(new TopicPartition(topic, info.partition()))));
    Map<TopicPartition, OffsetAndMetadata> committed =
        get(admin.listConsumerGroupOffsets(config.applicationId()).partitionsToOffsetAndMetadata());
    Map<TopicPartition, Long> begins = offsets(admin, partitions, OffsetSpec.earliest());
    Map<TopicPartition, Long> lags = new HashMap<>();
    offsets(admin, partitions, OffsetSpec.latest())
        .forEach(
            (partition, end) -> {
              OffsetAndMetadata done = committed.get(partition);
              // What retention has removed will never be read.
              long from = Math.max(done == null ? 0 : done.offset(), begins.get(partition));
              lags.put(partition, Math.max(0, end - from));
            });
    return lags;
  }

  private static Map<TopicPartition, Long> offsets(
      Admin admin, Set<TopicPartition> partitions, OffsetSpec spec)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetSpec> wanted =
        partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> spec));
    Map<TopicPartition, ListOffsetsResultInfo> found =
        get(admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all());
    return found.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
  }

  private Map<String, Long> bySource(Map<TopicPartition, Long> lags) {
    Map<String, Long> bySource = new LinkedHashMap<>();
    for (SourceConfig source : config.sources()) {
      List<String> topics = source.topics();
      bySource.put(
          source.name(),
          lags.entrySet().stream()
              .filter(lag -> topics.contains(lag.getKey().topic()))
              .mapToLong(Map.Entry::getValue)
              .sum());
    }
    return bySource;
  }

  private static <T> T get(KafkaFuture<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
  }
}
