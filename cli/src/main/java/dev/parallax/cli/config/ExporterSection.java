package dev.parallax.cli.config;

import java.time.Duration;

/**
 * Settings of the exporter.
 *
 * @param host address to listen on
 * @param port port; 0 for any free one
 * @param seriesRetention how long a series stays after its last score
 * @param maxSeries most series shown
 * @param historyPoints panes per series kept for the charts
 */
public record ExporterSection(
    String host, int port, Duration seriesRetention, int maxSeries, int historyPoints) {}
