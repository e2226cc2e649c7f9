package dev.parallax.cli.role;

import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.ParallaxConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

/** {@code parallax monitor}: sample, encode, score, track, for ever. */
@Command(
    name = "monitor",
    description = "Run the monitoring job: read events, publish scores and alerts.")
public final class MonitorCommand extends RoleCommand {

  /** A command that prints to {@code terminal}. */
  public MonitorCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  List<Supplier<Role>> roles(ParallaxConfig config, Path scratch) {
    return List.of(() -> MonitorRole.start(config, scratch));
  }
}
