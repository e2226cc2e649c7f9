package dev.parallax.jobs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The job in a process of its own, to be killed. */
public final class MonitorProcess implements AutoCloseable {

  private final Process process;

  private MonitorProcess(Process process) {
    this.process = process;
  }

  /** Starts it with the settings of {@link World} and a folder that another may go on with. */
  static MonitorProcess start(String bootstrapServers, String events, Path dir, Path log)
      throws IOException {
    return new MonitorProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                MonitorProcess.class.getName(),
                bootstrapServers,
                events,
                dir.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the process as a power cut would. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Monitors until it is killed. */
  public static void main(String[] args) throws InterruptedException {
    Path dir = Path.of(args[2]);
    Monitor.start(World.config(args[0], args[1], 1, dir), dir.resolve("work"));
    new CountDownLatch(1).await();
  }
}
