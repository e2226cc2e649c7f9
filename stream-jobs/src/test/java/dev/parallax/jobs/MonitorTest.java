package dev.parallax.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import dev.parallax.core.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting and stopping the job in this process. */
class MonitorTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern JOB_THREAD =
      Pattern.compile(
          ".*(flink|pekko|mini-cluster|Source: |merge-sample|kafka-admin|kafka-producer|Writer).*",
          Pattern.CASE_INSENSITIVE);

  @TempDir private static Path dir;
  private static TestKafka kafka;

  @BeforeAll
  static void startKafka() throws Exception {
    kafka = TestKafka.start();
  }

  @AfterAll
  static void stopKafka() throws Exception {
    kafka.close();
  }

  private static MonitorConfig config(String events, Path workDir) {
    return World.config(kafka.bootstrapServers(), events, 1, workDir);
  }

  private static MonitorConfig withTopics(String events, Path workDir) throws Exception {
    MonitorConfig config = config(events, workDir);
    Topics topics = config.topics();
    for (String topic :
        List.of(
            topics.events(),
            topics.scores(),
            topics.alerts(),
            topics.baselines(),
            topics.deadLetters())) {
      kafka.createTopic(topic, 1);
    }
    return config;
  }

  /** Threads of the job, of Flink and of Kafka clients, but those of Flink that all jobs share. */
  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(JOB_THREAD.asMatchPredicate())
        .filter(name -> !name.startsWith("FlinkCompletableFutureDelayScheduler"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for %s", LIMIT).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private static List<Path> filesIn(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  @Test
  void closedItIsGoneAndMayBeClosedAgain() throws Exception {
    Path workDir = dir.resolve("closed");
    MonitorConfig config = withTopics("closed", workDir);
    Path tmp = Path.of(System.getProperty("java.io.tmpdir"));
    // Its native library stays unpacked until the process ends.
    OrtEnvironment.getEnvironment();
    List<Path> filesBefore = filesIn(tmp);
    Set<String> threadsBefore = threads();

    Monitor monitor = Monitor.start(config, workDir);
    assertThat(monitor.isHealthy()).isTrue();
    monitor.close();

    assertThat(threads()).filteredOn(thread -> !threadsBefore.contains(thread)).isEmpty();
    assertThat(filesIn(tmp)).isEqualTo(filesBefore);
    assertThat(monitor.isHealthy()).isFalse();
    assertThat(monitor.done()).isCompletedExceptionally();
    assertThatCode(monitor::close).doesNotThrowAnyException();
    assertThatThrownBy(() -> monitor.drain(LIMIT))
        .isInstanceOf(MonitorException.class)
        .hasMessage("the monitoring job did not finish");
  }

  @Test
  void drainedItHasEndedWellAndMayBeDrainedAndClosedAgain() throws Exception {
    Path workDir = dir.resolve("drained");
    MonitorConfig config = withTopics("drained", workDir);
    kafka.send(World.records(World.events("drained").subList(0, 200)));

    FailOnce watch = FailOnce.create();
    try (Monitor monitor =
        Monitor.start(config, workDir, source -> source.map(watch).uid("watch"))) {
      await(watch::checkpointed);
      monitor.drain(LIMIT);
      List<String> scores = kafka.readValues(config.topics().scores());
      assertThat(scores).isNotEmpty();

      monitor.drain(LIMIT);
      assertThat(monitor.isHealthy()).isFalse();
      assertThat(monitor.done()).isCompleted();
      assertThat(kafka.readValues(config.topics().scores())).isEqualTo(scores);
    }
  }

  @Test
  void aTimeWithoutAnyEventsDoesNotEndTheScores() throws Exception {
    Path workDir = dir.resolve("quiet");
    MonitorConfig config =
        World.withIdleTimeout(withTopics("quiet", workDir), Duration.ofSeconds(2));
    FailOnce watch = FailOnce.create();
    try (Monitor monitor =
        Monitor.start(config, workDir, source -> source.map(watch).uid("watch"))) {
      List<World.Sent> events = World.events("quiet");
      kafka.send(World.records(events.subList(0, 1)));
      await(watch::checkpointed);
      // Long enough for every partition to be idle.
      Thread.sleep(6_000);
      kafka.send(World.records(events.subList(1, events.size())));

      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (kafka.readValues(config.topics().scores()).isEmpty()) {
        assertThat(System.nanoTime()).as("waited for %s", LIMIT).isLessThan(deadline);
        Thread.sleep(200);
      }
      assertThat(monitor.isHealthy()).isTrue();
    }
  }

  @Test
  void brokersThatDoNotAnswerAreNamedAtOnce() {
    MonitorConfig config =
        World.config(
            "127.0.0.1:1",
            Map.of("default.api.timeout.ms", "1000", "request.timeout.ms", "1000"),
            "events",
            1,
            dir);

    assertThatThrownBy(() -> Monitor.start(config, dir.resolve("unreachable")))
        .isInstanceOf(MonitorException.class)
        .hasMessage("no broker answers at 127.0.0.1:1");
    assertThatThrownBy(() -> Replay.run(config, dir.resolve("unreachable"), score -> {}))
        .isInstanceOf(MonitorException.class)
        .hasMessage("no broker answers at 127.0.0.1:1");
  }

  @Test
  void aTopicThatIsNotThereIsNamedAtOnce() {
    MonitorConfig config = config("nowhere", dir);

    assertThatThrownBy(() -> Monitor.start(config, dir.resolve("missing")))
        .isInstanceOf(MonitorException.class)
        .hasMessage("topic nowhere does not exist on " + kafka.bootstrapServers());
  }
}
