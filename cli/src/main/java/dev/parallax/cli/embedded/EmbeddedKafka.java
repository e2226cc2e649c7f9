package dev.parallax.cli.embedded;

import dev.parallax.cli.CliException;
import dev.parallax.cli.ScratchFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker in this process: one KRaft node, made of what a real broker is made of, listening
 * on loopback only.
 *
 * <p>It keeps every record for ever and takes record timestamps from any time, as a demo runs its
 * event time faster than the clock.
 *
 * <p>Kafka's own code ends the process when something fatal happens to a broker. Starting one here
 * turns that into an exception, for every broker of the process.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private static final String HOST = "127.0.0.1";

  /** A free port may be taken by another process between finding and binding it. */
  private static final int ATTEMPTS = 5;

  /** Stopping takes less than a second; Kafka may also hang for ever. */
  private static final Duration MOST_STOPPING = Duration.ofSeconds(10);

  private final KafkaRaftServer server;
  private final BrokerSettings settings;
  private final Runnable release;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedKafka(KafkaRaftServer server, BrokerSettings settings, Runnable release) {
    this.server = server;
    this.settings = settings;
    this.release = release;
  }

  /**
   * A broker whose data is removed when it closes.
   *
   * @throws CliException if it cannot start
   */
  public static EmbeddedKafka temporary() {
    ScratchFolder scratch = ScratchFolder.create("kafka");
    return start(scratch.path(), scratch::close, EmbeddedKafka::freePort);
  }

  /**
   * A broker that keeps its data in {@code directory} and goes on with what an earlier one kept
   * there.
   *
   * @throws CliException if the folder holds something else or is in use, or the broker cannot
   *     start
   */
  public static EmbeddedKafka keeping(Path directory) {
    return keeping(directory, EmbeddedKafka::freePort);
  }

  static EmbeddedKafka keeping(Path directory, IntSupplier ports) {
    try {
      if (Files.isDirectory(directory)
          && !Files.exists(directory.resolve(BrokerSettings.META_PROPERTIES))
          && !isEmpty(directory)) {
        throw CliException.failure(
            directory + ": expected an empty folder or one that an earlier run kept");
      }
      Path data = Files.createDirectories(directory).toRealPath();
      FolderLock lock = FolderLock.take(data);
      return start(data, lock::close, ports);
    } catch (IOException e) {
      throw CliException.failure(directory + ": not usable as a folder for data: " + e, e);
    }
  }

  /** Where clients connect: {@code 127.0.0.1:port}. */
  public String bootstrapServers() {
    return HOST + ":" + settings.brokerPort();
  }

  /** The folder of its data. */
  public Path dataDirectory() {
    return settings.directory();
  }

  /**
   * Stops the broker and removes temporary data, in well under two seconds. Close its clients
   * first. Safe to call again, and from a shutdown hook.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      stop(server);
      release.run();
    }
  }

  /** Starts; gives the folder back if that fails. */
  private static EmbeddedKafka start(Path directory, Runnable release, IntSupplier ports) {
    Exit.setExitProcedure(EmbeddedKafka::fatal);
    Exit.setHaltProcedure(EmbeddedKafka::fatal);
    for (int attempt = 1; ; attempt++) {
      BrokerSettings settings =
          new BrokerSettings(directory, HOST, ports.getAsInt(), ports.getAsInt());
      try {
        settings.formatIfNew();
        return new EmbeddedKafka(startServer(settings), settings, release);
      } catch (Exception e) {
        boolean lostRace = isTaken(settings.brokerPort()) || isTaken(settings.controllerPort());
        if (!lostRace || attempt == ATTEMPTS) {
          release.run();
          throw CliException.failure(
              "the embedded broker cannot start in " + directory + ": " + rootMessage(e), e);
        }
      }
    }
  }

  private static KafkaRaftServer startServer(BrokerSettings settings) {
    KafkaRaftServer server = new KafkaRaftServer(settings.config(), Time.SYSTEM);
    try {
      server.startup();
      return server;
    } catch (RuntimeException e) {
      stop(server);
      throw e;
    }
  }

  /** Stops on a thread of its own, so that a broker that hangs cannot hang its owner. */
  private static void stop(KafkaRaftServer server) {
    Thread stopping =
        new Thread(
            () -> {
              server.shutdown();
              server.awaitShutdown();
            },
            "embedded-kafka-stop");
    stopping.setDaemon(true);
    stopping.start();
    joinUninterruptibly(stopping, MOST_STOPPING);
  }

  private static void joinUninterruptibly(Thread thread, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    boolean interrupted = false;
    for (long left = limit.toMillis(); thread.isAlive() && left > 0; ) {
      try {
        thread.join(left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      left = Duration.ofNanos(end - System.nanoTime()).toMillis();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void fatal(int status, String message) {
    throw new IllegalStateException(
        message == null ? "the embedded broker failed with status " + status : message);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw CliException.failure("no free port on " + HOST + ": " + e.getMessage(), e);
    }
  }

  private static boolean isTaken(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(HOST))) {
      return !socket.isBound();
    } catch (IOException e) {
      return true;
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.allMatch(entry -> entry.endsWith(FolderLock.FILE));
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
