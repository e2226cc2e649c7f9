package dev.parallax.ingest;

import dev.parallax.ingest.envelope.Envelope;
import dev.parallax.ingest.format.Format;
import dev.parallax.ingest.format.FormatOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Ingest in a process of its own, to be killed. */
public final class IngestProcess implements AutoCloseable {

  static final String SOURCE = "calls";
  static final String REQUESTS = "requests";
  static final String RESPONSES = "responses";
  static final Duration WAIT = Duration.ofSeconds(5);

  private final Process process;

  private IngestProcess(Process process) {
    this.process = process;
  }

  static IngestProcess start(String bootstrapServers, Path stateDir, Path log) throws IOException {
    return new IngestProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                IngestProcess.class.getName(),
                bootstrapServers,
                stateDir.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start());
  }

  /** Ends the process as a power cut would. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Asks the process to stop. */
  void stop() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Runs ingest until it is killed. */
  public static void main(String[] args) throws InterruptedException {
    IngestConfig config =
        IngestConfig.builder(args[0], Path.of(args[1]), List.of())
            .applicationId("crashing")
            .groupInstanceId("one")
            .inputKeySecret(TestEvents.SECRET)
            .source(
                new SourceConfig(
                    SOURCE,
                    RESPONSES,
                    Optional.of(REQUESTS),
                    Envelope.RAW,
                    Format.OPENAI,
                    Map.of(),
                    Optional.of("x-request-id"),
                    FormatOptions.NONE,
                    Optional.of("model"),
                    Optional.of("1"),
                    WAIT))
            .client(Map.of("producer.transaction.timeout.ms", "3000"))
            .build();
    IngestApp app = new IngestApp(config, Clock.systemUTC());
    Runtime.getRuntime().addShutdownHook(new Thread(app::close));
    app.start();
    new CountDownLatch(1).await();
  }
}
