package dev.parallax.exporter.page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parallax.exporter.LocalSources;
import dev.parallax.exporter.feed.FeedStatus;
import dev.parallax.exporter.fleet.FleetState;
import dev.parallax.exporter.metrics.ParallaxMetrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the status page, its API, the metrics and two probes, to read only.
 *
 * <ul>
 *   <li>{@code /} and {@code /assets/…}: the page
 *   <li>{@code /metrics}: text 0.0.4 or OpenMetrics, as the client asks
 *   <li>{@code /api/fleet}, {@code /api/series?key=…}, {@code /api/alerts}, {@code
 *       /api/accounting}: JSON
 *   <li>{@code /healthz}: 200 while the process works; {@code /readyz}: 200 once everything that
 *       was on the topics at the start has been read
 * </ul>
 *
 * <p>Any other path is 404, any method but GET and HEAD 405. The page may load from here only.
 */
public final class StatusServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StatusServer.class);

  private static final int THREADS = 4;
  private static final int WORTH_COMPRESSING = 1024;

  private final PageAssets assets = new PageAssets();
  private final StatusApi api;
  private final ParallaxMetrics metrics;
  private final Supplier<FeedStatus> feed;
  private final HttpServer server;
  private final ExecutorService threads;

  /**
   * Listens, and answers from {@link #start()} on.
   *
   * @param host address to listen on
   * @param port its port, or 0 for any free one
   * @param fleet what is shown
   * @param feed how the reading of the topics goes
   * @param local what other parts of this process tell
   * @param version version of Parallax
   * @throws PortInUseException if another process listens there
   * @throws IllegalArgumentException if the host is no address of this machine
   */
  public StatusServer(
      String host,
      int port,
      FleetState fleet,
      Supplier<FeedStatus> feed,
      LocalSources local,
      String version) {
    this.api = new StatusApi(fleet, feed, local, version);
    this.metrics = new ParallaxMetrics(fleet, feed, local, version);
    this.feed = feed;
    this.server = listen(host, port);
    this.threads = Executors.newFixedThreadPool(THREADS, daemons());
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  /** Starts to answer. */
  public void start() {
    server.start();
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Stops at once. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static HttpServer listen(String host, int port) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    try {
      return HttpServer.create(address, 0);
    } catch (BindException e) {
      String message = e.getMessage();
      if (message != null && message.contains("in use")) {
        throw new PortInUseException(host, port, e);
      }
      throw new IllegalArgumentException(
          "exporter.host=" + host + ": expected an address of this machine and a port it may use",
          e);
    } catch (IOException | java.nio.channels.UnresolvedAddressException e) {
      throw new IllegalArgumentException(
          "exporter.host=" + host + ": expected an address of this machine", e);
    }
  }

  private static ThreadFactory daemons() {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "parallax-status-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, answer(exchange));
    }
  }

  private Reply answer(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      return Reply.text(405, "only GET and HEAD");
    }
    try {
      return route(exchange);
    } catch (RuntimeException e) {
      LOG.error("Cannot answer {}", exchange.getRequestURI().getPath(), e);
      return Reply.text(500, "internal error");
    }
  }

  private Reply route(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    return switch (path) {
      case "/metrics" -> metrics(exchange.getRequestHeaders().getFirst("Accept"));
      case "/api/fleet" -> Reply.json(api.fleet());
      case "/api/series" -> series(exchange.getRequestURI().getRawQuery());
      case "/api/alerts" -> Reply.json(api.alerts());
      case "/api/accounting" -> Reply.json(api.accounting());
      case "/healthz" -> health();
      case "/readyz" -> readiness();
      default -> assets.get(path).orElseGet(() -> Reply.text(404, "no such page"));
    };
  }

  private Reply metrics(@Nullable String accept) {
    String contentType = ParallaxMetrics.contentType(accept);
    return Reply.of(200, contentType, metrics.write(contentType));
  }

  private Reply series(@Nullable String query) {
    if (query == null || !query.startsWith("key=") || query.contains("&")) {
      return Reply.text(400, "expected ?key=model|version|reference|slice");
    }
    String key;
    try {
      key = URLDecoder.decode(query.substring("key=".length()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return Reply.text(400, "key: expected percent-encoded UTF-8");
    }
    return api.series(key).map(Reply::json).orElseGet(() -> Reply.text(404, "no such series"));
  }

  private Reply health() {
    return feed.get().running()
        ? Reply.text(200, "ok")
        : Reply.text(503, "the reading of the topics has stopped");
  }

  private Reply readiness() {
    FeedStatus status = feed.get();
    return status.caughtUp()
        ? Reply.text(200, "ready")
        : Reply.text(503, status.problem().orElse("reading what is on the topics"));
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", reply.contentType());
    headers.set("Cache-Control", "no-cache");
    headers.set(
        "Content-Security-Policy",
        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Vary", "Accept, Accept-Encoding");
    byte[] body = reply.body();
    if (body.length >= WORTH_COMPRESSING && acceptsGzip(exchange.getRequestHeaders())) {
      body = gzip(body);
      headers.set("Content-Encoding", "gzip");
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(reply.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(reply.status(), body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static boolean acceptsGzip(Headers request) {
    String accepted = request.getFirst("Accept-Encoding");
    return accepted != null && accepted.contains("gzip") && !accepted.contains("gzip;q=0");
  }

  private static byte[] gzip(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
