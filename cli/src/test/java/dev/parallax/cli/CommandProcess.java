package dev.parallax.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command in a process of its own, whose output is one stream. */
public final class CommandProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;
  private final List<String> seen = new ArrayList<>();

  private CommandProcess(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts a main class with the class path of this test. */
  public static CommandProcess start(Path temporaryFolder, Class<?> main, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + temporaryFolder,
                main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return new CommandProcess(builder.start());
  }

  /**
   * Reads until a line starts with {@code prefix}.
   *
   * @return that line
   */
  public String awaitLine(String prefix) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      seen.add(line);
      if (line.startsWith(prefix)) {
        return line;
      }
    }
    throw new AssertionError("the process ended without a line " + prefix + "…: " + seen);
  }

  /** Sends what Ctrl-C sends, or nearly, and returns every line of the process. */
  public List<String> stop() throws IOException {
    process.toHandle().destroy();
    return rest();
  }

  /** Every line, up to the end of the process. */
  public List<String> rest() throws IOException {
    output.lines().forEach(seen::add);
    return List.copyOf(seen);
  }

  /** Reads on to the end in the background, so that a process that says much is never held up. */
  public void readOn() {
    Thread reader = new Thread(() -> output.lines().forEach(line -> {}), "reads-on");
    reader.setUncaughtExceptionHandler((thread, ended) -> {});
    reader.setDaemon(true);
    reader.start();
  }

  /** The exit code, once the process has ended. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("the process still runs: " + seen);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
