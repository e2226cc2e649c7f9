package dev.parallax.cli.role;

import dev.parallax.cli.BuildInfo;
import dev.parallax.cli.CliException;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.exporter.Exporter;
import dev.parallax.exporter.LocalSources;
import dev.parallax.exporter.page.PortInUseException;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/** The exporter: metrics, API and status page. */
final class ExporterRole implements Role {

  private final Exporter exporter;

  private ExporterRole(Exporter exporter) {
    this.exporter = exporter;
  }

  /**
   * Takes the port and starts.
   *
   * @param sources what other roles of this process tell
   * @throws CliException if the port is taken or the address is not one of this machine
   */
  static ExporterRole start(ParallaxConfig config, LocalSources sources) {
    String version = BuildInfo.load().versionAndCommit();
    try {
      Exporter exporter = new Exporter(RoleSettings.exporter(config), version, sources);
      exporter.start();
      return new ExporterRole(exporter);
    } catch (PortInUseException e) {
      throw CliException.failure(e.getMessage() + ": stop what uses it, or set exporter.port", e);
    } catch (IllegalArgumentException | KafkaException e) {
      throw CliException.failure(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public String description() {
    return "exporter: " + exporter.address() + "/ and " + exporter.address() + "/metrics";
  }

  /** It reads again when brokers return, so it does not fail by itself. */
  @Override
  public Optional<String> failure() {
    return Optional.empty();
  }

  @Override
  public void close() {
    exporter.close();
  }
}
