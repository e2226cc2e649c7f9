package dev.parallax.exporter.page;

import com.sun.net.httpserver.HttpExchange;
import dev.parallax.exporter.metrics.ParallaxMetrics;

/** The paths that every role answers, and how it answers that of the metrics. */
final class Probes {

  static final String METRICS = "/metrics";

  /** As Prometheus names it. */
  static final String HEALTHY = "/-/healthy";

  /** As Kubernetes' own parts name it. */
  static final String HEALTHY_TOO = "/healthz";

  /** As Prometheus names it. */
  static final String READY = "/-/ready";

  /** As Kubernetes' own parts name it. */
  static final String READY_TOO = "/readyz";

  private Probes() {}

  /** The metrics, in the format that the client asks for. */
  static Reply metrics(ParallaxMetrics metrics, HttpExchange exchange) {
    String accept = exchange.getRequestHeaders().getFirst("Accept");
    String contentType = ParallaxMetrics.contentType(accept);
    return new Reply(200, contentType, metrics.writeBytes(contentType));
  }
}
