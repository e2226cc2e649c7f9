package dev.parallax.ingest;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running application: {@link IngestTopology} with exactly-once processing.
 *
 * <p>A stream thread that fails is replaced and processes its open transaction again, after the
 * session timeout of the consumer group: a failed thread does not leave its group by itself. After
 * five replacements within ten minutes, or when a source topic has gone, the application stops and
 * is no longer {@linkplain #isHealthy() healthy}; {@link #failure()} says why. It starts once; to
 * start again, make another one.
 */
public final class IngestApp implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IngestApp.class);
  private static final Duration BROKER_TIMEOUT = Duration.ofSeconds(15);
  private static final int MOST_REPLACEMENTS = 5;
  private static final Duration REPLACEMENTS_WITHIN = Duration.ofMinutes(10);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final IngestConfig config;
  private final Clock clock;
  private final IngestCounters counters;
  private final ThreadReplacements replacements;
  private final IngestLag lag;
  private final CountDownLatch settled = new CountDownLatch(1);
  private volatile @Nullable KafkaStreams streams;
  private volatile @Nullable Throwable failure;

  /** An application that is not running yet. */
  public IngestApp(IngestConfig config, Clock clock) {
    this(config, clock, new ThreadReplacements(MOST_REPLACEMENTS, REPLACEMENTS_WITHIN, clock));
  }

  IngestApp(IngestConfig config, Clock clock, ThreadReplacements replacements) {
    this.config = config;
    this.clock = clock;
    this.counters = new IngestCounters(config.sourceNames());
    this.replacements = replacements;
    this.lag = new IngestLag(config, Clock.systemUTC());
  }

  /** What became of the records so far, live. */
  public IngestCounters counters() {
    return counters;
  }

  /**
   * Records of the source topics that its consumer group has yet to read and commit, by source, as
   * the brokers said within the last half minute; empty where they did not.
   */
  public Map<String, Long> lag() {
    return lag.bySource();
  }

  /**
   * Checks the topics and starts; returns before the first record is read.
   *
   * @throws IngestStartException if a topic is missing, no broker answers or another process uses
   *     the state directory
   * @throws IllegalStateException if it was started before
   */
  public synchronized void start() {
    if (streams != null) {
      throw new IllegalStateException("ingest was started before");
    }
    new TopicCheck(config, BROKER_TIMEOUT).run();
    try {
      KafkaStreams starting =
          new KafkaStreams(
              IngestTopology.build(config, clock, counters), StreamsProperties.of(config));
      starting.setUncaughtExceptionHandler(this::onUncaught);
      starting.setStateListener((now, before) -> onState(now));
      streams = starting;
      starting.start();
      lag.start();
    } catch (StreamsException e) {
      throw new IngestStartException("ingest cannot start: " + e.getMessage(), e);
    }
  }

  /**
   * Waits until the partitions are assigned and the memory of accepted events is restored.
   *
   * @return whether it is running; false if the time is up first
   * @throws IngestStartException if it failed instead
   */
  public boolean awaitRunning(Duration timeout) throws InterruptedException {
    if (!settled.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
      return false;
    }
    if (!isHealthy()) {
      throw new IngestStartException("ingest stopped: " + failure, failure);
    }
    return true;
  }

  /** Whether it was started and neither failed nor was closed. */
  public boolean isHealthy() {
    KafkaStreams current = streams;
    return current != null && current.state().isRunningOrRebalancing();
  }

  /**
   * Whether its partitions are assigned and its memory is restored, so that records are processed;
   * false for a moment whenever partitions move.
   */
  public boolean isRunning() {
    KafkaStreams current = streams;
    return current != null && current.state() == KafkaStreams.State.RUNNING;
  }

  /** The last failure of a stream thread, also of one that was replaced. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * Commits what is done, leaves the consumer group and stops. A process with a group instance id
   * stays a member, so that its return is no rebalance.
   *
   * @return whether everything stopped in time
   */
  public synchronized boolean close(Duration timeout) {
    KafkaStreams current = streams;
    if (current == null) {
      return true;
    }
    lag.close();
    GroupMembershipOperation membership =
        config.groupInstanceId().isPresent()
            ? GroupMembershipOperation.REMAIN_IN_GROUP
            : GroupMembershipOperation.LEAVE_GROUP;
    return current.close(CloseOptions.timeout(timeout).withGroupMembershipOperation(membership));
  }

  /** Closes within ten seconds. */
  @Override
  public void close() {
    if (!close(CLOSE_TIMEOUT)) {
      LOG.warn("ingest did not stop within {}", CLOSE_TIMEOUT);
    }
  }

  private StreamThreadExceptionResponse onUncaught(Throwable thrown) {
    failure = thrown;
    if (!(thrown instanceof MissingSourceTopicException) && replacements.allowOne()) {
      LOG.warn("a stream thread failed and is replaced", thrown);
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    LOG.error("a stream thread failed, ingest stops", thrown);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private void onState(KafkaStreams.State state) {
    LOG.info("ingest is {}", state);
    if (state == KafkaStreams.State.RUNNING || state.hasCompletedShutdown()) {
      settled.countDown();
    }
  }
}
