package dev.parallax.exporter.fleet;

import dev.parallax.core.drift.Score;
import java.time.Instant;

/**
 * The newest that is known of a series.
 *
 * @param latest the score with the newest pane
 * @param arrived when the last score arrived, by the wall clock
 * @param revision grows with every change of the series
 * @param since end of the first pane of which the verdict was said without a break since, event
 *     time in milliseconds
 * @param sinceKnown whether something else was said before that; if not, the verdict may be older
 */
public record SeriesStatus(
    Score latest, Instant arrived, long revision, long since, boolean sinceKnown) {}
