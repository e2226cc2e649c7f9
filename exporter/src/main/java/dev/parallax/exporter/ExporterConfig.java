package dev.parallax.exporter;

import dev.parallax.core.Topics;
import dev.parallax.core.fleet.PageBudget;
import dev.parallax.exporter.web.WebConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Settings of the exporter.
 *
 * @param bootstrapServers Kafka brokers, {@code host:port} separated by commas
 * @param topics names of the topics; scores, alerts and baselines are read
 * @param host address that the server listens on
 * @param port its port, or 0 for any free one
 * @param web who may ask the server, and how it proves who it is
 * @param seriesRetention how long after its last score arrived a series stays on the page and in
 *     the metrics
 * @param maxSeries most series shown at once; what this hides is counted
 * @param historyPoints panes per series kept for the charts
 * @param pageBudget how many false pages there may be, as the job is told
 * @param furtherReferences ids of the references that models are compared with once more, whose
 *     events are those of the shared one
 * @param clientProperties further settings of the Kafka consumer, such as for TLS
 */
public record ExporterConfig(
    String bootstrapServers,
    Topics topics,
    String host,
    int port,
    WebConfig web,
    Duration seriesRetention,
    int maxSeries,
    int historyPoints,
    PageBudget pageBudget,
    Set<String> furtherReferences,
    Map<String, String> clientProperties) {

  /** Loopback: nothing is reachable from elsewhere unless asked for. */
  public static final String DEFAULT_HOST = "127.0.0.1";

  public static final int DEFAULT_PORT = 8080;

  /** Long enough for a quiet night, so that a series which stopped is still there to be asked. */
  public static final Duration DEFAULT_SERIES_RETENTION = Duration.ofHours(24);

  public static final int DEFAULT_MAX_SERIES = 200;

  /** Twelve hours of one-minute panes. */
  public static final int DEFAULT_HISTORY_POINTS = 720;

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException naming the key, its value and what was expected
   */
  public ExporterConfig {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException(
          "kafka.bootstrap-servers=" + bootstrapServers + ": expected host:port");
    }
    if (host.isBlank()) {
      throw new IllegalArgumentException("exporter.host=" + host + ": expected an address");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("exporter.port=" + port + ": expected 0 to 65535");
    }
    if (seriesRetention.isNegative() || seriesRetention.isZero()) {
      throw new IllegalArgumentException(
          "exporter.series-retention=" + seriesRetention + ": expected more than 0");
    }
    if (maxSeries < 1) {
      throw new IllegalArgumentException(
          "exporter.max-series=" + maxSeries + ": expected 1 or more");
    }
    if (historyPoints < 1) {
      throw new IllegalArgumentException(
          "exporter.history-points=" + historyPoints + ": expected 1 or more");
    }
    furtherReferences = Set.copyOf(furtherReferences);
    clientProperties = Map.copyOf(clientProperties);
  }

  /** The defaults for these brokers. */
  public static ExporterConfig of(String bootstrapServers) {
    return new ExporterConfig(
        bootstrapServers,
        Topics.DEFAULT,
        DEFAULT_HOST,
        DEFAULT_PORT,
        WebConfig.NONE,
        DEFAULT_SERIES_RETENTION,
        DEFAULT_MAX_SERIES,
        DEFAULT_HISTORY_POINTS,
        PageBudget.DEFAULT,
        Set.of(),
        Map.of());
  }

  /** The same with other topics. */
  public ExporterConfig withTopics(Topics other) {
    return new ExporterConfig(
        bootstrapServers,
        other,
        host,
        port,
        web,
        seriesRetention,
        maxSeries,
        historyPoints,
        pageBudget,
        furtherReferences,
        clientProperties);
  }

  /** The same, listening elsewhere. */
  public ExporterConfig withAddress(String otherHost, int otherPort) {
    return new ExporterConfig(
        bootstrapServers,
        topics,
        otherHost,
        otherPort,
        web,
        seriesRetention,
        maxSeries,
        historyPoints,
        pageBudget,
        furtherReferences,
        clientProperties);
  }
}
