package dev.parallax.jobs;

import static dev.parallax.jobs.TestKafka.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.jobs.World.Sent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that goes on where another one ended, while evidence against a model is rising. */
class RestartTest {

  /** What an alert says that pages. */
  private static final String FLAGGED = "\"verdict\":\"diverged\"";

  private static final int MODELS = World.MODELS.size();

  private static final Pattern EVIDENCE = Pattern.compile("\"evidenceLog10\":([-0-9.E]+)");

  @TempDir private static Path dir;
  private static TestKafka kafka;
  private static List<String> scores;
  private static List<String> alerts;

  @BeforeAll
  static void runWithoutInterruption() throws Exception {
    kafka = TestKafka.start();
    MonitorConfig config = kafka.job("whole", dir.resolve("whole"));
    kafka.send(World.records(World.events("whole")));
    finish(config);
    scores = committed(config.topics().scores());
    alerts = committed(config.topics().alerts());
    assertThat(scores).hasSize(MODELS * World.PANES);
    assertThat(evidence(World.FAULT_PANE)).isGreaterThan(evidence(World.FAULT_PANE - 1));
    assertThat(alerts).filteredOn(alert -> alert.contains(FLAGGED)).isNotEmpty();
  }

  @AfterAll
  static void stopKafka() throws Exception {
    kafka.close();
  }

  private static void finish(MonitorConfig config) throws Exception {
    try (Monitor monitor = Monitor.start(config, dir.resolve("work"))) {
      await(() -> kafka.hasConsumedAll(config.groupId(), config.topics().events(), 1));
      monitor.drain(TestKafka.LIMIT);
    }
  }

  /** Keys and values of what readers see, in a fixed order. */
  private static List<String> committed(String topic) throws Exception {
    return kafka.readAll(topic).stream()
        .map(record -> text(record.key()) + " " + text(record.value()))
        .sorted()
        .toList();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Evidence against the broken model at the end of a pane; keys and times sort the scores. */
  private static double evidence(int pane) {
    Matcher matcher = EVIDENCE.matcher(scores.get(pane));
    assertThat(matcher.find()).isTrue();
    return Double.parseDouble(matcher.group(1));
  }

  /** Up to the midst of the pane after that in which the fault begins. */
  private static List<Sent> firstHalf(List<Sent> events) {
    return events.subList(0, events.size() * (2 * World.FAULT_PANE + 3) / (2 * World.PANES));
  }

  /** Whether evidence has begun to rise, to be read by anyone, and nothing is decided yet. */
  private static boolean evidenceRises(MonitorConfig config) throws Exception {
    assertThat(kafka.readValues(config.topics().alerts()))
        .noneMatch(alert -> alert.contains(FLAGGED));
    return kafka.readValues(config.topics().scores()).size() >= MODELS * (World.FAULT_PANE + 1);
  }

  @Test
  void aProcessThatStopsInTheMidstOfEvidenceChangesNoDecision() throws Exception {
    MonitorConfig config = kafka.job("stopped", dir.resolve("stopped"));
    List<Sent> events = World.events("stopped");
    kafka.send(World.records(firstHalf(events)));
    try (Monitor monitor = Monitor.start(config, dir.resolve("work"))) {
      assertThat(monitor.restoredFrom()).isEmpty();
      await(() -> evidenceRises(config));
    }
    kafka.send(World.records(events.subList(firstHalf(events).size(), events.size())));

    finish(config);
    assertThat(committed(config.topics().scores())).isEqualTo(scores);
    assertThat(committed(config.topics().alerts())).isEqualTo(alerts);
  }

  @Test
  void aProcessThatIsKilledInTheMidstOfEvidenceChangesNoDecision() throws Exception {
    MonitorConfig config = kafka.job("killed", dir.resolve("killed"));
    List<Sent> events = World.events("killed");
    kafka.send(World.records(firstHalf(events)));
    Path log = dir.resolve("killed.log");
    try (MonitorProcess process =
        MonitorProcess.start(kafka.bootstrapServers(), "killed", dir.resolve("killed"), log)) {
      await(
          () -> {
            assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
            return evidenceRises(config);
          });
      kafka.send(World.records(events.subList(firstHalf(events).size(), events.size())));
      // Somewhere on the way: before, in or after a transaction, of 200 ms each.
      Thread.sleep(ThreadLocalRandom.current().nextInt(400));
      process.kill();
    }

    finish(config);
    assertThat(committed(config.topics().scores())).isEqualTo(scores);
    assertThat(committed(config.topics().alerts())).isEqualTo(alerts);
  }
}
