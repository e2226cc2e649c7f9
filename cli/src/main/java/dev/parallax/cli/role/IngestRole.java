package dev.parallax.cli.role;

import dev.parallax.cli.CliException;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.demo.stack.IngestView;
import dev.parallax.exporter.LocalSources;
import dev.parallax.ingest.IngestApp;
import dev.parallax.ingest.IngestConfig;
import dev.parallax.ingest.IngestStartException;
import dev.parallax.ingest.SourceConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Ingest: whatever services publish becomes one clean stream. */
final class IngestRole implements Role {

  private final IngestConfig config;
  private final IngestApp app;

  private IngestRole(IngestConfig config, IngestApp app) {
    this.config = config;
    this.app = app;
  }

  /**
   * Checks the topics and starts.
   *
   * @throws CliException if a source topic is missing or another process uses the state folder
   */
  static IngestRole start(ParallaxConfig parallax, Path scratch) {
    IngestConfig config = RoleSettings.ingest(parallax, scratch);
    IngestApp app = new IngestApp(config, Clock.systemUTC());
    try {
      app.start();
      return new IngestRole(config, app);
    } catch (IngestStartException e) {
      app.close();
      throw CliException.failure(String.valueOf(e.getMessage()), e);
    }
  }

  /** What it counts, for the metrics. */
  LocalSources sources() {
    List<String> paired =
        config.sources().stream().filter(SourceConfig::isPaired).map(SourceConfig::name).toList();
    return LocalSources.NONE
        .withIngest(() -> IngestView.of(app.counters()))
        .withIngestLag(app::lag)
        .withPairingWait(() -> IngestView.pairingWaits(app.counters(), paired));
  }

  /** Why it does not process records; empty while it does. */
  Optional<String> whyNotReady() {
    return failure()
        .or(
            () ->
                app.isRunning()
                    ? Optional.empty()
                    : Optional.of("ingest waits for its partitions and its state"));
  }

  @Override
  public String description() {
    return "ingest: "
        + String.join(", ", config.sourceNames())
        + " to "
        + config.topics().events()
        + " at "
        + config.bootstrapServers();
  }

  @Override
  public Optional<String> failure() {
    return app.isHealthy()
        ? Optional.empty()
        : Optional.of("ingest has stopped" + app.failure().map(cause -> ": " + cause).orElse(""));
  }

  @Override
  public void close() {
    app.close();
  }
}
