package dev.parallax.cli.role;

import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.jobs.metrics.FlinkMetrics;
import java.nio.file.Path;
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
  void start(Roles roles, ParallaxConfig config, Path scratch) {
    FlinkMetrics metrics = new FlinkMetrics();
    MonitorRole monitor = roles.add(MonitorRole.start(config, scratch, metrics));
    roles.add(RoleEndpoint.start(config, monitor, metrics));
  }
}
