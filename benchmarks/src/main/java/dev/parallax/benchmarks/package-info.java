/**
 * How fast the job is, as ratios measured in one run. Read {@link
 * dev.parallax.benchmarks.JobThroughput} first.
 */
@NullMarked
package dev.parallax.benchmarks;

import org.jspecify.annotations.NullMarked;
