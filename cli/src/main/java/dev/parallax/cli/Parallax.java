package dev.parallax.cli;

import dev.parallax.cli.baseline.BaselineCommand;
import dev.parallax.cli.demo.DemoCommand;
import dev.parallax.cli.demo.DemoTrafficCommand;
import dev.parallax.cli.doctor.DoctorCommand;
import dev.parallax.cli.drill.DrillCommand;
import dev.parallax.cli.ingest.DeadLettersCommand;
import dev.parallax.cli.ingest.DecodeCommand;
import dev.parallax.cli.kafka.TopicsCommand;
import dev.parallax.cli.offline.ScoreCommand;
import dev.parallax.cli.probe.ProbeCommand;
import dev.parallax.cli.replay.ReplayCommand;
import dev.parallax.cli.role.ExporterCommand;
import dev.parallax.cli.role.IngestCommand;
import dev.parallax.cli.role.MonitorCommand;
import dev.parallax.cli.role.UpCommand;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The command {@code parallax}.
 *
 * <p>Every failure is one line on standard error, {@code parallax <command>: <message>}, with the
 * exit code of {@link ExitCode}; {@code --verbose} adds the stack trace and what libraries log.
 */
@Command(
    name = "parallax",
    description = "Watches models in production and says when a representation has moved.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Exit codes: 0 ok, 1 finding or failure, 2 usage."})
public final class Parallax implements Runnable {

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and exit.")
  private boolean help;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show stack traces and what libraries log.")
  private boolean verbose;

  private Parallax() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(run(Terminal.ofProcess(), arguments));
  }

  /**
   * Runs a command.
   *
   * @return its exit code, see {@link ExitCode}
   */
  public static int run(Terminal terminal, String... arguments) {
    Parallax parallax = new Parallax();
    Failures failures = new Failures(terminal);
    CommandLine commandLine = new CommandLine(parallax);
    commands(terminal).forEach(commandLine::addSubcommand);
    return commandLine
        .setOut(new PrintWriter(terminal.out(), true))
        .setErr(new PrintWriter(terminal.err(), true))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionStrategy(result -> parallax.execute(result, failures))
        .setParameterExceptionHandler((exception, given) -> failures.usage(exception))
        .setExecutionExceptionHandler(
            (exception, command, result) -> failures.failure(command, exception, parallax.verbose))
        .execute(arguments);
  }

  private static List<Object> commands(Terminal terminal) {
    return List.of(
        new DemoCommand(terminal),
        new DemoTrafficCommand(terminal),
        new ReplayCommand(terminal),
        new DrillCommand(terminal),
        new ScoreCommand(terminal),
        new UpCommand(terminal),
        new IngestCommand(terminal),
        new MonitorCommand(terminal),
        new ExporterCommand(terminal),
        new TopicsCommand(terminal),
        new DecodeCommand(terminal),
        DeadLettersCommand.create(terminal),
        BaselineCommand.create(terminal),
        new ProbeCommand(terminal),
        new DoctorCommand(terminal),
        new VersionCommand(terminal));
  }

  /** Called when no command is named. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected a command; see parallax --help");
  }

  private int execute(ParseResult result, Failures failures) {
    Logging.quiet();
    if (verbose) {
      Logging.verbose();
    }
    try {
      return new RunLast().execute(result);
    } catch (LinkageError | OutOfMemoryError e) {
      // What a missing native library or a small heap throw; picocli hands on exceptions only.
      CommandLine command = result.asCommandLineList().get(result.asCommandLineList().size() - 1);
      return failures.failure(command, e, verbose);
    }
  }
}
