package dev.parallax.cli.embedded;

import dev.parallax.cli.CliException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
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

  private final KafkaRaftServer server;
  private final BrokerSettings settings;
  private final boolean temporary;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedKafka(KafkaRaftServer server, BrokerSettings settings, boolean temporary) {
    this.server = server;
    this.settings = settings;
    this.temporary = temporary;
  }

  /**
   * A broker whose data is removed when it closes.
   *
   * @throws CliException if it cannot start
   */
  public static EmbeddedKafka temporary() {
    Path directory;
    try {
      directory = Files.createTempDirectory("parallax-kafka-");
    } catch (IOException e) {
      throw CliException.failure("no temporary folder for the embedded broker: " + e, e);
    }
    try {
      return start(directory, true, EmbeddedKafka::freePort);
    } catch (CliException e) {
      delete(directory);
      throw e;
    }
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
      return start(Files.createDirectories(directory).toRealPath(), false, ports);
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
      if (temporary) {
        delete(settings.directory());
      }
    }
  }

  private static EmbeddedKafka start(Path directory, boolean temporary, IntSupplier ports) {
    Exit.setExitProcedure(EmbeddedKafka::fatal);
    Exit.setHaltProcedure(EmbeddedKafka::fatal);
    for (int attempt = 1; ; attempt++) {
      BrokerSettings settings =
          new BrokerSettings(directory, HOST, ports.getAsInt(), ports.getAsInt());
      try {
        settings.formatIfNew();
        return new EmbeddedKafka(startServer(settings), settings, temporary);
      } catch (Exception e) {
        boolean lostRace = isTaken(settings.brokerPort()) || isTaken(settings.controllerPort());
        if (!lostRace || attempt == ATTEMPTS) {
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

  private static void stop(KafkaRaftServer server) {
    server.shutdown();
    server.awaitShutdown();
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
      return entries.findAny().isEmpty();
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("left behind: " + directory, e);
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
