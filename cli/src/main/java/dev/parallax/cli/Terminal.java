package dev.parallax.cli;

import java.io.PrintStream;
import java.util.Map;

/**
 * Where a command prints and which environment it sees.
 *
 * @param out results, for people and pipes
 * @param err progress and failures
 * @param environment environment variables by name
 */
public record Terminal(PrintStream out, PrintStream err, Map<String, String> environment) {

  /** The standard streams and the environment of this process. */
  public static Terminal ofProcess() {
    return new Terminal(System.out, System.err, System.getenv());
  }
}
