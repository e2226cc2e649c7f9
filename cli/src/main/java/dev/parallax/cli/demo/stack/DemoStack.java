package dev.parallax.cli.demo.stack;

import dev.parallax.cli.CliException;
import dev.parallax.cli.embedded.EmbeddedKafka;
import dev.parallax.core.Topics;
import dev.parallax.core.drift.BaselineWire;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.ingest.IngestApp;
import dev.parallax.ingest.IngestConfig;
import dev.parallax.ingest.IngestCounters;
import dev.parallax.ingest.IngestCounters.SourceCounts;
import dev.parallax.ingest.InputKeySecret;
import dev.parallax.jobs.Monitor;
import dev.parallax.jobs.MonitorConfig;
import dev.parallax.jobs.metrics.FlinkMetrics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/**
 * Broker, ingest and job of a demo, each as it would run in production. The parts are started one
 * by one, so that the demo can say what it does; closing stops whatever was started, last first.
 */
public final class DemoStack implements AutoCloseable {

  /**
   * Known to everyone: the demo's texts are public. It must not change, or kept vectors would not
   * be found.
   */
  private static final byte[] SECRET =
      "the demo's input key secret, which is none".getBytes(StandardCharsets.US_ASCII);

  private static final EventLimits LIMITS =
      EventLimits.DEFAULT.withTimeSpan(Duration.ofMinutes(5), Duration.ofDays(1));

  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(120);

  private final EmbeddedKafka kafka;
  private final Path workDir;
  private final Topics topics = Topics.DEFAULT;
  private final FlinkMetrics jobMetrics = new FlinkMetrics();
  private @Nullable IngestApp ingest;
  private @Nullable Monitor monitor;

  private DemoStack(EmbeddedKafka kafka, Path workDir) {
    this.kafka = kafka;
    this.workDir = workDir;
  }

  /** The secret of the demo's input keys. */
  public static InputKeySecret secret() {
    return InputKeySecret.of(SECRET);
  }

  /**
   * Starts the broker and makes the topics.
   *
   * @param workDir for temporary files
   */
  public static DemoStack start(EmbeddedKafka kafka, Path workDir) {
    DemoStack stack = new DemoStack(kafka, workDir);
    try {
      stack.createTopics();
      return stack;
    } catch (RuntimeException e) {
      kafka.close();
      throw e;
    }
  }

  private void createTopics() {
    Map<String, String> byArrival = Map.of("message.timestamp.type", "LogAppendTime");
    List<NewTopic> wanted =
        List.of(
            // One partition: what ingest reads in order, it writes in order.
            new NewTopic(DemoSettings.SOURCE_TOPIC, 1, (short) 1),
            new NewTopic(topics.events(), DemoSettings.EVENT_PARTITIONS, (short) 1),
            new NewTopic(topics.deadLetters(), 1, (short) 1),
            new NewTopic(topics.scores(), 1, (short) 1).configs(byArrival),
            new NewTopic(topics.alerts(), 1, (short) 1).configs(byArrival),
            new NewTopic(topics.baselines(), 1, (short) 1)
                .configs(Map.of("max.message.bytes", Integer.toString(BaselineWire.MAX_BYTES))));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      admin.createTopics(wanted).all().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        throw CliException.failure("the data folder holds a demo already: choose an empty one");
      }
      throw CliException.failure("the demo's topics cannot be made: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.failure("interrupted while making topics", e);
    }
  }

  /** Where clients connect. */
  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** Names of the topics. */
  public Topics topics() {
    return topics;
  }

  /** Starts ingest on the clock of the traffic and waits until it runs. */
  public void startIngest(Clock clock) throws InterruptedException {
    IngestConfig config =
        IngestConfig.builder(
                bootstrapServers(), workDir.resolve("ingest"), List.of(DemoSettings.SOURCE_TOPIC))
            .applicationId("parallax-ingest")
            .topics(topics)
            .limits(LIMITS)
            .inputKeySecret(secret())
            .forwardInputText(true)
            .build();
    IngestApp app = new IngestApp(config, clock);
    ingest = app;
    app.start();
    if (!app.awaitRunning(START_TIMEOUT)) {
      throw CliException.failure("ingest did not start within " + START_TIMEOUT.toSeconds() + " s");
    }
  }

  /** Starts the job. */
  public void startMonitor(MonitorConfig config) {
    monitor = Monitor.start(config, workDir, jobMetrics);
  }

  /** What ingest has counted; nothing before it was started. */
  public SourceCounts ingested() {
    return counters().snapshot().sources().get(DemoSettings.SOURCE_TOPIC);
  }

  /** What ingest has yet to read, by source. */
  public Map<String, Long> ingestLag() {
    return ingest == null ? Map.of() : ingest.lag();
  }

  /** What Flink measures of the job. */
  public FlinkMetrics jobMetrics() {
    return jobMetrics;
  }

  /** The counters of ingest. */
  public IngestCounters counters() {
    if (ingest == null) {
      throw new IllegalStateException("ingest was not started");
    }
    return ingest.counters();
  }

  /**
   * Fails if a part has died.
   *
   * @throws CliException naming the part
   */
  public void checkHealth() {
    if (ingest != null && ingest.failure().isPresent()) {
      throw CliException.failure("ingest failed", ingest.failure().get());
    }
    if (monitor != null && monitor.done().isCompletedExceptionally()) {
      throw CliException.failure("the monitoring job failed");
    }
  }

  /** Stops ingest after the last record, so that all that it wrote is committed. */
  public void stopIngest() {
    if (ingest != null) {
      ingest.close(STOP_TIMEOUT);
    }
  }

  /** Closes every pane and stops the job. */
  public void drainMonitor() {
    if (monitor != null) {
      monitor.drain(DRAIN_TIMEOUT);
    }
  }

  @Override
  public void close() {
    try {
      if (monitor != null) {
        monitor.close();
      }
    } finally {
      try {
        stopIngest();
      } finally {
        kafka.close();
      }
    }
  }
}
