/**
 * Plots of studies as SVG: a writer of plain shapes and the scales of axes. Same data, same bytes.
 * Read {@link dev.parallax.benchmarks.chart.Svg} first.
 */
@NullMarked
package dev.parallax.benchmarks.chart;

import org.jspecify.annotations.NullMarked;
