package dev.parallax.benchmarks.exporter;

import com.sun.management.OperatingSystemMXBean;
import dev.parallax.core.drift.Figure;
import dev.parallax.core.drift.Figures;
import dev.parallax.core.drift.Provenance;
import dev.parallax.core.drift.Score;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.fleet.PageBudget;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.Series;
import dev.parallax.exporter.LocalSources;
import dev.parallax.exporter.feed.FeedStatus;
import dev.parallax.exporter.feed.ReadResult;
import dev.parallax.exporter.feed.ScoreReader;
import dev.parallax.exporter.fleet.FleetState;
import dev.parallax.exporter.page.StatusServer;
import dev.parallax.exporter.web.WebConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The exporter's server over a fleet whose series each have a score a minute, in a process of its
 * own. Prints its address; answers each line on its input with the processor time that it has used,
 * in nanoseconds.
 */
final class ServedFleet {

  private static final int HISTORY = 720;
  private static final long PANE = 60_000;

  /** Scores are written by the job, so they are ready before anything is measured. */
  private static final int MINUTES_AHEAD = 4;

  private static final Provenance PROVENANCE =
      new Provenance("0.1.0", "c0ffee", "beef", "f00d", "cpu", "1.28.0", "avx2", 7);

  private final int series;
  private final FleetState fleet;
  private final Random random = new Random(7);
  private final Queue<byte[]> waiting = new ArrayDeque<>();
  private long next;

  private ServedFleet(int series) {
    this.series = series;
    this.fleet = new FleetState(Duration.ofHours(24), series, HISTORY, Clock.systemUTC());
  }

  public static void main(String[] arguments) throws IOException {
    ServedFleet served = new ServedFleet(Integer.parseInt(arguments[0]));
    for (int i = 0; i < served.series * 15; i++) {
      served.takeOne();
    }
    for (int i = 0; i < served.series * MINUTES_AHEAD; i++) {
      served.waiting.add(served.newScore());
    }
    ScheduledExecutorService scores = Executors.newSingleThreadScheduledExecutor();
    long nanosBetween = TimeUnit.MINUTES.toNanos(1) / served.series;
    scores.scheduleAtFixedRate(served::takeOne, nanosBetween, nanosBetween, TimeUnit.NANOSECONDS);
    try (StatusServer server = served.server()) {
      server.start();
      System.out.println(server.address());
      OperatingSystemMXBean process =
          (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      while (lines.readLine() != null) {
        System.out.println(process.getProcessCpuTime());
      }
    } finally {
      scores.shutdownNow();
    }
  }

  private StatusServer server() {
    FeedStatus feed =
        new FeedStatus(true, true, true, Optional.empty(), Map.of(), Map.of(), Map.of());
    return new StatusServer(
        "127.0.0.1",
        0,
        WebConfig.NONE,
        fleet,
        () -> feed,
        LocalSources.NONE,
        PageBudget.DEFAULT,
        "benchmark");
  }

  /** Takes in a score as it comes from the topic. */
  private void takeOne() {
    byte[] score = waiting.isEmpty() ? newScore() : waiting.remove();
    if (ScoreReader.read(score) instanceof ReadResult.Value<Score> read) {
      fleet.accept(read.value());
    }
  }

  /** The next score; series take turns. */
  private byte[] newScore() {
    int which = (int) (next % series);
    long pane = next / series;
    next++;
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    for (Figure figure : Figure.values()) {
      figures.put(figure, random.nextDouble());
    }
    return new Score(
            new Series("model-" + which, "2026-10-0" + which % 9, "all-minilm-l6-v2@1.0", ""),
            pane * PANE,
            (pane + 1) * PANE,
            Math.max(0, pane - 14) * PANE,
            256,
            3840,
            Figures.of(figures),
            Optional.of("b-" + which),
            Verdict.values()[which % Verdict.values().length],
            List.of("translation residual 1.9 times its baseline for 30 panes"),
            new EventCounts(1000, 700, 30, 14, 0, 0),
            PROVENANCE,
            "ab".repeat(32))
        .toJson();
  }
}
