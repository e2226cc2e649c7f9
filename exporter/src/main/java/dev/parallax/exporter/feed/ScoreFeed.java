package dev.parallax.exporter.feed;

import dev.parallax.core.drift.Alert;
import dev.parallax.core.drift.BaselineWire;
import dev.parallax.core.drift.Score;
import dev.parallax.exporter.ExporterConfig;
import dev.parallax.exporter.fleet.FleetState;
import dev.parallax.exporter.fleet.RecordOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the scores, alerts and baselines topics from their beginning into the fleet, on one thread.
 *
 * <p>It reads committed records only, from every partition, in no consumer group: any number of
 * exporters can run side by side and each sees everything. A record that cannot be read is counted
 * and passed over. When the brokers or topics are not there it keeps trying, goes on where it was,
 * and says so in {@link #status()}.
 */
public final class ScoreFeed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ScoreFeed.class);

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration CHECK_EVERY = Duration.ofSeconds(5);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  private final ExporterConfig config;
  private final FleetState fleet;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "parallax-score-feed");

  private final OutcomeCounts scores = new OutcomeCounts();
  private final OutcomeCounts alerts = new OutcomeCounts();
  private final OutcomeCounts baselines = new OutcomeCounts();
  private volatile boolean running;
  private volatile boolean connected;
  private volatile boolean caughtUp;
  private volatile @Nullable String problem = "connecting";
  private volatile @Nullable Consumer<byte[], byte[]> current;

  /** Next offset per partition, so that a new connection goes on where the last one ended. */
  private final Map<TopicPartition, Long> next = new HashMap<>();

  /** A feed that has not started. */
  public ScoreFeed(ExporterConfig config, FleetState fleet) {
    this.config = config;
    this.fleet = fleet;
    thread.setDaemon(true);
  }

  /**
   * Starts reading. Brokers that do not answer are no error: see {@link #status()}.
   *
   * @throws KafkaException if the client settings are wrong
   */
  public void start() {
    current = connect();
    thread.start();
  }

  /** How the reading goes. */
  public FeedStatus status() {
    return new FeedStatus(
        running,
        connected,
        caughtUp,
        Optional.ofNullable(problem),
        scores.counts(),
        alerts.counts(),
        baselines.counts());
  }

  /** Stops reading, at the latest after ten seconds; mostly at once. */
  @Override
  public void close() {
    closing.countDown();
    Consumer<byte[], byte[]> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      thread.join(STOP_WITHIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    running = true;
    try {
      while (!isClosing()) {
        readOnce();
        pause();
      }
    } finally {
      running = false;
      connected = false;
    }
  }

  /** Reads with one client until closed, or until the client gives up. */
  private void readOnce() {
    try {
      Consumer<byte[], byte[]> consumer = current == null ? connect() : current;
      current = consumer;
      try {
        follow(consumer);
      } finally {
        current = null;
        consumer.close(CloseOptions.timeout(Duration.ZERO));
      }
    } catch (WakeupException | InterruptException e) {
      closing.countDown();
    } catch (KafkaException e) {
      failed(e.getMessage());
    }
  }

  private void follow(Consumer<byte[], byte[]> consumer) {
    Backlog backlog = new Backlog();
    long checkAt = System.nanoTime();
    while (!isClosing()) {
      if (System.nanoTime() - checkAt >= 0) {
        boolean complete = check(consumer, backlog);
        checkAt = System.nanoTime() + (complete ? CHECK_EVERY : RETRY_AFTER).toNanos();
      }
      if (consumer.assignment().isEmpty()) {
        pause();
        continue;
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        take(record);
      }
      for (TopicPartition partition : consumer.assignment()) {
        next.put(partition, consumer.position(partition, ANSWER));
      }
      caughtUp = caughtUp || backlog.isRead(next);
    }
  }

  /**
   * Asks the brokers for the partitions and their ends: finds new partitions, and finds out whether
   * anybody is there, which polling does not tell.
   *
   * @return whether all topics exist and the brokers answered
   */
  private boolean check(Consumer<byte[], byte[]> consumer, Backlog backlog) {
    try {
      Set<TopicPartition> wanted = new HashSet<>();
      boolean complete = true;
      String missing = "";
      for (String topic : topics()) {
        Set<TopicPartition> found = partitions(consumer, topic);
        wanted.addAll(found);
        if (found.isEmpty()) {
          complete = false;
          missing = topic;
        }
      }
      assign(consumer, wanted);
      Map<TopicPartition, Long> ends = consumer.endOffsets(wanted, ANSWER);
      connected = true;
      problem = complete ? null : "topic " + missing + " does not exist yet";
      if (complete) {
        backlog.setOnce(ends);
      }
      return complete;
    } catch (TimeoutException e) {
      failed("no answer from " + config.bootstrapServers());
      return false;
    }
  }

  private List<String> topics() {
    return List.of(config.topics().scores(), config.topics().alerts(), config.topics().baselines());
  }

  private static Set<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
    Set<TopicPartition> partitions = new HashSet<>();
    consumer
        .partitionsFor(topic, ANSWER)
        .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    return partitions;
  }

  private void assign(Consumer<byte[], byte[]> consumer, Set<TopicPartition> wanted) {
    Set<TopicPartition> before = consumer.assignment();
    if (wanted.equals(before)) {
      return;
    }
    consumer.assign(wanted);
    Set<TopicPartition> added = new HashSet<>(wanted);
    added.removeAll(before);
    for (TopicPartition partition : added) {
      Long offset = next.get(partition);
      if (offset == null) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, offset);
      }
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(config.topics().scores())) {
      scores.add(takeScore(record));
    } else if (record.topic().equals(config.topics().alerts())) {
      alerts.add(takeAlert(record));
    } else {
      baselines.add(takeBaseline(record));
    }
  }

  private RecordOutcome takeScore(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return record.key() == null
          ? RecordOutcome.MALFORMED
          : fleet.remove(new String(record.key(), StandardCharsets.UTF_8));
    }
    if (!(ScoreReader.read(record.value()) instanceof ReadResult.Value<Score> read)) {
      return RecordOutcome.MALFORMED;
    }
    // Only the broker's own time says when a score arrived: producers may write event time.
    return record.timestampType() == TimestampType.LOG_APPEND_TIME
        ? fleet.accept(read.value(), Instant.ofEpochMilli(record.timestamp()))
        : fleet.accept(read.value());
  }

  private RecordOutcome takeAlert(ConsumerRecord<byte[], byte[]> record) {
    return record.value() != null
            && AlertReader.read(record.value()) instanceof ReadResult.Value<Alert> read
        ? fleet.accept(read.value())
        : RecordOutcome.MALFORMED;
  }

  private RecordOutcome takeBaseline(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return record.key() == null
          ? RecordOutcome.MALFORMED
          : fleet.removeBaseline(new String(record.key(), StandardCharsets.UTF_8));
    }
    try {
      return fleet.accept(BaselineWire.readWithoutContent(record.value()));
    } catch (IOException e) {
      return RecordOutcome.MALFORMED;
    }
  }

  private void failed(@Nullable String message) {
    connected = false;
    String text = message == null ? "unknown" : message;
    if (!text.equals(problem)) {
      LOG.warn("Cannot read {}: {}", config.topics().scores(), text);
    }
    problem = text;
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  /** Waits before the next try, or until closed. */
  private void pause() {
    try {
      closing.await(RETRY_AFTER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing.countDown();
    }
  }

  private Consumer<byte[], byte[]> connect() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "parallax-exporter");
    settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, "30000");
    settings.putAll(config.clientProperties());
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
