package dev.parallax.jobs;

import dev.parallax.jobs.metrics.FlinkMetrics;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.runtime.metrics.MetricRegistryConfiguration;
import org.apache.flink.runtime.metrics.MetricRegistryImpl;
import org.apache.flink.runtime.metrics.ReporterSetup;
import org.apache.flink.runtime.metrics.filter.ReporterFilter;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/**
 * A Flink cluster in this process that tells one reporter, of this process too, what it measures.
 */
@SuppressWarnings("try") // Flink's own close() may be interrupted; it is closed asynchronously.
final class WatchedCluster extends MiniCluster {

  private final FlinkMetrics metrics;

  WatchedCluster(MiniClusterConfiguration config, FlinkMetrics metrics) {
    super(config);
    this.metrics = metrics;
  }

  @Override
  protected MetricRegistryImpl createMetricRegistry(Configuration config, long maxMessageSize) {
    return new MetricRegistryImpl(
        MetricRegistryConfiguration.fromConfiguration(config, maxMessageSize),
        List.of(
            new ReporterSetup(
                "parallax",
                new MetricConfig(),
                metrics,
                ReporterFilter.getNoOpFilter(),
                Map.of())));
  }
}
