package dev.parallax.jobs;

import static dev.parallax.jobs.TestKafka.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.jobs.metrics.FlinkFamily;
import dev.parallax.jobs.metrics.FlinkMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job in this process tells of itself, against a real broker. */
class MonitorHealthTest {

  /** What a label may be called: nothing that differs from one start to the next. */
  private static final Set<String> LABELS =
      Set.of(
          "job_name",
          "task_name",
          "operator_name",
          "subtask_index",
          "topic",
          "partition",
          "split",
          "outcome",
          "quantile");

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

  @Test
  void aRunningJobTellsWhatItsDocumentationSaysToWatch() throws Exception {
    MonitorConfig config = kafka.job("watched", dir.resolve("watched"));
    FlinkMetrics metrics = new FlinkMetrics();
    assertThat(metrics.families()).isEmpty();
    assertThat(metrics.encodeBatches().counts()).containsOnly(0L);

    try (Monitor monitor = Monitor.start(config, dir.resolve("watched"), metrics)) {
      assertThat(monitor.whyUnhealthy()).isEmpty();
      kafka.send(World.records(World.events("watched")));
      await(() -> monitor.whyNotReady().isEmpty());
      await(() -> sum(metrics.scoreBatches().counts()) > 0);
      await(() -> names(metrics).containsAll(documented()));
      await(() -> value(metrics, "flink_jobmanager_job_numberOfCompletedCheckpoints") > 0);

      assertThat(sum(metrics.encodeBatches().counts())).isPositive();
      assertThat(metrics.encodeBatches().sumSeconds()).isPositive();
      assertThat(value(metrics, "flink_jobmanager_numRunningJobs")).isEqualTo(1);
      assertThat(value(metrics, "flink_jobmanager_job_numRestarts")).isZero();
      checkSamples(metrics.families());
    }
    assertThat(metrics.families()).noneMatch(family -> family.name().contains("_job_task_"));
  }

  @Test
  void aJobThatFailsAgainAndAgainIsNotHealthy() throws Exception {
    MonitorConfig config = kafka.job("hopeless", dir.resolve("hopeless"));
    FlinkMetrics metrics = new FlinkMetrics();
    FailAlways fault = new FailAlways();
    try (Monitor monitor =
        Monitor.start(
            config, dir.resolve("hopeless"), metrics, source -> source.map(fault).uid("fault"))) {
      assertThat(monitor.isHealthy()).isTrue();
      kafka.send(World.records(World.events("hopeless").subList(0, 10)));

      await(() -> metrics.restarts() > 0);
      assertThat(monitor.isHealthy()).isTrue();
      await(() -> !monitor.isHealthy());

      String why = "the monitoring job fails again and again: 5 restarts within 10 minutes";
      assertThat(metrics.restarts()).isGreaterThanOrEqualTo(5);
      assertThat(monitor.whyUnhealthy()).hasValue(why);
      assertThat(monitor.whyNotReady()).hasValue(why);
      assertThat(monitor.done()).isNotDone();
      checkSamples(metrics.families());
    }
  }

  /** As strict as a scrape is: no sample twice, every value finite, labels bounded. */
  private static void checkSamples(List<FlinkFamily> families) {
    assertThat(families).extracting(FlinkFamily::name).doesNotHaveDuplicates();
    for (FlinkFamily family : families) {
      assertThat(family.name()).matches("flink_(jobmanager|taskmanager)_[a-zA-Z0-9_:]+");
      Set<Object> seen = new HashSet<>();
      for (FlinkFamily.Sample sample : family.samples()) {
        assertThat(seen.add(List.of(sample.name(), sample.labels()))).as("%s", sample).isTrue();
        assertThat(sample.value()).as("%s", sample).isFinite();
        assertThat(LABELS).as("%s", sample).containsAll(sample.labels().keySet());
      }
    }
  }

  private static Set<String> documented() {
    try {
      return Files.readAllLines(Path.of("..", "docs", "metrics.md")).stream()
          .flatMap(line -> Pattern.compile("^\\| `(flink_\\w+)").matcher(line).results())
          .map((MatchResult match) -> match.group(1))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> names(FlinkMetrics metrics) {
    return metrics.families().stream()
        .map(FlinkFamily::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static double value(FlinkMetrics metrics, String name) {
    return metrics.families().stream()
        .filter(family -> family.name().equals(name))
        .flatMap(family -> family.samples().stream())
        .mapToDouble(FlinkFamily.Sample::value)
        .max()
        .orElse(-1);
  }

  private static long sum(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}
