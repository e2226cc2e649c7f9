package dev.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parallax.core.Topics;
import dev.parallax.core.drift.ArmingRule;
import dev.parallax.core.fleet.FleetSettings;
import dev.parallax.ingest.IngestApp;
import dev.parallax.ingest.IngestConfig;
import dev.parallax.ingest.IngestCounters.SourceCounts;
import dev.parallax.ingest.InputKeySecret;
import dev.parallax.jobs.Monitor;
import dev.parallax.jobs.MonitorConfig;
import dev.parallax.jobs.MonitorConfig.BaselineSettings;
import dev.parallax.jobs.MonitorConfig.DetectorSettings;
import dev.parallax.jobs.MonitorConfig.SliceSettings;
import dev.parallax.jobs.Restore;
import dev.parallax.jobs.reference.ReferenceSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** Ingest and job, as they run for months, against a broker in a container. */
final class PipelineIT {

  private static final String SOURCE = "parallax.inference";
  private static final String REFERENCE = "attached-reference";
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int SAMPLE_SIZE = 64;

  private static final KafkaContainer BROKER =
      new KafkaContainer(
          DockerImageName.parse(System.getProperty("parallax.kafka.image"))
              .asCompatibleSubstituteFor("apache/kafka"));

  @TempDir private static Path directory;

  @BeforeAll
  static void start() {
    BROKER.start();
  }

  @AfterAll
  static void stop() {
    BROKER.stop();
  }

  @Test
  void everyEventIsAccountedForFromTheProducerToTheScores() throws Exception {
    Traffic traffic =
        new Traffic(
            SOURCE,
            REFERENCE,
            Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MINUTES));
    try (BrokerAccess broker = new BrokerAccess(BROKER.getBootstrapServers())) {
      broker.createTopic(SOURCE, 3);
      broker.createTopic(Topics.DEFAULT.events(), 3);
      broker.createTopic(Topics.DEFAULT.deadLetters(), 1);
      broker.createTopic(Topics.DEFAULT.scores(), 1);
      broker.createTopic(Topics.DEFAULT.alerts(), 1);
      broker.createTopic(Topics.DEFAULT.baselines(), 1);

      List<ProducerRecord<byte[], byte[]>> records = traffic.records();
      SourceCounts ingested;
      try (IngestApp ingest = new IngestApp(ingestConfig(), Clock.systemUTC());
          Monitor monitor = Monitor.start(monitorConfig(), directory.resolve("flink"))) {
        ingest.start();
        broker.send(records);
        await()
            .atMost(LIMIT)
            .until(
                () -> ingest.counters().snapshot().sources().get(SOURCE).total() == records.size());
        ingested = ingest.counters().snapshot().sources().get(SOURCE);
        assertThat(ingest.close(Duration.ofSeconds(30))).isTrue();
        broker.awaitConsumed(Topics.DEFAULT.events(), monitorConfig().groupId(), LIMIT);
        monitor.drain(LIMIT);
      }
      Counts scored = counts(broker.readAll(Topics.DEFAULT.scores()));

      assertThat(ingested.rejected()).isEqualTo(traffic.malformed());
      assertThat(broker.readAll(Topics.DEFAULT.deadLetters())).hasSize(traffic.malformed());
      assertThat(ingested.duplicate()).isEqualTo(traffic.repeatedDeliveries());
      assertThat(ingested.accepted())
          .isEqualTo(records.size() - traffic.malformed() - traffic.repeatedDeliveries());
      assertThat(broker.readAll(Topics.DEFAULT.events())).hasSize((int) ingested.accepted());

      assertThat(scored.in).isEqualTo(ingested.accepted());
      assertThat(scored.pairs + scored.sampledOut + scored.duplicate + scored.late)
          .isEqualTo(ingested.accepted());
      assertThat(scored.late).isEqualTo(traffic.late());
      assertThat(scored.duplicate + scored.sampledOut).isPositive();
      assertThat(scored.pairs).isEqualTo(traffic.fullPanes() * SAMPLE_SIZE);
      assertThat(scored.models).containsOnlyKeys(traffic.models());
    }
  }

  private static IngestConfig ingestConfig() {
    return IngestConfig.builder(
            BROKER.getBootstrapServers(), directory.resolve("ingest"), List.of(SOURCE))
        .inputKeySecret(InputKeySecret.of(new byte[32]))
        .build();
  }

  private static MonitorConfig monitorConfig() {
    return new MonitorConfig(
        BROKER.getBootstrapServers(),
        Map.of(),
        Topics.DEFAULT,
        "parallax-monitor",
        Duration.ofMinutes(1),
        5,
        SAMPLE_SIZE,
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(10),
        7,
        new BaselineSettings(4, SAMPLE_SIZE, 2, 0.01, ArmingRule.OF_ANY_LENGTH),
        DetectorSettings.DEFAULT,
        FleetSettings.DEFAULT,
        SliceSettings.NONE,
        MonitorConfig.PROBE_TOLERANCE,
        ReferenceSettings.attached(REFERENCE),
        List.of(),
        "cpu",
        2,
        Duration.ofSeconds(1),
        directory.resolve("checkpoints").toUri().toString(),
        new Restore.Nothing());
  }

  /** Adds up what the scores say; each pane of each series has one. */
  private static Counts counts(List<ConsumerRecord<byte[], byte[]>> scores) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    Counts counts = new Counts();
    for (ConsumerRecord<byte[], byte[]> record : scores) {
      JsonNode score = mapper.readTree(record.value());
      JsonNode part = score.path("counts");
      counts.in += part.path("in").asLong();
      counts.sampledOut += part.path("sampledOut").asLong();
      counts.duplicate += part.path("duplicate").asLong();
      counts.late += part.path("late").asLong();
      counts.pairs += score.path("pairs").asLong();
      counts.models.merge(score.path("model").asText(), 1, Integer::sum);
    }
    return counts;
  }

  private static final class Counts {
    private long in;
    private long sampledOut;
    private long duplicate;
    private long late;
    private long pairs;
    private final Map<String, Integer> models = new HashMap<>();
  }
}
