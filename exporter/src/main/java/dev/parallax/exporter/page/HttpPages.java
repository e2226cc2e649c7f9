package dev.parallax.exporter.page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import dev.parallax.exporter.ExporterConfig;
import dev.parallax.exporter.web.BasicAuth;
import dev.parallax.exporter.web.WebConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens, and answers GET and HEAD with what a route replies; a route that fails is a 500. */
final class HttpPages implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpPages.class);

  private static final int THREADS = 4;
  private static final int WORTH_COMPRESSING = 1024;

  private final String host;
  private final String scheme;
  private final Function<HttpExchange, Reply> route;
  private final HttpServer server;
  private final ExecutorService threads;

  /**
   * Listens, and answers from {@link #start()} on.
   *
   * @param role section of the configuration that host and port are of
   * @param host address to listen on
   * @param port its port, or 0 for any free one
   * @param web who may ask, and how the server proves who it is
   * @param route what to reply
   * @throws PortInUseException if another process listens there
   * @throws IllegalArgumentException if the host is no address of this machine
   */
  HttpPages(
      String role, String host, int port, WebConfig web, Function<HttpExchange, Reply> route) {
    this.host = host;
    this.route = route;
    this.scheme = web.tls().isPresent() ? "https" : "http";
    this.server = listen(role, host, port, web);
    this.threads = Executors.newFixedThreadPool(THREADS, daemons());
    server.setExecutor(threads);
    HttpContext everything = server.createContext("/", this::handle);
    if (!web.users().isEmpty()) {
      everything.setAuthenticator(new BasicAuth(web.users()));
    }
    warnOfOpenDoors(role, web);
  }

  void start() {
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Where it is, as seen from this machine. */
  URI address() {
    boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
    String reachable = everywhere ? ExporterConfig.DEFAULT_HOST : host;
    String literal = reachable.contains(":") ? "[" + reachable + "]" : reachable;
    return URI.create(scheme + "://" + literal + ":" + port());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Said once, at the start: what is reachable from elsewhere shows every model's name. */
  private void warnOfOpenDoors(String role, WebConfig web) {
    if (server.getAddress().getAddress().isLoopbackAddress()) {
      return;
    }
    if (!web.authenticates()) {
      LOG.warn(
          "{}.host={}: whoever reaches port {} can read everything; {}.web-config-file can ask for"
              + " passwords or client certificates",
          role,
          host,
          port(),
          role);
    } else if (web.tls().isEmpty()) {
      LOG.warn(
          "{}.host={}: passwords cross the network in the clear; tls_server_config in"
              + " {}.web-config-file turns TLS on",
          role,
          host,
          role);
    }
  }

  private static HttpServer listen(String role, String host, int port, WebConfig web) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    try {
      if (web.tls().isEmpty()) {
        return HttpServer.create(address, 0);
      }
      HttpsServer server = HttpsServer.create(address, 0);
      server.setHttpsConfigurator(web.tls().get().configurator());
      return server;
    } catch (BindException e) {
      String message = e.getMessage();
      if (message != null && message.contains("in use")) {
        throw new PortInUseException(host, port, e);
      }
      throw new IllegalArgumentException(
          role + ".host=" + host + ": expected an address of this machine and a port it may use",
          e);
    } catch (IOException | java.nio.channels.UnresolvedAddressException e) {
      throw new IllegalArgumentException(
          role + ".host=" + host + ": expected an address of this machine", e);
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
      return route.apply(exchange);
    } catch (RuntimeException e) {
      LOG.error("Cannot answer {}", exchange.getRequestURI().getPath(), e);
      return Reply.text(500, "internal error");
    }
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", reply.contentType());
    headers.set("Cache-Control", reply.contentType().equals(Reply.JSON) ? "no-store" : "no-cache");
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

  /**
   * A scrape repeats itself so much that more effort saves a fifth of the bytes for twice the time.
   */
  private static final class FastGzip extends GZIPOutputStream {

    FastGzip(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  private static boolean acceptsGzip(Headers request) {
    String accepted = request.getFirst("Accept-Encoding");
    return accepted != null && accepted.contains("gzip") && !accepted.contains("gzip;q=0");
  }

  private static byte[] gzip(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4);
    try (GZIPOutputStream gzip = new FastGzip(out)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
