package dev.parallax.cli.baseline;

import dev.parallax.cli.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code parallax baseline}: what healthy looks like, and who said so. */
@Command(
    name = "baseline",
    description = "See what baselines were collected, what they promise, and approve them.",
    synopsisSubcommandLabel = "COMMAND")
public final class BaselineCommand implements Runnable {

  @Spec private CommandSpec spec;

  private BaselineCommand() {}

  /** The command with its own commands, which print to {@code terminal}. */
  public static CommandLine create(Terminal terminal) {
    return new CommandLine(new BaselineCommand())
        .addSubcommand(new CollectBaselineCommand(terminal))
        .addSubcommand(new ReportBaselineCommand(terminal))
        .addSubcommand(new ApproveBaselineCommand(terminal))
        .addSubcommand(new ListBaselinesCommand(terminal));
  }

  /** Called when no command is named. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "expected collect, report, approve or list; see parallax baseline --help");
  }
}
