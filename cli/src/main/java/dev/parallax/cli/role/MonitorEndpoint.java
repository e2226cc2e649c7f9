package dev.parallax.cli.role;

import dev.parallax.cli.BuildInfo;
import dev.parallax.cli.CliException;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.demo.stack.MonitorView;
import dev.parallax.exporter.LocalSources;
import dev.parallax.exporter.metrics.ParallaxMetrics;
import dev.parallax.exporter.page.PortInUseException;
import dev.parallax.exporter.page.RoleServer;
import dev.parallax.jobs.metrics.FlinkMetrics;
import java.util.Optional;

/** Metrics and probes of the job, where it runs without an exporter beside it. */
final class MonitorEndpoint implements Role {

  private final RoleServer server;

  private MonitorEndpoint(RoleServer server) {
    this.server = server;
  }

  /**
   * Takes the port and starts.
   *
   * @throws CliException if the port is taken or the address is not one of this machine
   */
  static MonitorEndpoint start(ParallaxConfig config, MonitorRole monitor, FlinkMetrics job) {
    ParallaxMetrics metrics =
        ParallaxMetrics.withoutFleet(
            MonitorView.withJob(LocalSources.NONE, job), BuildInfo.load().versionAndCommit());
    try {
      RoleServer server =
          new RoleServer(
              "monitor",
              config.monitor().host(),
              config.monitor().port(),
              RoleSettings.web("monitor", config.monitor().webConfigFile()),
              metrics,
              monitor::whyUnhealthy,
              monitor::whyNotReady);
      server.start();
      return new MonitorEndpoint(server);
    } catch (PortInUseException e) {
      throw CliException.failure(e.getMessage() + ": stop what uses it, or set monitor.port", e);
    } catch (IllegalArgumentException e) {
      throw CliException.failure(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public String description() {
    return "metrics: " + server.address() + "/metrics";
  }

  /** It has no work of its own that could fail. */
  @Override
  public Optional<String> failure() {
    return Optional.empty();
  }

  @Override
  public void close() {
    server.close();
  }
}
