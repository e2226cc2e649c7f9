package dev.parallax.cli.role;

import dev.parallax.cli.BuildInfo;
import dev.parallax.cli.CliException;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.exporter.metrics.ParallaxMetrics;
import dev.parallax.exporter.page.PortInUseException;
import dev.parallax.exporter.page.RoleServer;
import java.util.Optional;

/** Metrics and probes of ingest, where it runs without an exporter beside it. */
final class IngestEndpoint implements Role {

  private final RoleServer server;

  private IngestEndpoint(RoleServer server) {
    this.server = server;
  }

  /**
   * Takes the port and starts.
   *
   * @throws CliException if the port is taken or the address is not one of this machine
   */
  static IngestEndpoint start(ParallaxConfig config, IngestRole ingest) {
    ParallaxMetrics metrics =
        ParallaxMetrics.withoutFleet(ingest.sources(), BuildInfo.load().versionAndCommit());
    try {
      RoleServer server =
          new RoleServer(
              "ingest",
              config.ingest().host(),
              config.ingest().port(),
              RoleSettings.web("ingest", config.ingest().webConfigFile()),
              metrics,
              ingest::failure,
              ingest::whyNotReady);
      server.start();
      return new IngestEndpoint(server);
    } catch (PortInUseException e) {
      throw CliException.failure(e.getMessage() + ": stop what uses it, or set ingest.port", e);
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
