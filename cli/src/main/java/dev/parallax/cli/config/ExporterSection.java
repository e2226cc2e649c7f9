package dev.parallax.cli.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of the exporter.
 *
 * @param host address to listen on
 * @param port port; 0 for any free one
 * @param webConfigFile TLS and passwords of its server
 * @param seriesRetention how long a series stays after its last score
 * @param maxSeries most series shown
 * @param historyPoints panes per series kept for the charts
 */
public record ExporterSection(
    String host,
    int port,
    Optional<Path> webConfigFile,
    Duration seriesRetention,
    int maxSeries,
    int historyPoints) {}
