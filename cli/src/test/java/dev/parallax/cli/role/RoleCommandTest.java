package dev.parallax.cli.role;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.cli.CommandProcess;
import dev.parallax.cli.CommandRun;
import dev.parallax.cli.Parallax;
import dev.parallax.cli.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RoleCommandTest {

  private static final String FROM_TOPIC =
      ", without a checkpoint: armed baselines are those of parallax.baselines";

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private static Path config;

  @BeforeAll
  static void start() throws IOException {
    kafka = EmbeddedKafka.temporary();
    config =
        Files.writeString(
            folder.resolve("parallax.yaml"),
            "kafka.bootstrap-servers: "
                + kafka.bootstrapServers()
                + "\nexporter.port: 0\ningest.port: 0\nmonitor.port: 0\n");
    assertThat(CommandRun.of("topics", "--with-sources", "--config", config.toString()).exitCode())
        .isZero();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void theMonitorStopsCleanlyOnASignal() throws Exception {
    try (CommandProcess monitor = process("monitor")) {
      String metrics = monitor.awaitLine("metrics: ");
      monitor.awaitLine("Ctrl-C stops");

      assertThat(withoutWarnings(monitor.stop()))
          .containsExactly(
              scoring()
                  + FROM_TOPIC
                  + "; what it learns else ends with it, as monitor.checkpoint-dir is not set",
              metrics,
              "Ctrl-C stops");
      assertThat(monitor.exitCode()).isZero();
    }
    assertThat(leftOver("monitor")).isEmpty();
  }

  @Test
  void theMonitorServesItsMetricsAndThoseOfFlinkAndSaysWhenItIsReady() throws Exception {
    try (CommandProcess monitor = process("monitor")) {
      String line = monitor.awaitLine("metrics: ");
      URI metrics = URI.create(line.substring(line.lastIndexOf(' ') + 1));
      monitor.awaitLine("Ctrl-C stops");

      assertThat(get(metrics.resolve("/-/healthy")).statusCode()).isEqualTo(200);
      awaitReady(metrics, "the monitoring job is starting\n");
      assertThat(keep("monitor", get(metrics).body()))
          .contains(
              "parallax_encode_batch_seconds_count 0.0\n",
              "parallax_score_batch_seconds_bucket{le=\"+Inf\",} 0.0\n",
              "parallax_build_info",
              "flink_jobmanager_numRunningJobs 1.0\n",
              "flink_jobmanager_job_numRestarts{job_name=\"parallax-monitor\",} 0.0\n")
          .doesNotContain("parallax_cka_ratio", "parallax_exporter", "NaN");
      monitor.stop();
      assertThat(monitor.exitCode()).isZero();
    }
  }

  private static void awaitReady(URI server, String until) throws Exception {
    HttpResponse<String> ready = get(server.resolve("/-/ready"));
    for (int i = 0; i < 1200 && ready.statusCode() == 503; i++) {
      assertThat(ready.body()).isEqualTo(until);
      Thread.sleep(50);
      ready = get(server.resolve("/-/ready"));
    }
    assertThat(ready.statusCode()).isEqualTo(200);
  }

  /** Keeps a scrape for whoever has a promtool to check it with. */
  private static String keep(String role, String scrape) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "scrapes"));
    Files.writeString(folder.resolve(role + ".txt"), scrape);
    return scrape;
  }

  @Test
  void aMonitorThatIsStartedAgainGoesOnFromItsCheckpoint() throws Exception {
    Path checkpoints = folder.resolve("checkpoints");
    String[] kept = {
      "--set", "monitor.checkpoint-dir=" + checkpoints, "--set", "monitor.checkpoint-interval=1s"
    };
    try (CommandProcess monitor = process("monitor", kept)) {
      assertThat(monitor.awaitLine("monitor: ")).isEqualTo(scoring() + FROM_TOPIC);
      while (complete(checkpoints).isEmpty()) {
        Thread.sleep(50);
      }
      monitor.stop();
      assertThat(monitor.exitCode()).isZero();
    }
    List<Path> left = complete(checkpoints);
    assertThat(left).hasSize(1);

    try (CommandProcess monitor = process("monitor", kept)) {
      assertThat(monitor.awaitLine("monitor: "))
          .isEqualTo(scoring() + ", from checkpoint " + left.get(0).getParent());
      monitor.awaitLine("Ctrl-C stops");
      assertThat(run("monitor", kept[0], kept[1]).err())
          .contains("in use by another monitor that has not ended");
      monitor.stop();
      assertThat(monitor.exitCode()).isZero();
    }
    assertThat(leftOver("monitor")).isEmpty();
  }

  private static List<Path> complete(Path checkpoints) throws IOException {
    if (!Files.exists(checkpoints)) {
      return List.of();
    }
    try (var files = Files.find(checkpoints, 4, (path, is) -> path.endsWith("_metadata"))) {
      return files.toList();
    } catch (UncheckedIOException e) {
      // A checkpoint was removed meanwhile.
      return List.of();
    }
  }

  private static String scoring() {
    return "monitor: scores parallax.events at "
        + kafka.bootstrapServers()
        + " against all-minilm-l6-v2";
  }

  @Test
  void ingestStopsCleanlyOnASignal() throws Exception {
    try (CommandProcess ingest = process("ingest")) {
      String metrics = ingest.awaitLine("metrics: ");

      assertThat(withoutWarnings(ingest.stop()))
          .containsExactly(
              "ingest: parallax.inference to parallax.events at " + kafka.bootstrapServers(),
              metrics,
              "Ctrl-C stops");
      assertThat(ingest.exitCode()).isZero();
    }
    assertThat(leftOver("ingest")).isEmpty();
  }

  @Test
  void ingestServesItsMetricsAndSaysWhenItIsReady() throws Exception {
    try (CommandProcess ingest = process("ingest")) {
      String line = ingest.awaitLine("metrics: ");
      URI metrics = URI.create(line.substring(line.lastIndexOf(' ') + 1));
      ingest.awaitLine("Ctrl-C stops");

      assertThat(get(metrics.resolve("/-/healthy")).statusCode()).isEqualTo(200);
      awaitReady(metrics, "ingest waits for its partitions and its state\n");
      assertThat(keep("ingest", get(metrics).body()))
          .contains(
              "parallax_ingest_records_total{source=\"parallax.inference\",outcome=\"left_out\",} 0.0")
          .contains("parallax_build_info")
          .doesNotContain("parallax_cka_ratio", "parallax_exporter");
      ingest.stop();
      assertThat(ingest.exitCode()).isZero();
    }
  }

  @Test
  void upRunsAllThree() throws Exception {
    try (CommandProcess up = process("up")) {
      String line = up.awaitLine("exporter: ");
      URI metrics = URI.create(line.substring(line.lastIndexOf(' ') + 1));
      up.awaitLine("Ctrl-C stops");
      assertThat(get(metrics.resolve("/-/healthy")).statusCode()).isEqualTo(200);
      assertThat(keep("up", get(metrics).body()))
          .contains(
              "parallax_page_budget_per_month 1.0\n",
              "parallax_ingest_records_total{",
              "parallax_score_batch_seconds_count",
              "flink_jobmanager_numRunningJobs 1.0\n");

      assertThat(withoutWarnings(up.stop()))
          .extracting(each -> each.split(" ")[0])
          .containsExactly("ingest:", "exporter:", "monitor:", "Ctrl-C");
      assertThat(up.exitCode()).isZero();
    }
    assertThat(leftOver("up")).isEmpty();
  }

  @Test
  void aSourceThatDoesNotExistIsOneLine() {
    CommandRun run = run("ingest", "--set", "ingest.sources=nobody.publishes.here");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("parallax ingest: source topic nobody.publishes.here does not exist")
        .hasLineCount(1);
  }

  @Test
  void theExporterServesUntilASignal() throws Exception {
    try (CommandProcess exporter = process("exporter")) {
      String line = exporter.awaitLine("exporter: ");
      URI metrics = URI.create(line.substring(line.lastIndexOf(' ') + 1));

      assertThat(keep("exporter", get(metrics).body())).contains("parallax_build_info");
      assertThat(withoutWarnings(exporter.stop())).containsExactly(line, "Ctrl-C stops");
      assertThat(exporter.exitCode()).isZero();
    }
    assertThat(leftOver("exporter")).isEmpty();
  }

  @Test
  void aPortInUseIsOneLine() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = other.getLocalPort();

      run("ingest", "--set", "ingest.port=" + port)
          .failedWith(
              1,
              ingestStarted()
                  + "parallax ingest: port "
                  + port
                  + " on 127.0.0.1 is in use: stop what uses it, or set ingest.port");
      run("exporter", "--set", "exporter.port=" + port)
          .failedWith(
              1,
              "parallax exporter: port "
                  + port
                  + " on 127.0.0.1 is in use: stop what uses it, or set exporter.port");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "ingest", "monitor", "exporter"})
  void missingTopicsAreOneLine(String role) {
    run(role, "--set", "topics.scores=elsewhere")
        .failedWith(1, "parallax " + role + ": topics are missing: elsewhere: run parallax topics");
  }

  @Test
  void brokersThatDoNotAnswerAreOneLine() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = socket.getLocalPort();
    }

    CommandRun run = run("monitor", "--set", "kafka.bootstrap-servers=127.0.0.1:" + port);

    assertThat(run.err())
        .startsWith("parallax monitor: no broker answers at 127.0.0.1:" + port)
        .hasLineCount(1);
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void aReferenceThatIsRefusedStopsTheMonitorBeforeItStarts() {
    CommandRun run = run("monitor", "--set", "reference.manifest=builtin:gpt");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("parallax monitor: encoder=gpt: expected one of ")
        .hasLineCount(1);
  }

  /** What it prints before it takes its port. */
  private static String ingestStarted() {
    return "ingest: parallax.inference to parallax.events at "
        + kafka.bootstrapServers()
        + System.lineSeparator();
  }

  private static HttpResponse<String> get(URI address) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  private static CommandRun run(String role, String... more) {
    String[] arguments = {role, "--config", config.toString(), more[0], more[1]};
    return CommandRun.of(arguments);
  }

  private static CommandProcess process(String role, String... more) throws IOException {
    Path temporary = Files.createDirectories(folder.resolve(role));
    List<String> arguments = new ArrayList<>(List.of(role, "--config", config.toString()));
    arguments.addAll(List.of(more));
    return CommandProcess.start(temporary, Parallax.class, arguments.toArray(String[]::new));
  }

  /** A role shows the warnings of its libraries, and which come at a stop depends on the moment. */
  private static List<String> withoutWarnings(List<String> lines) {
    return lines.stream().filter(line -> !line.matches("[0-9:.]{12} WARN .*")).toList();
  }

  private static List<Path> leftOver(String role) throws IOException {
    try (var files = Files.list(folder.resolve(role))) {
      return files.toList();
    }
  }
}
