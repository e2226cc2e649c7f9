package dev.parallax.exporter.page;

import com.sun.net.httpserver.HttpExchange;
import dev.parallax.core.fleet.PageBudget;
import dev.parallax.exporter.LocalSources;
import dev.parallax.exporter.feed.FeedStatus;
import dev.parallax.exporter.fleet.FleetState;
import dev.parallax.exporter.metrics.ParallaxMetrics;
import dev.parallax.exporter.web.WebConfig;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves the status page, its API, the metrics and two probes, to read only.
 *
 * <ul>
 *   <li>{@code /} and {@code /assets/…}: the page
 *   <li>{@code /docs/…}: the documentation, runbooks among it
 *   <li>{@code /metrics}: text 0.0.4 or OpenMetrics, as the client asks
 *   <li>{@code /api/v1/series}, {@code /api/v1/scores}, {@code /api/v1/alerts}: JSON for scripts
 *   <li>{@code /api/fleet}, {@code /api/series?key=…}, {@code /api/alerts}, {@code
 *       /api/accounting}: JSON for the page
 *   <li>{@code /-/healthy} or {@code /healthz}: 200 while the process works; {@code /-/ready} or
 *       {@code /readyz}: 200 once everything that was on the topics at the start has been read
 * </ul>
 *
 * <p>Any other path is 404, any method but GET and HEAD 405. The page may load from here only.
 */
public final class StatusServer implements AutoCloseable {

  private final PageAssets assets = new PageAssets();
  private final Manual manual = new Manual();
  private final StatusApi api;
  private final ApiV1 scripts;
  private final ParallaxMetrics metrics;
  private final Supplier<FeedStatus> feed;
  private final Supplier<Optional<String>> whyUnhealthy;
  private final HttpPages pages;

  /**
   * Listens, and answers from {@link #start()} on.
   *
   * @param host address to listen on
   * @param port its port, or 0 for any free one
   * @param web who may ask, and how the server proves who it is
   * @param fleet what is shown
   * @param feed how the reading of the topics goes
   * @param local what other parts of this process tell
   * @param budget how many false pages there may be
   * @param version version of Parallax
   * @throws PortInUseException if another process listens there
   * @throws IllegalArgumentException if the host is no address of this machine
   */
  public StatusServer(
      String host,
      int port,
      WebConfig web,
      FleetState fleet,
      Supplier<FeedStatus> feed,
      LocalSources local,
      PageBudget budget,
      String version) {
    this.api = new StatusApi(fleet, feed, local, version);
    this.scripts = new ApiV1(fleet);
    this.metrics = new ParallaxMetrics(fleet, feed, local, budget, version);
    this.feed = feed;
    this.whyUnhealthy = local.whyUnhealthy();
    this.pages = new HttpPages("exporter", host, port, web, this::route);
  }

  /** Starts to answer. */
  public void start() {
    pages.start();
  }

  /** The port that it listens on. */
  public int port() {
    return pages.port();
  }

  /** Where the page is, as seen from this machine. */
  public URI address() {
    return pages.address();
  }

  /** Stops at once. */
  @Override
  public void close() {
    pages.close();
  }

  private Reply route(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    if (path.startsWith(ApiV1.PREFIX)) {
      return scripts.reply(path, exchange.getRequestURI().getRawQuery());
    }
    return switch (path) {
      case Probes.METRICS -> Probes.metrics(metrics, exchange);
      case "/api/fleet" -> Reply.json(api.fleet());
      case "/api/series" -> series(exchange.getRequestURI().getRawQuery());
      case "/api/alerts" -> Reply.json(api.alerts());
      case "/api/accounting" -> Reply.json(api.accounting());
      case Probes.HEALTHY, Probes.HEALTHY_TOO -> health();
      case Probes.READY, Probes.READY_TOO -> readiness();
      default ->
          assets
              .get(path)
              .or(() -> manual.get(path))
              .orElseGet(() -> Reply.text(404, "no such page"));
    };
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
    if (!feed.get().running()) {
      return Reply.text(503, "the reading of the topics has stopped");
    }
    return whyUnhealthy
        .get()
        .map(why -> Reply.text(503, why))
        .orElseGet(() -> Reply.text(200, "ok"));
  }

  private Reply readiness() {
    FeedStatus status = feed.get();
    return status.caughtUp()
        ? Reply.text(200, "ready")
        : Reply.text(503, status.problem().orElse("reading what is on the topics"));
  }
}
