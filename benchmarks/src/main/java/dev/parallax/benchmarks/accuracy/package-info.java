/**
 * How far the statistics can be trusted: studies that measure coverage, bias, sensitivity and
 * rounding, print the tables of the documentation and fail when one no longer holds. Read {@link
 * dev.parallax.benchmarks.accuracy.AccuracyStudies} first.
 */
@NullMarked
package dev.parallax.benchmarks.accuracy;

import org.jspecify.annotations.NullMarked;
