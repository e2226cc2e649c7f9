package dev.parallax.cli.baseline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.ingest.client.NativeEventRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Traffic of models whose live vectors are linear in the reference vectors that the events carry,
 * plus noise, pane by pane; and the scores that a monitor makes of it.
 */
final class MonitoredTraffic implements AutoCloseable {

  static final int PAIRS = 96;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long START = 1_767_571_200_000L; // 2026-01-05T00:00:00Z
  private static final long PANE = 60_000;
  private static final int REFERENCE_WIDTH = 12;
  private static final int LIVE_WIDTH = 8;

  private final String bootstrapServers;
  private final String topics;
  private final List<String> models;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Random random = new Random(11);
  private final double[][] map = new double[REFERENCE_WIDTH][LIVE_WIDTH];
  private int panes;
  private int events;

  /**
   * No traffic yet.
   *
   * @param topics what names of topics begin with; one partition each
   */
  MonitoredTraffic(String bootstrapServers, String topics, List<String> models) {
    this.bootstrapServers = bootstrapServers;
    this.topics = topics;
    this.models = models;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    for (double[] row : map) {
      for (int j = 0; j < LIVE_WIDTH; j++) {
        row[j] = random.nextGaussian();
      }
    }
  }

  /** The configuration of a monitor that waits for approval of baselines of twelve panes. */
  static String config(String bootstrapServers, String topics) {
    return """
    kafka.bootstrap-servers: %1$s
    topics.partitions: 1
    topics.events: %2$s.events
    topics.dead-letters: %2$s.dead-letters
    topics.scores: %2$s.scores
    topics.alerts: %2$s.alerts
    topics.baselines: %2$s.baselines
    reference.kind: attached
    reference.id: shared
    monitor.application-id: %2$s
    monitor.lateness: 0s
    monitor.idle-timeout: 1s
    monitor.sample-size: 96
    monitor.checkpoint-interval: 300ms
    monitor.fleet.page-budget: 1 per 1d
    monitor.baseline.approval: required
    monitor.baseline.panes: 12
    monitor.baseline.min-pairs: 64
    monitor.baseline.strata: 4
    """
        .formatted(bootstrapServers, topics);
  }

  /** Sends further panes of all models; the last of all is open until there is another. */
  void send(int more) {
    send(more, "");
  }

  /** The same with one of the models giving vectors that have nothing to do with its inputs. */
  void send(int more, String broken) {
    for (int pane = panes; pane < panes + more; pane++) {
      for (int input = 0; input < PAIRS; input++) {
        InputKey key = new InputKey(random.nextLong(), random.nextLong());
        float[] reference = gaussian(REFERENCE_WIDTH);
        long time = START + pane * PANE + input * (PANE / PAIRS);
        for (String model : models) {
          EmbeddingEvent event =
              EmbeddingEvent.of(
                      model, "1", WireVector.of(live(reference, model.equals(broken))), key)
                  .withReference("shared", WireVector.of(reference));
          producer.send(
              NativeEventRecord.of(event, "event-" + events++, "/test", time, topics + ".events"));
        }
      }
    }
    producer.flush();
    panes += more;
  }

  private float[] live(float[] reference, boolean broken) {
    float[] live = gaussian(LIVE_WIDTH);
    for (int j = 0; j < LIVE_WIDTH && !broken; j++) {
      double value = 0.2 * live[j];
      for (int i = 0; i < REFERENCE_WIDTH; i++) {
        value += reference[i] * map[i][j];
      }
      live[j] = (float) value;
    }
    return live;
  }

  private float[] gaussian(int width) {
    float[] row = new float[width];
    for (int j = 0; j < width; j++) {
      row[j] = (float) random.nextGaussian();
    }
    return row;
  }

  /** Scores of a model in the order of panes, once all closed panes are scored and visible. */
  List<JsonNode> scores(String model) throws InterruptedException {
    long giveUp = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    while (true) {
      List<JsonNode> scores =
          scores().stream().filter(score -> score.path("model").asText().equals(model)).toList();
      if (scores.size() >= panes - 1) {
        return scores;
      }
      if (System.nanoTime() > giveUp) {
        throw new AssertionError(scores.size() + " scores of " + model + " in five minutes");
      }
      Thread.sleep(50);
    }
  }

  private List<JsonNode> scores() {
    TopicPartition partition = new TopicPartition(topics + ".scores", 0);
    List<JsonNode> scores = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(Set.of(partition));
      consumer.seekToBeginning(Set.of(partition));
      long end = consumer.endOffsets(Set.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> scores.add(json(record.value())));
      }
    }
    return scores;
  }

  static JsonNode json(byte[] value) {
    try {
      return JSON.readTree(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
