package dev.parallax.exporter.page;

import com.sun.net.httpserver.HttpExchange;
import dev.parallax.exporter.metrics.ParallaxMetrics;
import dev.parallax.exporter.web.WebConfig;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Serves the metrics and the two probes of a role that has no page: {@code /metrics}, {@code
 * /-/healthy} or {@code /healthz}, {@code /-/ready} or {@code /readyz}. A probe that fails is a 503
 * with a sentence that says why. Any other path is 404, any method but GET and HEAD 405.
 */
public final class RoleServer implements AutoCloseable {

  private final ParallaxMetrics metrics;
  private final Supplier<Optional<String>> whyUnhealthy;
  private final Supplier<Optional<String>> whyNotReady;
  private final HttpPages pages;

  /**
   * Listens, and answers from {@link #start()} on.
   *
   * @param role section of the configuration that host and port are of
   * @param host address to listen on
   * @param port its port, or 0 for any free one
   * @param web who may ask, and how the server proves who it is
   * @param metrics what it measures
   * @param whyUnhealthy empty while it works; called from several threads
   * @param whyNotReady empty while it does what it is there for; called from several threads
   * @throws PortInUseException if another process listens there
   * @throws IllegalArgumentException if the host is no address of this machine
   */
  public RoleServer(
      String role,
      String host,
      int port,
      WebConfig web,
      ParallaxMetrics metrics,
      Supplier<Optional<String>> whyUnhealthy,
      Supplier<Optional<String>> whyNotReady) {
    this.metrics = metrics;
    this.whyUnhealthy = whyUnhealthy;
    this.whyNotReady = whyNotReady;
    this.pages = new HttpPages(role, host, port, web, this::route);
  }

  /** Starts to answer. */
  public void start() {
    pages.start();
  }

  /** Where it is, as seen from this machine. */
  public URI address() {
    return pages.address();
  }

  /** Stops at once. */
  @Override
  public void close() {
    pages.close();
  }

  private Reply route(HttpExchange exchange) {
    return switch (exchange.getRequestURI().getPath()) {
      case Probes.METRICS -> Probes.metrics(metrics, exchange);
      case Probes.HEALTHY, Probes.HEALTHY_TOO -> probe("healthy", whyUnhealthy.get());
      case Probes.READY, Probes.READY_TOO -> probe("ready", whyNotReady.get());
      default -> Reply.text(404, "no such page");
    };
  }

  private static Reply probe(String well, Optional<String> whyNot) {
    return whyNot.map(why -> Reply.text(503, why)).orElseGet(() -> Reply.text(200, well));
  }
}
