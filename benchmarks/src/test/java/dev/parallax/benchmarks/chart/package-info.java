/** Tests of drawings. */
@NullMarked
package dev.parallax.benchmarks.chart;

import org.jspecify.annotations.NullMarked;
