package dev.parallax.exporter.fleet;

import dev.parallax.core.drift.Score;
import java.time.Instant;

/**
 * The newest that is known of a series.
 *
 * @param latest the score with the newest pane
 * @param arrived when the last score arrived, by the wall clock
 * @param revision grows with every change of the series
 */
public record SeriesStatus(Score latest, Instant arrived, long revision) {}
