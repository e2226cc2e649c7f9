package dev.parallax.endtoend.alerts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of this machine that serves HTTP on loopback, such as Prometheus. */
final class Daemon implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(10);

  private final Process process;
  private final URI address;
  private final Path log;
  private final HttpClient http = HttpClient.newHttpClient();

  private Daemon(Process process, URI address, Path log) {
    this.process = process;
    this.address = address;
    this.log = log;
  }

  /**
   * Starts a program and waits until it is ready.
   *
   * @param command without the address to listen on, which is added
   */
  static Daemon start(Path folder, List<String> command) throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    List<String> whole = new ArrayList<>(command);
    whole.add("--web.listen-address=127.0.0.1:" + port);
    Path log = folder.resolve(Path.of(command.get(0)).getFileName() + ".log");
    Process process =
        new ProcessBuilder(whole)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Daemon daemon = new Daemon(process, URI.create("http://127.0.0.1:" + port), log);
    try {
      daemon.awaitReady();
      return daemon;
    } catch (Exception | AssertionError e) {
      daemon.close();
      throw e;
    }
  }

  private void awaitReady() throws Exception {
    Instant deadline = Instant.now().plus(START);
    while (!isReady()) {
      if (!process.isAlive() || Instant.now().isAfter(deadline)) {
        throw new AssertionError("does not start: " + Files.readString(log));
      }
      Thread.sleep(100);
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      return http.send(request("/-/ready"), HttpResponse.BodyHandlers.discarding()).statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(10)).build();
  }

  /** {@code host:port}. */
  String target() {
    return address.getAuthority();
  }

  /** The body of the answer to a GET. */
  String get(String path) throws IOException, InterruptedException {
    return http.send(request(path), HttpResponse.BodyHandlers.ofString()).body();
  }

  /** POSTs JSON, which must be taken. */
  void post(String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
    }
  }

  @Override
  public void close() {
    process.destroy();
    process
        .onExit()
        .completeOnTimeout(process, STOP.toSeconds(), TimeUnit.SECONDS)
        .thenAccept(Process::destroyForcibly)
        .join();
  }
}
