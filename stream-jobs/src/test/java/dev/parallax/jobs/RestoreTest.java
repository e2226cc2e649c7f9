package dev.parallax.jobs;

import static dev.parallax.jobs.TestKafka.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.jobs.source.SourceRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a monitor goes on from, and what it says when it cannot. */
class RestoreTest {

  private static final Restore LATEST = new Restore.Latest();

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

  private static Path folder(MonitorConfig config) {
    return dir.resolve(config.topics().events()).resolve("checkpoints").resolve(config.groupId());
  }

  private static Monitor start(MonitorConfig config) {
    return Monitor.start(config, dir.resolve("work"));
  }

  private static <T> UnaryOperator<DataStream<SourceRecord>> keeping(
      TypeInformation<T> type, T value) {
    return events -> events.map(new Keeper<>(type, value)).uid("keeper");
  }

  private static Monitor start(
      MonitorConfig config, UnaryOperator<DataStream<SourceRecord>> between) {
    return Monitor.start(config, dir.resolve("work"), between);
  }

  /** The complete checkpoints of a run, the last first. */
  private static List<Path> checkpoints(Path run) throws IOException {
    if (!Files.exists(run)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(run)) {
      return entries
          .filter(entry -> Files.exists(entry.resolve("_metadata")))
          .sorted((a, b) -> Long.compare(number(b), number(a)))
          .toList();
    }
  }

  private static long number(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().substring("chk-".length()));
  }

  /** Runs a job until it has a checkpoint, stops it and returns the checkpoint it leaves. */
  private static Path stopAfterCheckpoint(Monitor monitor, Path run) throws Exception {
    try (monitor) {
      await(() -> !checkpoints(run).isEmpty());
    }
    return checkpoints(run).get(0);
  }

  private static List<String> runs(MonitorConfig config) throws IOException {
    try (Stream<Path> entries = Files.list(folder(config))) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.startsWith("run-"))
          .sorted()
          .toList();
    }
  }

  @Test
  void eachRunGoesOnFromTheLastAndOnlyTheNewestCheckpointIsKept() throws Exception {
    MonitorConfig config = kafka.job("runs", dir.resolve("runs"));
    Path first = stopAfterCheckpoint(start(config), folder(config).resolve("run-1"));
    assertThat(checkpoints(first.getParent())).containsExactly(first);

    Monitor second = start(config);
    assertThat(second.restoredFrom()).contains(first);
    Path newest = stopAfterCheckpoint(second, folder(config).resolve("run-2"));
    assertThat(checkpoints(first.getParent())).isEmpty();
    assertThat(number(newest)).isGreaterThan(number(first));

    try (Monitor third = start(config)) {
      assertThat(third.restoredFrom()).contains(newest);
      assertThat(runs(config)).containsExactly("run-2", "run-3");
    }
  }

  @Test
  void itBeginsAnewOrFromACertainCheckpointWhenAsked() throws Exception {
    MonitorConfig config = kafka.job("asked", dir.resolve("asked"));
    Path first = stopAfterCheckpoint(start(config), folder(config).resolve("run-1"));

    Monitor anew = start(World.with(config, config.seed() + 1, new Restore.Nothing()));
    assertThat(anew.restoredFrom()).isEmpty();
    stopAfterCheckpoint(anew, folder(config).resolve("run-2"));
    assertThat(first).exists();

    Restore certain = new Restore.Snapshot(first.toString());
    Monitor again = start(World.with(config, config.seed(), certain));
    assertThat(again.restoredFrom()).contains(first);
    Path newest = stopAfterCheckpoint(again, folder(config).resolve("run-3"));
    assertThat(first).exists();
    try (Monitor latest = start(config)) {
      assertThat(latest.restoredFrom()).contains(newest);
    }
  }

  @Test
  void twoProcessesDoNotShareCheckpoints() throws Exception {
    MonitorConfig config = kafka.job("shared", dir.resolve("shared"));
    try (Monitor first = start(config)) {
      assertThatThrownBy(() -> start(config))
          .isInstanceOf(MonitorException.class)
          .hasMessage(
              "checkpoints in "
                  + folder(config)
                  + ": in use by another monitor that has not ended");
      assertThat(first.isHealthy()).isTrue();
    }
    start(config).close();
  }

  @Test
  void aCheckpointOfAnotherJobOrOfOtherStateIsRefusedAndStays() throws Exception {
    MonitorConfig config = kafka.job("shape", dir.resolve("shape"));
    Path run = folder(config).resolve("run-1");
    Path checkpoint = stopAfterCheckpoint(start(config, keeping(Types.STRING, "kept")), run);

    String refused =
        "the monitoring job cannot go on from checkpoint "
            + checkpoint
            + "; if it is of another version, monitor.restore=none starts afresh, with new"
            + " baselines: ";
    assertThatThrownBy(() -> start(config))
        .isInstanceOf(MonitorException.class)
        .hasMessageStartingWith(refused)
        .hasMessageContaining("the operator is not available in the new program");
    assertThatThrownBy(() -> start(config, keeping(Types.LONG, 1L)))
        .isInstanceOf(MonitorException.class)
        .hasMessageStartingWith(refused)
        .hasMessageContaining("typeSerializer for operator state must not be incompatible");
    try (Monitor monitor = start(config, keeping(Types.STRING, "kept"))) {
      assertThat(monitor.restoredFrom()).contains(checkpoint);
    }
  }

  @Test
  void settingsThatTheStateDependsOnAreHeld() throws Exception {
    MonitorConfig config = kafka.job("settings", dir.resolve("settings"));
    Path checkpoint = stopAfterCheckpoint(start(config), folder(config).resolve("run-1"));

    assertThatThrownBy(() -> start(World.with(config, 8, LATEST)))
        .isInstanceOf(MonitorException.class)
        .hasMessage(
            "monitor.seed=8: expected 7, as in checkpoint "
                + checkpoint
                + "; monitor.restore=none starts afresh");
    Restore nowhere = new Restore.Snapshot(dir.resolve("nowhere").toString());
    assertThatThrownBy(() -> start(World.with(config, 7, nowhere)))
        .isInstanceOf(MonitorException.class)
        .hasMessage(
            "monitor.restore="
                + dir.resolve("nowhere")
                + ": expected latest, none or the folder of a complete checkpoint");
  }
}
