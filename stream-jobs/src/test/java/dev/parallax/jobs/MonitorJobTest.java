package dev.parallax.jobs;

import static dev.parallax.jobs.TestKafka.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.jobs.MonitorConfig.SliceSettings;
import dev.parallax.jobs.World.Sent;
import dev.parallax.jobs.reference.FurtherReference;
import dev.parallax.jobs.reference.ReferenceSettings;
import dev.parallax.jobs.sink.OutRecord;
import dev.parallax.onnx.encoder.BundledEncoders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job between real topics. */
class MonitorJobTest {

  private static final int PARTITIONS = 3;

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

  private static void publish(String topic, List<Sent> events) throws Exception {
    kafka.createTopic(topic, PARTITIONS);
    kafka.send(World.records(events));
  }

  private static List<String> replay(String topic, int parallelism) {
    return replay(topic, parallelism, SliceSettings.NONE);
  }

  private static List<String> replay(String topic, int parallelism, SliceSettings slices) {
    return replay(
        World.withSlices(
            World.config(kafka.bootstrapServers(), topic, parallelism, dir.resolve(topic)), slices),
        topic);
  }

  private static List<String> replay(MonitorConfig config, String topic) {
    List<String> scores = Collections.synchronizedList(new ArrayList<>());
    Replay.run(config, dir.resolve(topic), score -> scores.add(text(score)));
    Collections.sort(scores);
    return scores;
  }

  private static String text(OutRecord record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }

  private static long sum(List<String> scores, String count) {
    Pattern pattern = Pattern.compile("\"" + count + "\":(\\d+)");
    long sum = 0;
    for (String score : scores) {
      Matcher matcher = pattern.matcher(score);
      assertThat(matcher.find()).isTrue();
      sum += Long.parseLong(matcher.group(1));
    }
    return sum;
  }

  @Test
  void scoresDoNotDependOnOrderWithinLatenessNorOnParallelism() throws Exception {
    publish("in-order", World.events("in-order"));
    publish("shuffled", World.shuffled(World.events("shuffled"), 5));

    List<String> scores = replay("in-order", 1);
    assertThat(scores).hasSize(3 * World.PANES);
    assertThat(replay("in-order", 2)).isEqualTo(scores);
    assertThat(replay("shuffled", 1)).isEqualTo(scores);
    assertThat(replay("shuffled", 2)).isEqualTo(scores);
    assertThat(sum(scores, "late")).isZero();
  }

  @Test
  void everyEventIsAccountedForAndTheBrokenModelIsFound() throws Exception {
    List<Sent> events = World.events("accounts");
    publish("accounts", events);

    List<String> scores = replay("accounts", 1);
    assertThat(sum(scores, "in")).isEqualTo(events.size());
    assertThat(sum(scores, "in"))
        .isEqualTo(
            sum(scores, "pairs")
                + sum(scores, "sampledOut")
                + sum(scores, "duplicate")
                + sum(scores, "late"));
    assertThat(sum(scores, "duplicate")).isPositive();
    assertThat(sum(scores, "sampledOut")).isPositive();
    assertThat(scores)
        .filteredOn(score -> score.contains("\"verdict\":\"diverged\""))
        .isNotEmpty()
        .allSatisfy(score -> assertThat(score).contains("\"model\":\"fragile\""));
    assertThat(scores).filteredOn(score -> score.contains("\"verdict\":\"healthy\"")).isNotEmpty();
  }

  @Test
  void aFurtherReferenceIsASeriesOfItsOwnOverTheSameSample() throws Exception {
    publish("referenced", World.events("referenced"));
    FurtherReference encoder =
        new FurtherReference(
            ReferenceSettings.builtin(
                BundledEncoders.MINILM_QUANTISED, 1, dir.resolve("vectors").toString()),
            Set.of("steady"));

    List<String> scores = replay("referenced", 1, List.of(encoder));
    List<String> further =
        scores.stream()
            .filter(score -> field(score, "reference").equals(BundledEncoders.MINILM_QUANTISED))
            .toList();
    List<String> shared = scores.stream().filter(score -> !further.contains(score)).toList();

    assertThat(further)
        .hasSize(World.PANES)
        .allSatisfy(score -> assertThat(score).contains("\"model\":\"steady\""))
        .allSatisfy(score -> assertThat(score).doesNotContain(digestOfReference(shared.get(0))));
    assertThat(shared).hasSize(3 * World.PANES);
    List<String> ofSteady =
        shared.stream().filter(score -> score.contains("\"model\":\"steady\"")).toList();
    for (String count : List.of("in", "pairs", "sampledOut", "duplicate")) {
      assertThat(sum(further, count)).isEqualTo(sum(ofSteady, count));
    }
    assertThat(replay("referenced", 2, List.of(encoder))).isEqualTo(scores);
  }

  private static List<String> replay(
      String topic, int parallelism, List<FurtherReference> further) {
    return replay(
        World.with(
            World.config(kafka.bootstrapServers(), topic, parallelism, dir.resolve(topic)),
            further),
        topic);
  }

