package dev.parallax.cli.role;

import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.ParallaxConfig;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** {@code parallax up}: ingest, monitor and exporter in one process. */
@Command(
    name = "up",
    description = "Run ingest, the monitoring job and the exporter in one process.")
public final class UpCommand extends RoleCommand {

  /** A command that prints to {@code terminal}. */
  public UpCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void start(Roles roles, ParallaxConfig config, Path scratch) {
    IngestRole ingest = roles.add(IngestRole.start(config, scratch));
    roles.add(ExporterRole.start(config, ingest.sources()));
    roles.add(MonitorRole.start(config, scratch));
  }
}
