package dev.parallax.exporter.fleet;

import dev.parallax.core.drift.Figures;
import dev.parallax.core.drift.Verdict;

/**
 * One pane in the history of a series.
 *
 * @param paneEnd end of the pane, event time in milliseconds
 * @param pairs pairs of the pane
 * @param windowPairs pairs of the window that ends with it
 * @param figures what could be stated
 * @param verdict what was said
 */
public record SeriesPoint(
    long paneEnd, long pairs, long windowPairs, Figures figures, Verdict verdict) {}
