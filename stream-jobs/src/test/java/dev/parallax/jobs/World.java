package dev.parallax.jobs;

import dev.parallax.core.Topics;
import dev.parallax.core.drift.ArmingRule;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventHeaders;
import dev.parallax.core.embedding.EventTime;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.core.fleet.FleetSettings;
import dev.parallax.core.fleet.PageBudget;
import dev.parallax.core.probe.ProbeAttributes;
import dev.parallax.jobs.MonitorConfig.BaselineSettings;
import dev.parallax.jobs.MonitorConfig.DetectorSettings;
import dev.parallax.jobs.MonitorConfig.SliceSettings;
import dev.parallax.jobs.reference.FurtherReference;
import dev.parallax.jobs.reference.ReferenceSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Traffic of three models whose live vectors are linear in the reference vectors that the events
 * carry, plus noise; one input in eight is of another tenant. From {@link #FAULT_PANE} on the
 * second model's vectors are noise alone.
 */
public final class World {

  /** Three, so that the one that breaks is not half of the fleet. */
  static final List<String> MODELS = List.of("steady", "fragile", "sturdy");

  static final int PANES = 24;
  static final int FAULT_PANE = 16;
  static final int INPUTS_PER_PANE = 160;
  static final int PROBES = 20;
  public static final int SAMPLE = 128;
  static final Duration LATENESS = Duration.ofSeconds(20);
  public static final String REFERENCE = "shared";

  private static final long START = 1_767_571_200_000L; // 2026-01-05T00:00:00Z
  private static final int REFERENCE_WIDTH = 12;
  private static final int LIVE_WIDTH = 8;

  private World() {}

  /** One event as it will be sent. */
  record Sent(long timeMillis, InputKey key, ProducerRecord<byte[], byte[]> record) {}

  /** All events in order of time. */
  static List<Sent> events(String topic) {
    List<Sent> events = new ArrayList<>();
    Random random = new Random(42);
    double[][] map = new double[REFERENCE_WIDTH][LIVE_WIDTH];
    for (double[] row : map) {
      for (int j = 0; j < LIVE_WIDTH; j++) {
        row[j] = random.nextGaussian();
      }
    }
    for (int pane = 0; pane < PANES; pane++) {
      for (int input = 0; input < INPUTS_PER_PANE; input++) {
        InputKey key = new InputKey(random.nextLong(), random.nextLong());
        float[] reference = gaussian(random, REFERENCE_WIDTH);
        for (String model : MODELS) {
          boolean broken = model.equals("fragile") && pane >= FAULT_PANE;
          float[] live = live(reference, map, broken, random);
          long time = START + pane * 60_000L + random.nextInt(60_000);
          events.add(sent(topic, model, key, time, live, reference, events.size()));
          if (input % 40 == 0) {
            // The same input once more in the same pane: a duplicate if the sample keeps it.
            events.add(sent(topic, model, key, time, live, reference, events.size()));
          }
        }
      }
    }
    events.sort(Comparator.comparingLong(Sent::timeMillis));
    return events;
  }

  /**
   * A cycle of {@link #PROBES} probes of every model in every pane. From {@link #FAULT_PANE} on the
   * second model answers as another one, and the third one's space is turned.
   */
  static List<Sent> probes(String topic) {
    List<Sent> events = new ArrayList<>();
    Random random = new Random(43);
    float[][] model = new float[PROBES][];
    float[][] other = new float[PROBES][];
    for (int i = 0; i < PROBES; i++) {
      model[i] = gaussian(random, LIVE_WIDTH);
      other[i] = gaussian(random, LIVE_WIDTH);
    }
    for (int pane = 0; pane < PANES; pane++) {
      boolean broken = pane >= FAULT_PANE;
      long time = START + pane * 60_000L + 20_000;
      for (int i = 0; i < PROBES; i++) {
        events.add(probe(topic, "steady", time, i, model[i]));
        events.add(probe(topic, "fragile", time, i, broken ? other[i] : model[i]));
        events.add(probe(topic, "sturdy", time, i, broken ? turned(model[i]) : model[i]));
      }
    }
    return events;
  }

  private static float[] turned(float[] row) {
    float[] turned = new float[row.length];
    for (int j = 0; j < row.length; j++) {
      turned[j] = row[(j + 1) % row.length];
    }
    return turned;
  }

  private static Sent probe(String topic, String model, long cycle, int number, float[] vector) {
    InputKey key = new InputKey(1, number);
    EmbeddingEvent event =
        new EmbeddingEvent(
            model,
            "1",
            WireVector.of(vector),
            Optional.of(key),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(
                ProbeAttributes.SET,
                "set",
                ProbeAttributes.CYCLE,
                Long.toString(cycle),
                ProbeAttributes.COUNT,
                Integer.toString(PROBES)),
            true);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, key.toBytes(), EventCodec.encode(event));
    header(record, EventHeaders.ID, "probe-" + cycle + "-" + number);
    header(record, EventHeaders.TIME, EventTime.format(cycle + number));
    header(record, EventHeaders.SUBJECT, model + "/1");
    header(record, EventHeaders.TYPE, EventHeaders.TYPE_V1);
    header(record, EventHeaders.PROBE, EventHeaders.PROBE_TRUE);
    return new Sent(cycle + number, key, record);
  }

  private static float[] live(float[] reference, double[][] map, boolean broken, Random random) {
    float[] live = gaussian(random, LIVE_WIDTH);
    for (int j = 0; j < LIVE_WIDTH && !broken; j++) {
      double value = 0.2 * live[j];
      for (int i = 0; i < REFERENCE_WIDTH; i++) {
        value += reference[i] * map[i][j];
      }
      live[j] = (float) value;
    }
    return live;
  }

  private static float[] gaussian(Random random, int width) {
    float[] row = new float[width];
    for (int j = 0; j < width; j++) {
      row[j] = (float) random.nextGaussian();
    }
    return row;
  }

  static Sent sent(
      String topic,
      String model,
      InputKey key,
      long time,
      float[] live,
      float[] reference,
      int number) {
    EmbeddingEvent event =
        EmbeddingEvent.of(model, "1", WireVector.of(live), key)
            .withReference(REFERENCE, WireVector.of(reference))
            .withInputText("input " + key.low() % 1000)
            .withAttributes(Map.of("tenant", (key.low() & 7) == 0 ? "zeta" : "acme"));
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, key.toBytes(), EventCodec.encode(event));
    header(record, EventHeaders.ID, "event-" + number);
    header(record, EventHeaders.TIME, EventTime.format(time));
    header(record, EventHeaders.SUBJECT, model + "/1");
    header(record, EventHeaders.TYPE, EventHeaders.TYPE_V1);
    return new Sent(time, key, record);
  }

  static void header(ProducerRecord<byte[], byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  /** The events in another order, none later than the lateness that is allowed. */
  static List<Sent> shuffled(List<Sent> events, long seed) {
    Random random = new Random(seed);
    record Delayed(long arrival, Sent sent) {}
    return events.stream()
        .map(
            sent ->
                new Delayed(sent.timeMillis() + random.nextInt((int) LATENESS.toMillis()), sent))
        .sorted(Comparator.comparingLong(Delayed::arrival))
        .map(Delayed::sent)
        .toList();
  }

  static List<ProducerRecord<byte[], byte[]>> records(List<Sent> events) {
    return events.stream().map(Sent::record).toList();
  }

  /** Settings of a job that learns for ten panes. */
  public static MonitorConfig config(
      String bootstrap, String eventsTopic, int parallelism, Path dir) {
    return config(bootstrap, Map.of(), eventsTopic, parallelism, dir);
  }

  static MonitorConfig config(
      String bootstrap,
      Map<String, String> clientProperties,
      String eventsTopic,
      int parallelism,
      Path dir) {
    return new MonitorConfig(
        bootstrap,
        clientProperties,
        new Topics(
            eventsTopic,
            eventsTopic + "-dead-letters",
            eventsTopic + "-scores",
            eventsTopic + "-alerts",
            eventsTopic + "-baselines"),
        "monitor-" + eventsTopic,
        Duration.ofMinutes(1),
        5,
        SAMPLE,
        LATENESS,
        Duration.ofSeconds(30),
        Duration.ofMinutes(5),
        7,
        new BaselineSettings(10, SAMPLE, 4, 0.01, ArmingRule.OF_ANY_LENGTH),
        new DetectorSettings(0.05, 0.001),
        FleetSettings.DEFAULT.withBudget(new PageBudget(1, Duration.ofMinutes(1000))),
        SliceSettings.NONE,
        MonitorConfig.PROBE_TOLERANCE,
        ReferenceSettings.attached(REFERENCE),
        List.of(),
        "cpu",
        parallelism,
        Duration.ofMillis(200),
        dir.resolve("checkpoints").toUri().toString(),
        new Restore.Latest());
  }

  /** The same settings with another seed and another start. */
  static MonitorConfig with(MonitorConfig config, long seed, Restore restore) {
    return with(config, seed, restore, config.slices(), config.further());
  }

  /** The same settings with slices. */
  public static MonitorConfig withSlices(MonitorConfig config, SliceSettings slices) {
    return with(config, config.seed(), config.restore(), slices, config.further());
  }

  /** The same settings with references beside the shared one. */
  static MonitorConfig with(MonitorConfig config, List<FurtherReference> further) {
    return with(config, config.seed(), config.restore(), config.slices(), further);
  }

  /** The same settings in so many slots. */
  static MonitorConfig withParallelism(MonitorConfig config, int parallelism) {
    return with(config, config.baseline(), parallelism, config.idleTimeout());
  }

  private static MonitorConfig with(
      MonitorConfig config,
      long seed,
      Restore restore,
      SliceSettings slices,
      List<FurtherReference> further) {
    return new MonitorConfig(
        config.bootstrapServers(),
        config.clientProperties(),
        config.topics(),
        config.groupId(),
        config.pane(),
        config.windowPanes(),
        config.sampleSize(),
        config.lateness(),
        config.idleTimeout(),
        config.silentAfter(),
        seed,
        config.baseline(),
        config.detector(),
        config.fleet(),
        slices,
        config.probeTolerance(),
        config.reference(),
        further,
        config.provider(),
        config.parallelism(),
        config.checkpointInterval(),
        config.checkpointDir(),
        restore);
  }

  /** The same settings with baselines that are armed otherwise. */
  public static MonitorConfig with(MonitorConfig config, ArmingRule arming) {
    BaselineSettings baseline = config.baseline();
    return with(
        config,
        new BaselineSettings(
            baseline.panes(), baseline.minPairs(), baseline.strata(), baseline.ridge(), arming),
        config.parallelism(),
        config.idleTimeout());
  }

  /** The same settings with partitions that count as idle sooner or later. */
  static MonitorConfig withIdleTimeout(MonitorConfig config, Duration idleTimeout) {
    return with(config, config.baseline(), config.parallelism(), idleTimeout);
  }

  private static MonitorConfig with(
      MonitorConfig config, BaselineSettings baseline, int parallelism, Duration idleTimeout) {
    return new MonitorConfig(
        config.bootstrapServers(),
        config.clientProperties(),
        config.topics(),
        config.groupId(),
        config.pane(),
        config.windowPanes(),
        config.sampleSize(),
        config.lateness(),
        idleTimeout,
        config.silentAfter(),
        config.seed(),
        baseline,
        config.detector(),
        config.fleet(),
        config.slices(),
        config.probeTolerance(),
        config.reference(),
        config.further(),
        config.provider(),
        parallelism,
        config.checkpointInterval(),
        config.checkpointDir(),
        config.restore());
  }
}
