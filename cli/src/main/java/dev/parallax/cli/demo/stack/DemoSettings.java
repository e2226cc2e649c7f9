package dev.parallax.cli.demo.stack;

import dev.parallax.cli.demo.traffic.TrafficPlan;
import dev.parallax.cli.demo.traffic.TrafficShape;
import dev.parallax.core.Topics;
import dev.parallax.core.drift.ArmingRule;
import dev.parallax.core.fleet.FleetSettings;
import dev.parallax.core.fleet.PageBudget;
import dev.parallax.jobs.MonitorConfig;
import dev.parallax.jobs.MonitorConfig.BaselineSettings;
import dev.parallax.jobs.MonitorConfig.DetectorSettings;
import dev.parallax.jobs.MonitorConfig.SliceSettings;
import dev.parallax.jobs.Restore;
import dev.parallax.jobs.reference.ReferenceSettings;
import dev.parallax.onnx.cache.ParallaxCache;
import dev.parallax.onnx.encoder.BundledEncoders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How the job is set up for a demo: as in production, but for a smaller sample, a baseline that
 * fits into the first quarter of the traffic, and checkpoints every second so that scores are seen
 * at once.
 *
 * @param shape the traffic
 */
public record DemoSettings(TrafficShape shape) {

  /** Where the inference services of the demo publish. */
  public static final String SOURCE_TOPIC = "inference.embeddings";

  static final int EVENT_PARTITIONS = 2;

  private static final int WINDOW_PANES = 15;
  private static final int SAMPLE = 512;
  private static final int MIN_PAIRS = 448;
  private static final int MIN_BASELINE = 8;
  private static final int MAX_BASELINE = 40;
  private static final int PANES_BETWEEN_FALSE_PAGES = 10_000;
  private static final int REFERENCE_THREADS = 2;
  private static final Duration LATENESS = TrafficPlan.MAX_DISORDER.plusSeconds(7);

  /** Every partition has traffic; none is idle, however busy the machine. */
  private static final Duration IDLE = Duration.ofMinutes(30);

  private static final Duration SILENT = Duration.ofMinutes(10);
  private static final Duration CHECKPOINTS = Duration.ofSeconds(1);

  /** Panes until the baseline is armed. */
  public int baselinePanes() {
    return Math.max(MIN_BASELINE, Math.min(MAX_BASELINE, shape.panes() / 4));
  }

  /** A week of minutes; a month would be as many times longer than the demo, and later to page. */
  private PageBudget budget() {
    return new PageBudget(1, shape.pane().multipliedBy(PANES_BETWEEN_FALSE_PAGES));
  }

  /** The job's configuration. */
  public MonitorConfig monitor(String bootstrapServers, Path workDir) {
    return new MonitorConfig(
        bootstrapServers,
        Map.of(),
        Topics.DEFAULT,
        "parallax-monitor",
        shape.pane(),
        WINDOW_PANES,
        SAMPLE,
        LATENESS,
        IDLE,
        SILENT,
        shape.seed(),
        new BaselineSettings(
            baselinePanes(),
            MIN_PAIRS,
            BaselineSettings.DEFAULT.strata(),
            BaselineSettings.DEFAULT.ridge(),
            ArmingRule.OF_ANY_LENGTH),
        DetectorSettings.DEFAULT,
        FleetSettings.DEFAULT.withBudget(budget()),
        SliceSettings.NONE,
        MonitorConfig.PROBE_TOLERANCE,
        ReferenceSettings.builtin(
            BundledEncoders.MINILM,
            REFERENCE_THREADS,
            ParallaxCache.locate().embeddings().toString()),
        List.of(),
        "cpu",
        1,
        CHECKPOINTS,
        workDir.resolve("checkpoints").toUri().toString(),
        new Restore.Nothing());
  }

  /** The same as a configuration file, for a replay of what a demo kept. */
  public String toYaml() {
    return """
        # What this demo ran with, for `parallax replay --data`.
        reference:
          manifest: builtin:%s
          threads: %d
        monitor:
          application-id: parallax-monitor
          pane: %ds
          window-panes: %d
          sample-size: %d
          lateness: %ds
          idle-timeout: %ds
          silent-after: %ds
          seed: %d
          checkpoint-interval: %ds
          baseline:
            panes: %d
            min-pairs: %d
            least-hold-out-panes: %d
          fleet:
            page-budget: %d per %ds
        """
        .formatted(
            BundledEncoders.MINILM,
            REFERENCE_THREADS,
            shape.pane().toSeconds(),
            WINDOW_PANES,
            SAMPLE,
            LATENESS.toSeconds(),
            IDLE.toSeconds(),
            SILENT.toSeconds(),
            shape.seed(),
            CHECKPOINTS.toSeconds(),
            baselinePanes(),
            MIN_PAIRS,
            ArmingRule.OF_ANY_LENGTH.leastHoldOutPanes(),
            budget().pages(),
            budget().per().toSeconds());
  }
}
