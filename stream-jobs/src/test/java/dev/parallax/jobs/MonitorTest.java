package dev.parallax.jobs;

import static dev.parallax.jobs.TestKafka.await;
import static dev.parallax.jobs.TestKafka.awaitAsserted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting and stopping the job in this process. */
class MonitorTest {

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

  /** Threads of the job, of Flink and of Kafka clients, but those of Flink that all jobs share. */
  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(JOB_THREAD.asMatchPredicate())
        .filter(name -> !name.startsWith("FlinkCompletableFutureDelayScheduler"))
        .collect(Collectors.toCollection(TreeSet::new));
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
    MonitorConfig config = kafka.job("closed", workDir);
    Path tmp = Path.of(System.getProperty("java.io.tmpdir"));
    // Its native library stays unpacked until the process ends.
    OrtEnvironment.getEnvironment();
    List<Path> filesBefore = filesIn(tmp);
    Set<String> threadsBefore = threads();

    Monitor monitor = Monitor.start(config, workDir);
    assertThat(monitor.isHealthy()).isTrue();
    monitor.close();

    // The last threads of Flink's actors end a moment after all that they did.
    awaitAsserted(
        () ->
            assertThat(threads()).filteredOn(thread -> !threadsBefore.contains(thread)).isEmpty());
    assertThat(filesIn(tmp)).isEqualTo(filesBefore);
    assertThat(monitor.isHealthy()).isFalse();
    assertThat(monitor.done()).isCompletedExceptionally();
    assertThatCode(monitor::close).doesNotThrowAnyException();
    assertThatThrownBy(() -> monitor.drain(TestKafka.LIMIT))
        .isInstanceOf(MonitorException.class)
        .hasMessage("the monitoring job did not finish");
  }

  @Test
  void drainedItHasEndedWellAndMayBeDrainedAndClosedAgain() throws Exception {
    Path workDir = dir.resolve("drained");
    MonitorConfig config = kafka.job("drained", workDir);
    kafka.send(World.records(World.events("drained").subList(0, 200)));

    FailOnce watch = FailOnce.create();
    try (Monitor monitor =
        Monitor.start(config, workDir, source -> source.map(watch).uid("watch"))) {
      await(watch::checkpointed);
      monitor.drain(TestKafka.LIMIT);
      List<String> scores = kafka.readValues(config.topics().scores());
      assertThat(scores).isNotEmpty();

      monitor.drain(TestKafka.LIMIT);
      assertThat(monitor.isHealthy()).isFalse();
      assertThat(monitor.done()).isCompleted();
      assertThat(kafka.readValues(config.topics().scores())).isEqualTo(scores);
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
    MonitorConfig config = World.config(kafka.bootstrapServers(), "nowhere", 1, dir);

    assertThatThrownBy(() -> Monitor.start(config, dir.resolve("missing")))
        .isInstanceOf(MonitorException.class)
        .hasMessage("topic nowhere does not exist on " + kafka.bootstrapServers());
  }
}
