/**
 * Every Prometheus metric of Parallax. Read {@link dev.parallax.exporter.metrics.ParallaxMetrics}
 * first.
 */
@NullMarked
package dev.parallax.exporter.metrics;

import org.jspecify.annotations.NullMarked;
