package dev.parallax.exporter;

import dev.parallax.exporter.feed.FeedStatus;
import dev.parallax.exporter.feed.ScoreFeed;
import dev.parallax.exporter.fleet.FleetState;
import dev.parallax.exporter.page.PortInUseException;
import dev.parallax.exporter.page.StatusServer;
import java.net.URI;
import java.time.Clock;

/**
 * The exporter: reads scores and alerts and serves the status page, its API and the metrics.
 *
 * <p>It holds no state of its own: everything is read again from the topics when it starts.
 */
public final class Exporter implements AutoCloseable {

  private final FleetState fleet;
  private final ScoreFeed feed;
  private final StatusServer server;

  /** An exporter that runs alone; see the other constructor. */
  public Exporter(ExporterConfig config, String version) {
    this(config, version, LocalSources.NONE);
  }

  /**
   * An exporter that has its port and has not started.
   *
   * @param config settings
   * @param version version of Parallax
   * @param local what other parts of this process tell
   * @throws PortInUseException if another process listens on the port
   * @throws IllegalArgumentException if the host is no address of this machine
   */
  public Exporter(ExporterConfig config, String version, LocalSources local) {
    this.fleet =
        new FleetState(
            config.seriesRetention(),
            config.maxSeries(),
            config.historyPoints(),
            config.furtherReferences(),
            Clock.systemUTC());
    this.feed = new ScoreFeed(config, fleet);
    this.server =
        new StatusServer(
            config.host(),
            config.port(),
            config.web(),
            fleet,
            feed::status,
            local,
            config.pageBudget(),
            version);
  }

  /**
   * Starts to read and to answer. Brokers that do not answer yet are no error.
   *
   * @throws org.apache.kafka.common.KafkaException if the client settings are wrong
   */
  public void start() {
    feed.start();
    server.start();
  }

  /** Where the page is, as seen from this machine. */
  public URI address() {
    return server.address();
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** What it knows of the series. */
  public FleetState fleet() {
    return fleet;
  }

  /** How the reading of the topics goes. */
  public FeedStatus feedStatus() {
    return feed.status();
  }

  /** Stops both; returns when the consumer is closed. */
  @Override
  public void close() {
    server.close();
    feed.close();
  }
}
