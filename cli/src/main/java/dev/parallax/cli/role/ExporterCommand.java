package dev.parallax.cli.role;

import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.exporter.LocalSources;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** {@code parallax exporter}: scores and alerts as metrics and as a page. */
@Command(
    name = "exporter",
    description = "Serve metrics, the API and the status page from scores and alerts.")
public final class ExporterCommand extends RoleCommand {

  /** A command that prints to {@code terminal}. */
  public ExporterCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void start(Roles roles, ParallaxConfig config, Path scratch) {
    roles.add(ExporterRole.start(config, LocalSources.NONE));
  }
}
