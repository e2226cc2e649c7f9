package dev.parallax.cli.role;

import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.ParallaxConfig;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** {@code parallax ingest}: decode, validate, de-duplicate, key, for ever. */
@Command(
    name = "ingest",
    description = "Run ingest: read what services publish, pass on clean events.")
public final class IngestCommand extends RoleCommand {

  /** A command that prints to {@code terminal}. */
  public IngestCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void start(Roles roles, ParallaxConfig config, Path scratch) {
    IngestRole ingest = roles.add(IngestRole.start(config, scratch));
    roles.add(RoleEndpoint.start(config, ingest));
  }
}
