package dev.parallax.cli.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parallax.cli.CommandProcess;
import dev.parallax.cli.CommandRun;
import dev.parallax.cli.Parallax;
import dev.parallax.cli.embedded.EmbeddedKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The life of baselines as people see it: a real broker, a real job, the real commands. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class BaselineCommandTest {

  private static final int BASELINE_PANES = 12;

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.temporary();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private static Path config(String name, String more) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve(name + ".yaml"),
            MonitoredTraffic.config(kafka.bootstrapServers(), name) + more);
    assertThat(CommandRun.of("topics", "--config", file.toString()).exitCode()).isZero();
    return file;
  }

  private static CommandProcess monitor(Path config) throws IOException {
    CommandProcess monitor =
        CommandProcess.start(folder, Parallax.class, "monitor", "--config", config.toString());
    monitor.awaitLine("Ctrl-C stops");
    monitor.readOn();
    return monitor;
  }

  private static CommandRun baseline(Path config, String command, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("baseline", command, "--config", config.toString()));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private static String outOf(CommandRun run) {
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    return run.out();
  }

  /** The states that are listed of a model, the baseline in use last. */
  private static List<String> states(Path config, String model) {
    return outOf(baseline(config, "list"))
        .lines()
        .filter(line -> line.startsWith(model + " "))
        .map(line -> line.split("  +")[4])
        .toList();
  }

  /** Waits until the job has done what it was told. */
  private static void awaitStates(Path config, String model, String... expected)
      throws InterruptedException {
    while (!states(config, model).equals(List.of(expected))) {
      Thread.sleep(100);
    }
  }

  private static JsonNode last(List<JsonNode> scores) {
    return scores.get(scores.size() - 1);
  }

  @Test
  void aBaselineIsCollectedApprovedTestedAgainstAndRetired() throws Exception {
    Path config = config("life", "");
    assertThat(outOf(baseline(config, "list"))).isEqualTo("no baseline was collected yet\n");
    try (MonitoredTraffic traffic =
            new MonitoredTraffic(kafka.bootstrapServers(), "life", List.of("search", "rank"));
        CommandProcess monitor = monitor(config)) {
      traffic.send(BASELINE_PANES);
      assertThat(last(traffic.scores("search")).path("reasons").toString())
          .contains("baseline: 11 of 12 panes");
      baseline(config, "report", "--model", "search")
          .failedWith(1, "parallax baseline report: no baseline of model search was collected yet");

      traffic.send(3);
      JsonNode waiting = last(traffic.scores("search"));
      assertThat(waiting.path("verdict").asText()).isEqualTo("warming");
      assertThat(waiting.path("reasons").toString()).contains("parallax baseline approve");
      assertThat(waiting.has("evidenceLog10")).isFalse();
      assertThat(states(config, "search")).containsExactly("collected");

      reports(config);
      outsideTheBudgetItNeedsAReason(config);
      awaitStates(config, "search", "armed");
      assertThat(outOf(baseline(config, "list", "--model", "search")))
          .contains(System.getProperty("user.name"))
          .contains("outside")
          .endsWith("known to be short\n");

      int before = traffic.scores("search").size();
      traffic.send(2);
      List<JsonNode> tested = traffic.scores("search").subList(before, before + 2);
      assertThat(tested).allMatch(score -> score.has("evidenceLog10"));
      assertThat(tested).extracting(s -> s.path("verdict").asText()).containsOnly("healthy");
      assertThat(last(traffic.scores("rank")).path("verdict").asText()).isEqualTo("warming");
      traffic.send(7, "search");
      assertThat(last(traffic.scores("search")).path("verdict").asText()).isEqualTo("diverged");

      assertThat(outOf(baseline(config, "collect", "--model", "search")))
          .startsWith("dropping ")
          .endsWith(" of search|1|shared|\n");
      awaitStates(config, "search", "retired");
      // The pane that was open when the order came is broken still.
      traffic.send(BASELINE_PANES + 2);
      assertThat(traffic.scores("search")).hasSize(37);
      assertThat(states(config, "search")).containsExactly("retired", "collected");

      CompletableFuture<CommandRun> next =
          CompletableFuture.supplyAsync(
              () -> baseline(config, "collect", "--model", "search", "--wait"));
      awaitStates(config, "search", "retired", "rejected");
      traffic.send(BASELINE_PANES + 1);
      assertThat(outOf(next.get()).lines())
          .hasSize(2)
          .last()
          .asString()
          .startsWith("collected ")
          .endsWith(" of search|1|shared|");
      outOf(baseline(config, "approve", "--model", "search", "--override", "short again"));
      awaitStates(config, "search", "retired", "rejected", "armed");
      assertThat(states(config, "rank")).containsExactly("collected");
      whatCannotBeDoneIsOneLine(config);
      monitor.stop();
    }
  }

  private static void reports(Path config) throws IOException {
    Path html = folder.resolve("report.html");
    Path json = folder.resolve("report.json");
    String table =
        outOf(
            baseline(
                config,
                "report",
                "--model",
                "search",
                "--html",
                html.toString(),
                "--json",
                json.toString()));

    assertThat(table.lines().findFirst().orElseThrow()).startsWith("MODEL").endsWith("BUDGET");
    assertThat(table).contains("6 hold-out panes, 100 are expected").doesNotContain("rank");
    assertThat(Files.readString(html)).startsWith("<!DOCTYPE html>").contains("search");
    JsonNode entry = MonitoredTraffic.json(Files.readAllBytes(json)).path("baselines").path(0);
    assertThat(entry.path("state").asText()).isEqualTo("collected");
    assertThat(entry.path("report").path("panes").asInt()).isEqualTo(6);
    assertThat(entry.path("report").path("holdOut")).hasSize(6);
  }

  private static void outsideTheBudgetItNeedsAReason(Path config) {
    CommandRun refused = baseline(config, "approve", "--model", "search");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .startsWith("parallax baseline approve: baseline ")
        .contains(" is outside the page budget, which needs --override REASON: 6 hold-out panes")
        .hasLineCount(1);
    baseline(config, "approve", "--model", "search", "--override", " ")
        .failedWith(2, "parallax baseline approve: --override: expected a reason, got none");
    baseline(config, "approve").failedWith(2, "parallax baseline approve: expected --model NAME");
    assertThat(states(config, "search")).containsExactly("collected");

    assertThat(
            outOf(
                baseline(
                    config, "approve", "--model", "search", "--override", "known to be short")))
        .startsWith("approved ")
        .endsWith(" of search|1|shared|\n");
  }

  private static void whatCannotBeDoneIsOneLine(Path config) {
    for (String command : List.of("list", "report", "approve", "collect")) {
      baseline(config, command, "--model", "serach")
          .failedWith(
              1,
              "parallax baseline "
                  + command
                  + ": no baseline of model serach: did you mean search?");
    }
    baseline(config, "list", "--model", "nothing-like-it")
        .failedWith(
            1, "parallax baseline list: no baseline of model nothing-like-it was collected yet");
    baseline(config, "approve", "--model", "search")
        .failedWith(
            1,
            "parallax baseline approve: no baseline of model search waits for approval; see"
                + " parallax baseline list");
    baseline(config, "collect", "--model", "nothing-like-it")
        .failedWith(
            1,
            "parallax baseline collect: no baseline of model nothing-like-it: it has none yet, so"
                + " one is being collected");
  }

  @Test
  void withinTheBudgetNoReasonIsRecordedAndAReplayOfWhatWasKeptKnowsTheApproval() throws Exception {
    Path kept = folder.resolve("kept");
    try (EmbeddedKafka keeping = EmbeddedKafka.keeping(kept.resolve("kafka"))) {
      Path config = kept.resolve("parallax.yaml");
      Files.writeString(
          config,
          MonitoredTraffic.config(keeping.bootstrapServers(), "kept")
              + "monitor.baseline.least-hold-out-panes: 6\n");
      outOf(CommandRun.of("topics", "--config", config.toString()));
      try (MonitoredTraffic traffic =
              new MonitoredTraffic(keeping.bootstrapServers(), "kept", List.of("search"));
          CommandProcess monitor = monitor(config)) {
        traffic.send(BASELINE_PANES + 2);
        traffic.scores("search");
        assertThat(states(config, "search")).containsExactly("collected");

        outOf(baseline(config, "approve", "--model", "search", "--override", "not needed"));

        awaitStates(config, "search", "armed");
        assertThat(outOf(baseline(config, "list"))).contains("within").doesNotContain("not needed");
        traffic.send(4);
        assertThat(last(traffic.scores("search")).has("evidenceLog10")).isTrue();
        monitor.stop();
      }
    }

    CommandRun replay = CommandRun.of("replay", "--data", kept.toString());
    assertThat(replay.err()).isEmpty();
    assertThat(replay.out()).contains("All " + (BASELINE_PANES + 5) + " scores are equal");
    assertThat(replay.exitCode()).isZero();
  }

  @Test
  void brokersThatDoNotAnswerAndTopicsThatAreMissingAreOneLine() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = socket.getLocalPort();
    }
    CommandRun silent =
        CommandRun.of("baseline", "list", "--set", "kafka.bootstrap-servers=127.0.0.1:" + port);
    assertThat(silent.err())
        .startsWith("parallax baseline list: no broker answers at 127.0.0.1:" + port)
        .hasLineCount(1);
    assertThat(silent.exitCode()).isEqualTo(1);

    CommandRun.of(
            "baseline", "list", "--set", "kafka.bootstrap-servers=" + kafka.bootstrapServers())
        .failedWith(
            1,
            "parallax baseline list: topic parallax.baselines does not exist on "
                + kafka.bootstrapServers()
                + "; see parallax topics");
    CommandRun.of("baseline")
        .failedWith(
            2,
            "parallax baseline: expected collect, report, approve or list; see parallax baseline"
                + " --help");
  }
}
