package dev.parallax.jobs.score;

import dev.parallax.core.drift.BaselineHistory;
import dev.parallax.core.window.Series;

/**
 * What was written about the baselines of a series before the job began.
 *
 * @param series which series
 * @param history at least one record
 */
record SeriesPast(Series series, BaselineHistory history) {}
