package dev.parallax.endtoend.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parallax.cli.demo.publish.SimulatedClock;
import dev.parallax.cli.demo.stack.DemoSettings;
import dev.parallax.cli.demo.stack.DemoStack;
import dev.parallax.cli.demo.stack.IngestView;
import dev.parallax.cli.demo.stack.ScoreFollower;
import dev.parallax.cli.demo.traffic.TrafficShape;
import dev.parallax.cli.demo.view.ScoreReading;
import dev.parallax.cli.embedded.EmbeddedKafka;
import dev.parallax.core.drift.Verdict;
import dev.parallax.endtoend.RepositoryFiles;
import dev.parallax.endtoend.alerts.Webhooks.Notified;
import dev.parallax.exporter.Exporter;
import dev.parallax.exporter.ExporterConfig;
import dev.parallax.exporter.LocalSources;
import dev.parallax.jobs.MonitorConfig;
import dev.parallax.jobs.MonitorConfig.BaselineSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way of an alert: real models on real texts, broker, ingest, job and exporter in this
 * process, Prometheus and Alertmanager beside it, and a webhook at the end.
 *
 * <p>Event time runs {@code parallax.alerting.speed} (30) times faster than the clock. The
 * configuration is that of the repository with every time divided by the same number ({@link
 * ShorterTimes}), so that a minute of an alert is a pane of a minute; but for scrapes and
 * evaluations, for which a busy machine would have too little time. Besides it has the addresses of
 * this machine, and the one scrape job that a {@code parallax up} has. The steps are one story and
 * run in their order.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class AlertingIT {

  private static final int SPEED = Integer.getInteger("parallax.alerting.speed", 30);
  private static final int HEALTHY_PANES = 60;
  private static final int PANES_TO_NOTICE = 3;

  /** So that a baseline takes forty panes. */
  private static final int PANES_OF_SHAPE = 160;

  /** Half of what a pane of the demo has, so that a busy machine keeps up with the event time. */
  private static final int INPUTS_PER_PANE = 320;

  private static final int SAMPLE = 256;

  private static final Duration SCRAPE = Duration.ofSeconds(1);
  private static final Duration EVALUATION = Duration.ofMillis(500);

  /** What the machine may be busy with besides, on top of all waiting that is configured. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Of one step; the longest is the healthy hour. */
  private static final Duration LIMIT =
      Duration.ofMinutes(3).plus(Duration.ofHours(2).dividedBy(SPEED));

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final TrafficShape SHAPE =
      new TrafficShape(7, TrafficShape.EPOCH, TrafficShape.PANE, PANES_OF_SHAPE, INPUTS_PER_PANE);

  @TempDir private static Path folder;

  private static final Map<String, ScoreReading> NEWEST = new HashMap<>();

  /** The first score of each series that says that something is wrong. */
  private static final Map<String, ScoreReading> FLAGGED = new HashMap<>();

  private static Webhooks webhooks;
  private static DemoStack stack;
  private static WatchedModels models;
  private static Thread traffic;
  private static Exporter exporter;
  private static ScoreFollower scores;
  private static Daemon alertmanager;
  private static Daemon prometheus;

  @BeforeAll
  static void start() throws Exception {
    webhooks = new Webhooks();
    SimulatedClock clock = new SimulatedClock(TrafficShape.EPOCH);
    stack = DemoStack.start(EmbeddedKafka.temporary(), folder.resolve("stack"));
    models = new WatchedModels(SHAPE, SPEED, clock, stack.bootstrapServers());
    stack.startMonitor(
        withSmallSamples(
            new DemoSettings(SHAPE).monitor(stack.bootstrapServers(), folder.resolve("stack"))));
    stack.startIngest(clock);
    exporter =
        new Exporter(
            ExporterConfig.of(stack.bootstrapServers())
                .withTopics(stack.topics())
                .withAddress(ExporterConfig.DEFAULT_HOST, 0),
            "end-to-end",
            LocalSources.NONE.withIngest(() -> IngestView.of(stack.counters())));
    exporter.start();
    traffic = new Thread(models, "watched-models");
    traffic.start();
    scores = new ScoreFollower(stack.topics().scores(), stack.bootstrapServers());
    // A start takes long on a busy machine, and scores that are late then would rightly be missed.
    await("every series healthy", () -> newest(Verdict.HEALTHY) == 4);
    startAlerting();
  }

  private static MonitorConfig withSmallSamples(MonitorConfig demo) {
    BaselineSettings baseline = demo.baseline();
    return new MonitorConfig(
        demo.bootstrapServers(),
        demo.clientProperties(),
        demo.topics(),
        demo.groupId(),
        demo.pane(),
        demo.windowPanes(),
        SAMPLE,
        demo.lateness(),
        demo.idleTimeout(),
        demo.silentAfter(),
        demo.seed(),
        new BaselineSettings(
            baseline.panes(), SAMPLE, baseline.strata(), baseline.ridge(), baseline.arming()),
        demo.detector(),
        demo.fleet(),
        demo.slices(),
        demo.probeTolerance(),
        demo.reference(),
        demo.further(),
        demo.provider(),
        demo.parallelism(),
        demo.checkpointInterval(),
        demo.checkpointDir(),
        demo.restore());
  }

  /** Prometheus and Alertmanager on copies of the repository's configuration. */
  private static void startAlerting() throws Exception {
    ShorterTimes shorter = new ShorterTimes(SPEED);
    JsonNode routes = shorter.of(RepositoryFiles.yaml("grafana/alertmanager/alertmanager.yml"));
    for (JsonNode receiver : routes.path("receivers")) {
      ((ObjectNode) receiver.at("/webhook_configs/0"))
          .put("url", webhooks.url(receiver.path("name").asText()));
    }
    Path alertmanagerFile = folder.resolve("alertmanager.yml");
    Files.writeString(alertmanagerFile, routes.toString());
    alertmanager =
        Daemon.start(
            folder,
            List.of(
                Program.find("prometheus-alertmanager", "alertmanager").toString(),
                "--config.file=" + alertmanagerFile,
                "--storage.path=" + folder.resolve("alertmanager"),
                "--cluster.listen-address="));

    Path rules = Files.createDirectories(folder.resolve("rules"));
    try (var files = Files.list(RepositoryFiles.path(RuleTests.RULES))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yml")).toList()) {
        String name = file.getFileName().toString();
        JsonNode content = shorter.of(RepositoryFiles.yaml(RuleTests.RULES + "/" + name));
        Files.writeString(rules.resolve(name), content.toString());
      }
    }
    JsonNode config = shorter.of(RepositoryFiles.yaml("grafana/prometheus/prometheus.yml"));
    ((ObjectNode) config.path("global"))
        .put("scrape_interval", SCRAPE.toMillis() + "ms")
        .put("evaluation_interval", EVALUATION.toMillis() + "ms");
    ArrayNode jobs = (ArrayNode) config.path("scrape_configs");
    for (int i = jobs.size() - 1; i >= 0; i--) {
      if (jobs.get(i).path("job_name").asText().equals("parallax-exporter")) {
        setTarget(jobs.get(i), exporter.address().getAuthority());
      } else {
        jobs.remove(i);
      }
    }
    assertThat(jobs).hasSize(1);
    setTarget(config.at("/alerting/alertmanagers/0"), alertmanager.target());
    Path prometheusFile = folder.resolve("prometheus.yml");
    Files.writeString(prometheusFile, config.toString());
    prometheus =
        Daemon.start(
            folder,
            List.of(
                Program.find("prometheus").toString(),
                "--config.file=" + prometheusFile,
                "--storage.tsdb.path=" + folder.resolve("prometheus")));
  }

  private static void setTarget(JsonNode parent, String target) {
    ((ArrayNode) parent.at("/static_configs/0/targets")).removeAll().add(target);
  }

  @AfterAll
  static void stop() throws Exception {
    if (models != null) {
      models.stop();
    }
    if (traffic != null) {
      traffic.join();
    }
    for (AutoCloseable part :
        new AutoCloseable[] {prometheus, alertmanager, scores, exporter, stack, webhooks}) {
      if (part != null) {
        part.close();
      }
    }
  }

  @Test
  @Order(1)
  void aHealthyHourIsNoAlertAtAll() throws Exception {
    long begin = models.panes();
    await("a healthy hour", () -> models.panes() >= begin + HEALTHY_PANES);

    assertThat(NEWEST).hasSize(4);
    assertThat(FLAGGED).isEmpty();
    assertThat(query("count(series:parallax_verdict:fresh)")).isEqualTo(4);
    assertThat(query("count(ALERTS{alertstate=\"firing\"}) or vector(0)")).isZero();
    assertThat(webhooks.all()).isEmpty();
  }

  @Test
  @Order(2)
  void aModelThatBreaksIsAPageWithinThreePanesAndTheConfiguredWaiting() throws Exception {
    Instant brokenAt = models.setModelBroken(true);
    await("the verdict", () -> FLAGGED.containsKey(WatchedModels.BROKEN));
    Instant said = Instant.now();
    Instant noticed = FLAGGED.get(WatchedModels.BROKEN).paneEnd();
    await(
        "the page",
        () ->
            webhooks.of("page").stream()
                .anyMatch(n -> n.is("firing", "ModelDiverged", WatchedModels.BROKEN)));

    Notified page = webhooks.of("page").get(0);
    assertThat(noticed)
        .isBeforeOrEqualTo(brokenAt.plus(SHAPE.pane().multipliedBy(PANES_TO_NOTICE)));
    assertThat(Duration.between(said, page.at())).isLessThan(configuredWaiting().plus(PATIENCE));
    assertThat(page.labels().path("severity").asText()).isEqualTo("critical");
    assertThat(page.labels().path("verdict").asText()).isEqualTo("diverged");
    assertThat(page.annotations().path("runbook_url").asText())
        .isEqualTo("docs/runbooks/diverged.md");
    assertThat(webhooks.of("ticket")).isEmpty();
    assertThat(webhooks.of("drill")).isEmpty();
  }

  @Test
  @Order(3)
  void aModelThatIsRepairedIsResolved() throws Exception {
    models.setModelBroken(false);
    await("the verdict", () -> newestOf(WatchedModels.BROKEN).verdict() == Verdict.HEALTHY);
    await(
        "the page's end",
        () ->
            webhooks.of("page").stream()
                .anyMatch(n -> n.is("resolved", "ModelDiverged", WatchedModels.BROKEN)));

    assertThat(webhooks.of("page"))
        .allMatch(
            n -> n.labels().path("model").asText().equals(WatchedModels.BROKEN), "of the model");
    assertThat(webhooks.of("ticket")).isEmpty();
    assertThat(webhooks.of("drill")).isEmpty();
  }

  @Test
  @Order(4)
  void aDrillReachesTheReceiverOfDrillsAndNobodyElse() throws Exception {
    int before = webhooks.all().size();
    models.setShadowBroken(true);
    await(
        "the drill",
        () ->
            webhooks.of("drill").stream()
                .anyMatch(n -> n.is("firing", "DrillRang", WatchedModels.SHADOW)));
    models.setShadowBroken(false);
    await(
        "the drill's end",
        () ->
            webhooks.of("drill").stream()
                .anyMatch(n -> n.is("resolved", "DrillRang", WatchedModels.SHADOW)));

    assertThat(webhooks.all().subList(before, webhooks.all().size()))
        .allMatch(n -> n.receiver().equals("drill"), "at the receiver of drills");
  }

  /**
   * The scrape, two evaluations (recorded series, then the alert) and Alertmanager's first wait.
   */
  private static Duration configuredWaiting() {
    JsonNode route = RepositoryFiles.yaml("grafana/alertmanager/alertmanager.yml").path("route");
    return SCRAPE
        .plus(EVALUATION.multipliedBy(2))
        .plus(ShorterTimes.duration(route.path("group_wait").asText()).dividedBy(SPEED));
  }

  private static long newest(Verdict verdict) {
    return NEWEST.values().stream().filter(score -> score.verdict() == verdict).count();
  }

  private static ScoreReading newestOf(String model) {
    return NEWEST.get(model);
  }

  /** Follows the scores until something holds. */
  private static void await(String what, BooleanSupplier condition) throws Exception {
    Instant deadline = Instant.now().plus(LIMIT);
    while (!condition.getAsBoolean()) {
      stack.checkHealth();
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError(
            "no " + what + " within " + LIMIT + "; scores " + NEWEST + "; told " + webhooks.all());
      }
      scores.poll(Duration.ofMillis(50), AlertingIT::see);
    }
  }

  private static void see(ScoreReading score) {
    NEWEST.put(score.model(), score);
    if (score.flagged()) {
      FLAGGED.putIfAbsent(score.model(), score);
    }
  }

  /** The value of a query with one sample. */
  private static double query(String query) throws Exception {
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    JsonNode answer = JSON.readTree(prometheus.get("/api/v1/query?query=" + encoded));
    assertThat(answer.at("/data/result")).as(query + ": " + answer).hasSize(1);
    return answer.at("/data/result/0/value/1").asDouble();
  }
}
