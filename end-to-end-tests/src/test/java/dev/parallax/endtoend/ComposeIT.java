package dev.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parallax.core.Topics;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.InputKeyHasher;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.ingest.client.NativeEventRecord;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code docker-compose.yml} as people run it, with the demo's traffic: it starts, it is watched,
 * it comes back from any crash, and no event is lost or counted twice meanwhile. One story, told in
 * order.
 *
 * <p>On this machine's own Docker engine, as root, who may end other containers' processes; the
 * images of the file must have been built. Grafana is left out.
 */
@Tag("compose")
@TestMethodOrder(OrderAnnotation.class)
final class ComposeIT {

  private static final String SOURCE = "parallax.inference";
  private static final List<String> MODELS =
      List.of("product-matcher", "search-embedder", "support-router");
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  /** Its models have to encode the texts of the first panes before there is traffic. */
  private static final Duration FIRST_SCORES = Duration.ofMinutes(6);

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  private static ComposeStack stack;
  private static Duration untilHealthy;

  @BeforeAll
  static void start() throws IOException {
    String config =
        RepositoryFiles.text("docs/examples/compose.yaml")
            .replace("  pane: 1m\n", "  pane: 30s\n  checkpoint-interval: 2s\n  lateness: 5s\n");
    assertThat(config).contains("  pane: 30s\n");
    Path file = Files.writeString(TARGET.resolve("compose.test.yaml"), config);
    stack = new ComposeStack(file, TARGET.resolve("compose-logs"));
    Instant begin = Instant.now();
    stack.up();
    untilHealthy = Duration.between(begin, stack.awaitHealthy(START_LIMIT.multipliedBy(2)));
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  @Order(1)
  void everyServiceIsHealthyWithinThreeMinutes() {
    System.out.println("healthy after " + untilHealthy.toSeconds() + " s: " + stack.states());

    assertThat(stack.states())
        .containsOnlyKeys(
            "kafka",
            "ingest",
            "jobmanager",
            "taskmanager",
            "exporter",
            "demo-traffic",
            "prometheus",
            "alertmanager");
    assertThat(untilHealthy).isLessThan(START_LIMIT);
  }

  @Test
  @Order(2)
  void noServiceRunsAsRootOrCanWriteToItsImage() throws IOException {
    for (String service : stack.states().keySet()) {
      assertThat(stack.user(service)).as(service).isNotEqualTo("0");
    }
    assertThat(stack.inspect("{{.HostConfig.ReadonlyRootfs}}").values()).containsOnly("true");
    assertThat(stack.inspect("{{.HostConfig.CapDrop}}").values()).containsOnly("[ALL]");
  }

  @Test
  @Order(3)
  void everyTargetOfPrometheusIsUpAndItFindsAlertmanager() throws Exception {
    awaitTargets(Instant.now());

    assertThat(prometheus("/api/v1/alertmanagers").at("/data/activeAlertmanagers/0/url").asText())
        .startsWith("http://alertmanager:9093/");
  }

  @Test
  @Order(4)
  void theEventsOfTheDemoAreScored() {
    await()
        .atMost(FIRST_SCORES)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              String metrics = get("http://" + stack.address("PARALLAX_PAGE_PORT") + "/metrics");
              for (String model : MODELS) {
                assertThat(metrics)
                    .containsPattern(
                        "(?m)^parallax_verdict\\{model=\""
                            + model
                            + "\".*verdict=\"warming\".* 1\\.0$");
              }
            });
  }

  @ParameterizedTest
  @Order(5)
  @ValueSource(
      strings = {
        "kafka",
        "taskmanager",
        "jobmanager",
        "ingest",
        "exporter",
        "demo-traffic",
        "prometheus",
        "alertmanager"
      })
  void aServiceThatDiesComesBackByItself(String service) throws Exception {
    int restarts = stack.restarts(service);
    Instant begin = Instant.now();
    stack.kill(service);
    await().atMost(LIMIT).until(() -> stack.restarts(service) > restarts);
    Instant healthy = stack.awaitHealthy(LIMIT);
    awaitTargets(healthy);
    System.out.println(
        service + " was back after " + Duration.between(begin, healthy).toSeconds() + " s");
  }

  @Test
  @Order(6)
  void afterAllThatEveryEventIsAccountedForOnce() throws Exception {
    stack.stop("demo-traffic");
    try (BrokerAccess broker = new BrokerAccess(stack.address("KAFKA_PORT"))) {
      broker.awaitConsumed(SOURCE, "parallax-ingest", LIMIT);
      broker.send(later());
      broker.awaitConsumed(SOURCE, "parallax-ingest", LIMIT);

      List<ConsumerRecord<byte[], byte[]>> events = broker.readAll(Topics.DEFAULT.events());
      List<String> names = events.stream().map(Ledger::name).toList();
      assertThat(names).doesNotHaveDuplicates();
      assertThat(names)
          .hasSameElementsAs(
              Ledger.wellFormed(
                  broker.readAll(SOURCE), broker.readAll(Topics.DEFAULT.deadLetters())));

      Map<String, Long> expected = new TreeMap<>(Ledger.byModel(events));
      expected.keySet().retainAll(MODELS);
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofSeconds(2))
          .untilAsserted(
              () ->
                  assertThat(Ledger.takenIn(broker.readAll(Topics.DEFAULT.scores())))
                      .containsAllEntriesOf(expected));
      List<ConsumerRecord<byte[], byte[]>> scores = broker.readAll(Topics.DEFAULT.scores());
      assertThat(Ledger.unbalanced(scores)).isEmpty();
      assertThat(Ledger.repeated(scores)).isEmpty();
      System.out.println("events by model " + expected + ", scores " + scores.size());
    }
  }

  /** Events of another model from beyond the demo's last pane, which end that one for all. */
  private static List<ProducerRecord<byte[], byte[]>> later() {
    InputKeyHasher keys = new InputKeyHasher(new byte[32]);
    long time = Instant.now().plus(Duration.ofMinutes(3)).toEpochMilli();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      EmbeddingEvent event =
          EmbeddingEvent.of("later", "1", WireVector.of(new float[] {1, i}), keys.keyOf("t" + i));
      records.add(NativeEventRecord.of(event, "later-" + i, "/end-to-end", time, SOURCE));
    }
    return records;
  }

  /**
   * Waits until Prometheus has scraped every target after {@code since}, and found all of them up.
   */
  private static void awaitTargets(Instant since) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofSeconds(1))
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              JsonNode targets = prometheus("/api/v1/targets").at("/data/activeTargets");
              assertThat(targets.findValuesAsText("scrapeUrl"))
                  .containsExactlyInAnyOrder(
                      "http://exporter:8080/metrics",
                      "http://ingest:8081/metrics",
                      "http://jobmanager:9249/metrics",
                      "http://taskmanager:9249/metrics");
              for (JsonNode target : targets) {
                assertThat(target.path("health").asText()).as(target.toString()).isEqualTo("up");
                assertThat(Instant.parse(target.path("lastScrape").asText())).isAfter(since);
              }
            });
  }

  private static JsonNode prometheus(String path) throws IOException, InterruptedException {
    return new ObjectMapper().readTree(get("http://" + stack.address("PROMETHEUS_PORT") + path));
  }

  private static String get(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10)).build(),
            BodyHandlers.ofString())
        .body();
  }
}
