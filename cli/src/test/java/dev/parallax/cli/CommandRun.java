package dev.parallax.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a command printed and returned.
 *
 * @param exitCode its exit code
 * @param out what it printed on standard output
 * @param err what it printed on standard error
 */
public record CommandRun(int exitCode, String out, String err) {

  /** Runs {@code parallax} with an empty environment. */
  public static CommandRun of(String... arguments) {
    return of(Map.of(), arguments);
  }

  /** Runs {@code parallax} with these environment variables. */
  public static CommandRun of(Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode = Parallax.run(new Terminal(stream(out), stream(err), environment), arguments);
    return new CommandRun(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Holds that it failed in one line, as every command does. */
  public void failedWith(int expectedExitCode, String line) {
    assertThat(err).isEqualTo(line + System.lineSeparator());
    assertThat(exitCode).isEqualTo(expectedExitCode);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
