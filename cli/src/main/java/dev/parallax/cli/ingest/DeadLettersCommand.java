package dev.parallax.cli.ingest;

import dev.parallax.cli.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code parallax dead-letters}: what was turned away, and another try. */
@Command(
    name = "dead-letters",
    description = "See what was turned away and why, and send it through again after a fix.",
    synopsisSubcommandLabel = "COMMAND")
public final class DeadLettersCommand implements Runnable {

  @Spec private CommandSpec spec;

  private DeadLettersCommand() {}

  /** The command with its own commands, which print to {@code terminal}. */
  public static CommandLine create(Terminal terminal) {
    return new CommandLine(new DeadLettersCommand())
        .addSubcommand(new ListLettersCommand(terminal))
        .addSubcommand(new ShowLettersCommand(terminal))
        .addSubcommand(new RetryLettersCommand(terminal));
  }

  /** Called when no command is named. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "expected list, show or retry; see parallax dead-letters --help");
  }
}
