package dev.parallax.jobs;

import static dev.parallax.jobs.TestKafka.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.drift.Approval;
import dev.parallax.core.drift.ArmingRule;
import dev.parallax.core.drift.BaselineOrder;
import dev.parallax.core.drift.BaselineRecord;
import dev.parallax.core.drift.BaselineRecord.State;
import dev.parallax.core.drift.BaselineWire;
import dev.parallax.jobs.World.Sent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job finds on the baselines topic of a real broker. */
class BaselinesTopicTest {

  private static final Pattern BASELINE = Pattern.compile("\"baseline\":\"([0-9a-f]+)\"");

  /** Baselines are of ten panes. */
  private static final int FIRST_PANES = 13;

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

  /** Events of panes, the last exclusive. */
  private static List<ProducerRecord<byte[], byte[]>> panes(String topic, int from, int to) {
    List<Sent> events = World.events(topic);
    long start = events.get(0).timeMillis() / 60_000;
    return World.records(
        events.stream()
            .filter(sent -> sent.timeMillis() / 60_000 - start >= from)
            .filter(sent -> sent.timeMillis() / 60_000 - start < to)
            .toList());
  }

  private static Map<String, BaselineRecord> baselines(MonitorConfig config) throws Exception {
    Map<String, BaselineRecord> records = new LinkedHashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : kafka.readAll(config.topics().baselines())) {
      BaselineWire.readRecord(record.value()).ifPresent(read -> records.put(read.key(), read));
    }
    return records;
  }

  private static void awaitStates(MonitorConfig config, State... states) throws Exception {
    List<State> expected = List.of(states);
    await(
        () ->
            baselines(config).values().stream()
                .map(BaselineRecord::state)
                .sorted()
                .toList()
                .equals(expected));
  }

  private static void awaitScores(MonitorConfig config, int panes) throws Exception {
    await(() -> kafka.readValues(config.topics().scores()).size() >= World.MODELS.size() * panes);
  }

  private static void order(BaselineOrder.Kind kind, MonitorConfig config, String... models)
      throws Exception {
    List<ProducerRecord<byte[], byte[]>> orders = new ArrayList<>();
    for (BaselineRecord record : baselines(config).values()) {
      if (Set.of(models).contains(record.series().model())) {
        BaselineOrder order =
            new BaselineOrder(
                kind,
                record.series(),
                record.baseline(),
                new Approval("ada", 5, Optional.of("known")));
        orders.add(
            new ProducerRecord<>(
                config.topics().baselines(),
                order.key().getBytes(StandardCharsets.UTF_8),
                BaselineWire.write(order)));
      }
    }
    kafka.send(orders);
  }

  private static void finish(MonitorConfig config, Monitor monitor) throws Exception {
    await(() -> kafka.hasConsumedAll(config.groupId(), config.topics().events(), 1));
    monitor.drain(TestKafka.LIMIT);
  }

  private static List<String> replayed(MonitorConfig config, int parallelism) {
    List<String> replayed = Collections.synchronizedList(new ArrayList<>());
    Replay.run(
        World.withParallelism(config, parallelism),
        dir.resolve("replay"),
        score -> replayed.add(new String(score.value(), StandardCharsets.UTF_8)));
    Collections.sort(replayed);
    return replayed;
  }

  private static Set<String> ids(List<String> scores) {
    Set<String> ids = new TreeSet<>();
    for (String score : scores) {
      Matcher matcher = BASELINE.matcher(score);
      ids.add(matcher.find() ? matcher.group(1) : "none");
    }
    return ids;
  }

  @Test
  void aJobWhoseStateIsLostGoesOnWithItsBaselinesAndFindsTheFault() throws Exception {
    MonitorConfig config = kafka.job("lost", dir.resolve("lost"));
    kafka.send(panes("lost", 0, FIRST_PANES));
    try (Monitor monitor = Monitor.start(config, dir.resolve("work"))) {
      awaitStates(config, State.ARMED, State.ARMED, State.ARMED);
      await(() -> kafka.hasConsumedAll(config.groupId(), config.topics().events(), 1));
      assertThat(monitor.isHealthy()).isTrue();
    }
    List<String> before = kafka.readValues(config.topics().scores());
    FileUtils.deleteDirectory(dir.resolve("lost").toFile());

    kafka.send(panes("lost", FIRST_PANES, World.PANES));
    try (Monitor monitor = Monitor.start(config, dir.resolve("work"))) {
      assertThat(monitor.restoredFrom()).isEmpty();
      finish(config, monitor);
    }

    List<String> all = kafka.readValues(config.topics().scores());
    List<String> after = all.subList(before.size(), all.size());
    assertThat(after)
        .hasSize(World.MODELS.size() * (World.PANES - FIRST_PANES))
        .noneMatch(score -> score.contains("\"verdict\":\"warming\""));
    assertThat(ids(after))
        .hasSize(World.MODELS.size())
        .isEqualTo(
            new TreeSet<>(
                baselines(config).values().stream().map(BaselineRecord::baseline).toList()));
    assertThat(after)
        .filteredOn(score -> score.contains("\"verdict\":\"diverged\""))
        .isNotEmpty()
        .allMatch(score -> score.contains("\"model\":\"fragile\""));
  }

  /** What is idle must not let time run ahead of panes, nor orders be taken for the end of it. */
  @Test
  void pausesOfEventsChangeNoScore() throws Exception {
    Duration idle = Duration.ofMillis(500);
    MonitorConfig config =
        World.with(
            World.withIdleTimeout(kafka.job("pause", dir.resolve("pause")), idle),
            new ArmingRule(ArmingRule.Mode.REQUIRED, 2));
    kafka.send(panes("pause", 0, FIRST_PANES));
    try (Monitor monitor = Monitor.start(config, dir.resolve("work"))) {
      awaitScores(config, FIRST_PANES - 1);
      order(BaselineOrder.Kind.ARM, config, "steady", "fragile", "sturdy");
      awaitStates(config, State.ARMED, State.ARMED, State.ARMED);
      for (int pane = FIRST_PANES; pane < World.PANES - 1; pane += 2) {
        Thread.sleep(3 * idle.toMillis());
        kafka.send(panes("pause", pane, pane + 2));
        awaitScores(config, pane + 1);
      }
      Thread.sleep(3 * idle.toMillis());
      kafka.send(panes("pause", World.PANES - 1, World.PANES));
      finish(config, monitor);
    }

    List<String> live = new ArrayList<>(kafka.readValues(config.topics().scores()));
    Collections.sort(live);
    assertThat(live).hasSize(World.MODELS.size() * World.PANES);
    assertThat(replayed(config, 1)).isEqualTo(live);
  }

  @Test
  void aJobThatIsToldToStartFromNothingDoes() throws Exception {
    MonitorConfig config = kafka.job("nothing", dir.resolve("nothing"));
    kafka.send(panes("nothing", 0, FIRST_PANES));
    try (Monitor monitor = Monitor.start(config, dir.resolve("work"))) {
      awaitStates(config, State.ARMED, State.ARMED, State.ARMED);
      await(() -> kafka.hasConsumedAll(config.groupId(), config.topics().events(), 1));
      assertThat(monitor.isHealthy()).isTrue();
    }
    int before = kafka.readValues(config.topics().scores()).size();
    kafka.send(panes("nothing", FIRST_PANES, FIRST_PANES + 3));
    try (Monitor monitor =
        Monitor.start(
            World.with(config, config.seed(), new Restore.Nothing()), dir.resolve("work"))) {
      finish(config, monitor);
    }

    List<String> all = kafka.readValues(config.topics().scores());
    assertThat(all.subList(before, all.size()))
        .isNotEmpty()
        .allMatch(score -> score.contains("\"verdict\":\"warming\""));
  }

  @Test
  void aReplayKnowsWhatPeopleDecidedAndWhen() throws Exception {
    MonitorConfig config =
        World.with(
            kafka.job("decided", dir.resolve("decided")),
            new ArmingRule(ArmingRule.Mode.REQUIRED, 2));
    kafka.send(panes("decided", 0, FIRST_PANES));
    try (Monitor monitor = Monitor.start(config, dir.resolve("work"))) {
      awaitStates(config, State.COLLECTED, State.COLLECTED, State.COLLECTED);
      awaitScores(config, FIRST_PANES - 2);
      order(BaselineOrder.Kind.ARM, config, "fragile", "sturdy");
      awaitStates(config, State.COLLECTED, State.ARMED, State.ARMED);
      kafka.send(panes("decided", FIRST_PANES, FIRST_PANES + 3));
      awaitScores(config, FIRST_PANES + 1);
      order(BaselineOrder.Kind.COLLECT, config, "steady", "sturdy");
      awaitStates(config, State.ARMED, State.REJECTED, State.RETIRED);
      kafka.send(panes("decided", FIRST_PANES + 3, World.PANES));
      finish(config, monitor);
    }

    List<String> live = new ArrayList<>(kafka.readValues(config.topics().scores()));
    Collections.sort(live);
    assertThat(live).hasSize(World.MODELS.size() * World.PANES);
    assertThat(live).filteredOn(score -> score.contains("\"verdict\":\"diverged\"")).isNotEmpty();
    assertThat(ids(live)).as("two of them were armed").hasSize(3).contains("none");
    for (int parallelism : List.of(1, 2)) {
      assertThat(replayed(config, parallelism)).isEqualTo(live);
    }
  }
}
