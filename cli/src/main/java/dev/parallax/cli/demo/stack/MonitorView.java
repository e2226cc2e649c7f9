package dev.parallax.cli.demo.stack;

import dev.parallax.exporter.LocalSources;
import dev.parallax.exporter.metrics.BatchTimes;
import dev.parallax.exporter.metrics.ForeignFamily;
import dev.parallax.jobs.metrics.BatchSeconds;
import dev.parallax.jobs.metrics.FlinkFamily;
import dev.parallax.jobs.metrics.FlinkMetrics;
import java.util.List;

/**
 * What the job measures, in the form that the exporter shows: the two modules do not know each
 * other.
 */
public final class MonitorView {

  private MonitorView() {}

  /** The sources with the job's metrics, and Flink's. */
  public static LocalSources withJob(LocalSources sources, FlinkMetrics metrics) {
    return sources
        .withEncodeBatch(() -> times(metrics.encodeBatches()))
        .withScoreBatch(() -> times(metrics.scoreBatches()))
        .withForeign(() -> families(metrics));
  }

  private static BatchTimes times(BatchSeconds.Snapshot times) {
    return new BatchTimes(times.boundsSeconds(), times.counts(), times.sumSeconds());
  }

  private static List<ForeignFamily> families(FlinkMetrics metrics) {
    return metrics.families().stream().map(MonitorView::family).toList();
  }

  private static ForeignFamily family(FlinkFamily family) {
    return new ForeignFamily(
        family.name(),
        family.isSummary(),
        family.help(),
        family.samples().stream()
            .map(sample -> new ForeignFamily.Sample(sample.name(), sample.labels(), sample.value()))
            .toList());
  }
}
