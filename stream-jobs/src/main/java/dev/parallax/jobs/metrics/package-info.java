/**
 * What Flink measures of the job in this process, for whoever serves it. Read {@link
 * dev.parallax.jobs.metrics.FlinkMetrics} first.
 */
@NullMarked
package dev.parallax.jobs.metrics;

import org.jspecify.annotations.NullMarked;
