package dev.parallax.cli.role;

import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.ParallaxConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
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
  List<Supplier<Role>> roles(ParallaxConfig config, Path scratch) {
    return List.of(() -> ExporterRole.start(config));
  }
}
