package dev.parallax.cli;

import org.jspecify.annotations.Nullable;

/**
 * A failure that a user can act on: one line and an exit code.
 *
 * <p>The line reaches the terminal as {@code parallax <command>: <message>}; the cause is shown
 * with {@code --verbose} only.
 */
public final class CliException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CliException(int exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** Something that was asked for did not work: {@value ExitCode#FAILURE}. */
  public static CliException failure(String message) {
    return new CliException(ExitCode.FAILURE, message, null);
  }

  /** As {@link #failure(String)}, because of {@code cause}. */
  public static CliException failure(String message, Throwable cause) {
    return new CliException(ExitCode.FAILURE, message, cause);
  }

  /** The command line itself is wrong: {@value ExitCode#USAGE}. */
  public static CliException usage(String message) {
    return new CliException(ExitCode.USAGE, message, null);
  }

  /** As {@link #usage(String)}, because of {@code cause}. */
  public static CliException usage(String message, Throwable cause) {
    return new CliException(ExitCode.USAGE, message, cause);
  }

  /** What the process exits with. */
  public int exitCode() {
    return exitCode;
  }
}
