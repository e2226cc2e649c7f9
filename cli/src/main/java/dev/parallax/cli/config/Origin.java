package dev.parallax.cli.config;

import dev.parallax.cli.CliException;
import java.nio.file.Path;

/**
 * Where a value of the configuration was written.
 *
 * @param place as a message names it: {@code parallax.yaml: line 3}, {@code environment
 *     PARALLAX_MONITOR_PANE} or {@code --set}
 * @param folder what a relative path in the value starts from
 * @param commandLine whether a mistake here is one of the command line
 */
record Origin(String place, Path folder, boolean commandLine) {

  private static final Path WORKING_FOLDER = Path.of("");

  static Origin line(Path file, int line) {
    return new Origin(file + ": line " + line, folderOf(file), false);
  }

  static Origin file(Path file) {
    return new Origin(file.toString(), folderOf(file), false);
  }

  static Origin environment(String variable) {
    return new Origin("environment " + variable, WORKING_FOLDER, false);
  }

  static Origin flag() {
    return new Origin("--set", WORKING_FOLDER, true);
  }

  static Origin defaults() {
    return new Origin("defaults", WORKING_FOLDER, false);
  }

  CliException mistake(String message) {
    String text = place + ": " + message;
    return commandLine ? CliException.usage(text) : CliException.failure(text);
  }

  private static Path folderOf(Path file) {
    Path parent = file.getParent();
    return parent == null ? WORKING_FOLDER : parent;
  }
}
