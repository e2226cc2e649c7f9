package dev.parallax.cli;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints failures as one line each and decides their exit code. */
final class Failures {

  private final Terminal terminal;

  Failures(Terminal terminal) {
    this.terminal = terminal;
  }

  /** A command line that could not be understood. */
  int usage(ParameterException exception) {
    CommandLine command = exception.getCommandLine();
    print(
        command.getCommandSpec().qualifiedName(),
        exception instanceof UnmatchedArgumentException unmatched
            ? unmatched(unmatched, command)
            : decapitalised(String.valueOf(exception.getMessage())));
    return ExitCode.USAGE;
  }

  /** A command that failed. */
  int failure(CommandLine command, Throwable failure, boolean verbose) {
    String name = command.getCommandSpec().qualifiedName();
    int exitCode = ExitCode.FAILURE;
    if (failure instanceof CliException expected) {
      print(name, String.valueOf(expected.getMessage()));
      exitCode = expected.exitCode();
    } else if (failure instanceof OutOfMemoryError) {
      print(name, "out of memory: raise the heap, for example PARALLAX_JAVA_OPTS=-Xmx4g");
    } else {
      print(name, "unexpected " + failure + (verbose ? "" : " (--verbose shows where)"));
    }
    if (verbose) {
      failure.printStackTrace(terminal.err());
    }
    return exitCode;
  }

  private void print(String command, String message) {
    terminal.err().println(command + ": " + message.strip().replaceAll("\\s*\\R\\s*", " "));
  }

  private static String unmatched(UnmatchedArgumentException exception, CommandLine command) {
    String argument = exception.getUnmatched().get(0);
    if (argument.startsWith("-")) {
      String option = argument.contains("=") ? argument.split("=", 2)[0] : argument;
      List<String> options =
          command.getCommandSpec().options().stream()
              .filter(known -> !known.hidden())
              .flatMap(known -> Stream.of(known.names()))
              .toList();
      return "unknown option " + option + Nearest.hint(option, options);
    }
    if (!command.getSubcommands().isEmpty()) {
      return "unknown command "
          + argument
          + Nearest.hint(argument, command.getSubcommands().keySet());
    }
    return "unexpected argument " + argument;
  }

  private static String decapitalised(String message) {
    return message.isEmpty() || message.length() > 1 && Character.isUpperCase(message.charAt(1))
        ? message
        : Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }
}
