package dev.parallax.benchmarks;

import dev.parallax.core.Topics;
import dev.parallax.core.fleet.FleetSettings;
import dev.parallax.jobs.Monitor;
import dev.parallax.jobs.MonitorConfig;
import dev.parallax.jobs.MonitorConfig.BaselineSettings;
import dev.parallax.jobs.MonitorConfig.DetectorSettings;
import dev.parallax.jobs.MonitorConfig.SliceSettings;
import dev.parallax.jobs.MonitorJob;
import dev.parallax.jobs.Restore;
import dev.parallax.jobs.reference.ReferenceSettings;
import dev.parallax.jobs.sink.OutRecord;
import dev.parallax.jobs.sink.OutRecordCodec;
import dev.parallax.jobs.source.EventSource;
import dev.parallax.jobs.source.SourceRecord;
import dev.parallax.jobs.source.SourceRecordCodec;
import dev.parallax.jobs.state.CodecType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.CloseableIterator;

/** Runs the whole job over a topic, with the defaults of the product. */
final class WholeJob {

  private static final Pattern IN = Pattern.compile("\"counts\":\\{\"in\":(\\d+)");

  /** When the first record of the present run came out of the source; set by the operator. */
  private static final AtomicLong FIRST = new AtomicLong();

  /**
   * When the last score of the present run was there; after it only the end of the job is waited
   * for.
   */
  private static final AtomicLong LAST = new AtomicLong();

  private WholeJob() {}

  /**
   * Seconds from the first record to the last score.
   *
   * @throws IllegalStateException if the scores do not account for every event
   */
  @SuppressWarnings("try") // Closing may be interrupted, which ends the benchmark.
  static double seconds(Load load, String bootstrapServers, int parallelism, Path dir)
      throws Exception {
    MonitorConfig config = config(load, bootstrapServers, parallelism, dir);
    StreamExecutionEnvironment env = Monitor.localEnvironment(config, dir);
    FIRST.set(0);
    DataStream<SourceRecord> events =
        EventSource.replay(env, config)
            .map(new Stopwatch())
            .returns(CodecType.of(SourceRecordCodec.INSTANCE));
    MonitorJob.Results results = MonitorJob.define(events, config);
    results.deadLetters().sinkTo(new DiscardingSink<>());
    List<String> scores = new ArrayList<>();
    DataStream<OutRecord> timed =
        results
            .scores()
            .map(
                score -> {
                  LAST.set(System.nanoTime());
                  return score;
                })
            .returns(CodecType.of(OutRecordCodec.INSTANCE));
    try (CloseableIterator<OutRecord> iterator = timed.executeAndCollect("benchmark")) {
      iterator.forEachRemaining(
          score -> scores.add(new String(score.value(), StandardCharsets.UTF_8)));
    }
    double seconds = (LAST.get() - FIRST.get()) / 1e9;
    long counted = scores.stream().mapToLong(WholeJob::eventsIn).sum();
    if (counted != load.events()) {
      throw new IllegalStateException(
          "expected the scores to count " + load.events() + " events, got " + counted);
    }
    return seconds;
  }

  private static long eventsIn(String score) {
    Matcher matcher = IN.matcher(score);
    if (!matcher.find()) {
      throw new IllegalStateException("a score without counts: " + score);
    }
    return Long.parseLong(matcher.group(1));
  }

  private static MonitorConfig config(
      Load load, String bootstrapServers, int parallelism, Path dir) {
    return new MonitorConfig(
        bootstrapServers,
        Map.of(),
        new Topics(load.topic(), "unused", "unused", "unused", "unused"),
        "benchmark",
        Duration.ofMinutes(1),
        15,
        1024,
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        1,
        BaselineSettings.DEFAULT,
        DetectorSettings.DEFAULT,
        FleetSettings.DEFAULT,
        SliceSettings.NONE,
        MonitorConfig.PROBE_TOLERANCE,
        ReferenceSettings.attached(Load.REFERENCE),
        List.of(),
        "cpu",
        parallelism,
        Duration.ofSeconds(30),
        dir.resolve("checkpoints").toUri().toString(),
        new Restore.Nothing());
  }

  private static final class Stopwatch implements MapFunction<SourceRecord, SourceRecord> {
    private static final long serialVersionUID = 1L;
    private boolean running;

    @Override
    public SourceRecord map(SourceRecord record) {
      if (!running) {
        running = true;
        FIRST.compareAndSet(0, System.nanoTime());
      }
      return record;
    }
  }
}
