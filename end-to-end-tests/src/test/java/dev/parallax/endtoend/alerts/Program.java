package dev.parallax.endtoend.alerts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a program of this machine to its end, and keeps what it said. */
final class Program {

  private static final long SECONDS = 60;

  /**
   * How a program ended.
   *
   * @param code its exit code
   * @param output standard output and error together
   */
  record Result(int code, String output) {}

  private Program() {}

  /** The program of this name on the path; the packages of a distribution may prefix it. */
  static Path find(String... names) {
    return Stream.of(names)
        .flatMap(name -> onPath(name).stream())
        .findFirst()
        .orElseThrow(() -> new AssertionError("not on the path: " + String.join(", ", names)));
  }

  private static Optional<Path> onPath(String name) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Runs {@code command} in {@code folder}. */
  static Result run(Path folder, List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + ": still running after " + SECONDS + " s");
      }
      return new Result(process.exitValue(), Files.readString(output));
    } finally {
      Files.delete(output);
    }
  }
}
