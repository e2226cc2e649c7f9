package dev.parallax.endtoend.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parallax.endtoend.RepositoryFiles;
import dev.parallax.endtoend.dashboards.Board.Query;
import dev.parallax.endtoend.dashboards.PrometheusServer.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every query of every board and every rule, on a real Prometheus that scraped a real run once a
 * second, has data, or is listed as empty with the reason. What is renamed in the code shows here.
 */
final class DashboardQueriesIT {

  private static final Duration RUN = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  @TempDir private static Path folder;

  private static PrometheusServer prometheus;

  /** When the run was scraped, and the time of its events. */
  private static Span live;

  private static Span replayed;

  @BeforeAll
  static void runAndReplay() throws IOException, InterruptedException {
    int page = freePort();
    int port = freePort();
    Path configuration = folder.resolve("prometheus.yml");
    Files.writeString(configuration, configuration(page));
    Path data = folder.resolve("tsdb");
    Path demo = folder.resolve("demo");
    Instant begin = Instant.now();
    try (PrometheusServer scraping = PrometheusServer.start(configuration, data, port)) {
      parallax(
          "demo",
          "--headless",
          "--seed",
          "7",
          "--duration",
          RUN.toSeconds() + "s",
          "--port",
          String.valueOf(page),
          "--data",
          demo.toString());
      live = scraped(scraping, begin);
    }
    Path audit = folder.resolve("audit.om");
    parallax("replay", "--data", demo.toString(), "--openmetrics", audit.toString());
    run("promtool", "tsdb", "create-blocks-from", "openmetrics", audit.toString(), data.toString());
    replayed = eventTime(audit);
    prometheus = PrometheusServer.start(configuration, data, port);
  }

  @AfterAll
  static void stop() {
    if (prometheus != null) {
      prometheus.close();
    }
  }

  @Test
  void everyQueryOfEveryBoardHasData() throws IOException, InterruptedException {
    Map<String, String> empty = new TreeMap<>();
    int asked = 0;
    for (Board board : Board.all()) {
      Span span = board.uid().equals("parallax-audit") ? replayed : live;
      List<FilledIn> ways = FilledIn.waysOf(board, prometheus, span);
      ways.get(0).empty().forEach((name, query) -> empty.put(board.uid() + " / $" + name, query));
      for (Query query : board.queries()) {
        asked++;
        List<String> exprs = ways.stream().map(way -> way.in(query.expr())).distinct().toList();
        ask(board.uid() + " / " + query.panel() + " / " + query.refId(), exprs, span, empty);
      }
    }

    assertThat(asked).isGreaterThan(60);
    assertThat(empty.keySet())
        .as("what is empty, against expected-empty.yaml; queries: %s", empty)
        .containsExactlyInAnyOrderElementsOf(listed("boards"));
  }

  /**
   * Whether an alert fires when it should is for promtool to test; here, what rules record and the
   * metrics that they ask for have to be there.
   */
  @Test
  void everyRuleHasDataToWorkOn() throws IOException, InterruptedException {
    Set<String> empty = new TreeSet<>();
    int asked = 0;
    for (JsonNode group : prometheus.ruleGroups()) {
      for (JsonNode rule : group.path("rules")) {
        asked++;
        String expr = rule.path("query").asText();
        boolean records = rule.path("type").asText().equals("recording");
        if (records && prometheus.range(expr, live).path("result").isEmpty()) {
          empty.add(rule.path("name").asText());
        }
        for (PromQl.Selector selector : PromQl.selectors(expr)) {
          if (prometheus.series(selector.metric(), live).isEmpty()) {
            empty.add(selector.metric());
          }
        }
      }
    }

    assertThat(asked).isPositive();
    assertThat(empty).isSubsetOf(listed("rules"));
  }

  /**
   * The query as a whole in any way it can be filled in, and then each series that it asks for:
   * `or` and `unless` hide one that is gone.
   */
  private static void ask(String where, List<String> exprs, Span span, Map<String, String> empty)
      throws IOException, InterruptedException {
    for (String expr : exprs) {
      if (!prometheus.range(expr, span).path("result").isEmpty()) {
        askSelectors(where, expr, span, empty);
        return;
      }
    }
    empty.put(where, exprs.get(0));
  }

  private static void askSelectors(String where, String expr, Span span, Map<String, String> empty)
      throws IOException, InterruptedException {
    for (PromQl.Selector selector : PromQl.selectors(expr)) {
      if (prometheus.series(selector.text(), span).isEmpty()) {
        empty.put(where + " / " + selector.text(), expr);
      }
    }
  }

  /** The queries of this list in expected-empty.yaml, each of which has a reason. */
  private static List<String> listed(String list) {
    List<String> listed = new ArrayList<>();
    for (JsonNode entry : TestResources.yaml("expected-empty.yaml").path(list)) {
      assertThat(entry.path("reason").asText()).as("a reason").isNotBlank();
      entry.path("queries").forEach(query -> listed.add(query.asText()));
    }
    return listed;
  }

  private static String configuration(int page) {
    String rules =
        RepositoryFiles.path("grafana/prometheus/rules").toAbsolutePath().normalize() + "/*.yml";
    return """
        global: {scrape_interval: 1s, evaluation_interval: 1s}
        rule_files: ['%s']
        scrape_configs:
          - job_name: parallax-exporter
            static_configs: [{targets: ['127.0.0.1:%d']}]
        """
        .formatted(rules, page);
  }

  /** From the first to the last sample of the run. */
  private static Span scraped(PrometheusServer server, Instant begin)
      throws IOException, InterruptedException {
    Span all = new Span(begin, Instant.now(), Duration.ofSeconds(1));
    JsonNode points = server.range("parallax_series > 0", all).at("/result/0/values");
    assertThat(points).as("scrapes with series").isNotEmpty();
    return new Span(
        Instant.ofEpochSecond(points.path(0).path(0).asLong()),
        Instant.ofEpochSecond(points.path(points.size() - 1).path(0).asLong()),
        Duration.ofSeconds(1));
  }

  private static Span eventTime(Path openMetrics) throws IOException {
    try (var lines = Files.lines(openMetrics)) {
      var times =
          lines
              .filter(line -> !line.startsWith("#"))
              .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
              .summaryStatistics();
      return new Span(
          Instant.ofEpochSecond(times.getMin()),
          Instant.ofEpochSecond(times.getMax()),
          Duration.ofMinutes(1));
    }
  }

  private static void parallax(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(RepositoryFiles.path("parallax").toAbsolutePath().normalize().toString());
    command.addAll(Arrays.asList(arguments));
    run(command.toArray(String[]::new));
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Path output = folder.resolve(Path.of(command[0]).getFileName() + "-" + command[1] + ".log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as("%s ends", command[0])
          .isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(() -> text(output)).isZero();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "nothing readable was said: " + e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