  /** What a score says of the reference that it was computed with. */
  private static String digestOfReference(String score) {
    Matcher matcher =
        Pattern.compile("\"provenance\":\\{[^}]*(\"reference\":\"[^\"]*\")").matcher(score);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  @Test
  void probesAreASeriesOfTheirOwnAndASwapOrATurnIsFoundInTheirFirstCycle() throws Exception {
    List<Sent> traffic = World.events("probed");
    List<Sent> probes = World.probes("probed");
    List<Sent> both = new ArrayList<>(traffic);
    both.addAll(probes);
    both.sort(Comparator.comparingLong(Sent::timeMillis));
    publish("probed", both);
    publish("unprobed", World.events("unprobed"));

    List<String> scores = replay("probed", 2);
    List<String> ofProbes = scores.stream().filter(MonitorJobTest::isOfProbes).toList();
    assertThat(scores.stream().filter(score -> !isOfProbes(score)).toList())
        .as("probes never enter the sample of the traffic")
        .isEqualTo(replay("unprobed", 1));
    assertThat(sum(ofProbes, "in")).isEqualTo(probes.size());
    assertThat(sum(ofProbes, "pairs")).isEqualTo(probes.size());
    for (String model : List.of("steady", "fragile", "sturdy")) {
      List<String> verdicts =
          ofProbes.stream()
              .filter(score -> score.contains("\"model\":\"" + model + "\""))
              .map(score -> field(score, "verdict"))
              .toList();
      String broken =
          Map.of("steady", "healthy", "fragile", "diverged", "sturdy", "rotated").get(model);
      List<String> expected = new ArrayList<>(Collections.nCopies(3, "warming"));
      expected.addAll(Collections.nCopies(World.FAULT_PANE - 3, "healthy"));
      expected.addAll(Collections.nCopies(World.PANES - World.FAULT_PANE, broken));
      assertThat(verdicts).isEqualTo(expected);
    }
    assertThat(replay("probed", 1)).isEqualTo(scores);
  }

  @Test
  void aSliceIsASeriesOfItsOwnThatIsCountedOnce() throws Exception {
    List<Sent> events = World.events("sliced");
    publish("sliced", events);
    SliceSettings slices = new SliceSettings(List.of("tenant"), 2, 64);

    List<String> scores = replay("sliced", 1, slices);
    List<String> whole = scores.stream().filter(score -> score.contains("\"slice\":\"\"")).toList();
    List<String> acme =
        scores.stream().filter(score -> score.contains("\"slice\":\"tenant=acme\"")).toList();
    assertThat(whole).hasSize(3 * World.PANES);
    assertThat(sum(whole, "in")).isEqualTo(events.size());
    assertThat(acme).hasSize(3 * World.PANES);
    assertThat(sum(acme, "in")).isEqualTo(sum(acme, "pairs")).isLessThan(sum(whole, "pairs"));
    assertThat(scores).as("zeta never has 64 pairs").hasSize(whole.size() + acme.size());
    assertThat(acme)
        .filteredOn(score -> score.contains("\"verdict\":\"diverged\""))
        .isNotEmpty()
        .allSatisfy(score -> assertThat(field(score, "model")).isEqualTo("fragile"));
    assertThat(acme).filteredOn(score -> score.contains("\"verdict\":\"healthy\"")).isNotEmpty();
    assertThat(replay("sliced", 2, slices)).isEqualTo(scores);
  }

  private static boolean isOfProbes(String score) {
    return score.contains("\"slice\":\"probe\"");
  }

  private static String field(String score, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(score);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  @Test
  void aTaskThatFailsChangesNoScoreAndLosesNoCount() throws Exception {
    List<Sent> events = World.events("failing");
    MonitorConfig config = kafka.job("failing", PARTITIONS, dir.resolve("failing"));

    FailOnce fault = FailOnce.create();
    try (Monitor monitor =
        Monitor.start(config, dir.resolve("failing"), source -> source.map(fault).uid("fault"))) {
      int half = events.size() / 2;
      kafka.send(World.records(events.subList(0, half)));
      await(fault::checkpointed);
      fault.arm();
      kafka.send(World.records(events.subList(half, events.size())));
      await(fault::failed);
      await(() -> kafka.hasConsumedAll(config.groupId(), config.topics().events(), PARTITIONS));
      monitor.drain(Duration.ofSeconds(60));
    }

    List<String> live = new ArrayList<>(kafka.readValues(config.topics().scores()));
    Collections.sort(live);
    assertThat(live).isEqualTo(replay("failing", 1));
    assertThat(sum(live, "in")).isEqualTo(events.size());
    assertThat(kafka.readValues(config.topics().alerts()))
        .filteredOn(alert -> alert.contains("\"verdict\":\"diverged\""))
        .hasSize(1)
        .allSatisfy(alert -> assertThat(alert).contains("\"model\":\"fragile\""));
  }
}
