package dev.parallax.cli;

/** What {@code parallax} exits with. */
public final class ExitCode {

  /** All is well. */
  public static final int OK = 0;

  /** A finding (a score that differs, a check that fails) or a failure. */
  public static final int FAILURE = 1;

  /** The command line could not be understood. */
  public static final int USAGE = 2;

  private ExitCode() {}
}
