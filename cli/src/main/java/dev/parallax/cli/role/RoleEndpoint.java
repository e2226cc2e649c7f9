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
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Metrics and probes of a role that runs without an exporter beside it. */
final class RoleEndpoint implements Role {

  private final RoleServer server;

  private RoleEndpoint(RoleServer server) {
    this.server = server;
  }

  /**
   * Takes the port of ingest and starts.
   *
   * @throws CliException if the port is taken or the address is not one of this machine
   */
  static RoleEndpoint start(ParallaxConfig config, IngestRole ingest) {
    return start(
        "ingest",
        config.ingest().host(),
        config.ingest().port(),
        config.ingest().webConfigFile(),
        ingest.sources(),
        ingest::failure,
        ingest::whyNotReady);
  }

  /**
   * Takes the port of the job and starts.
   *
   * @throws CliException if the port is taken or the address is not one of this machine
   */
  static RoleEndpoint start(ParallaxConfig config, MonitorRole monitor, FlinkMetrics job) {
    return start(
        "monitor",
        config.monitor().host(),
        config.monitor().port(),
        config.monitor().webConfigFile(),
        MonitorView.withJob(LocalSources.NONE, job),
        monitor::whyUnhealthy,
        monitor::whyNotReady);
  }

  private static RoleEndpoint start(
      String role,
      String host,
      int port,
      Optional<Path> webConfigFile,
      LocalSources sources,
      Supplier<Optional<String>> whyUnhealthy,
      Supplier<Optional<String>> whyNotReady) {
    ParallaxMetrics metrics =
        ParallaxMetrics.withoutFleet(sources, BuildInfo.load().versionAndCommit());
    try {
      RoleServer server =
          new RoleServer(
              role,
              host,
              port,
              RoleSettings.web(role, webConfigFile),
              metrics,
              whyUnhealthy,
              whyNotReady);
      server.start();
      return new RoleEndpoint(server);
    } catch (PortInUseException e) {
      throw CliException.failure(
          e.getMessage() + ": stop what uses it, or set " + role + ".port", e);
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
