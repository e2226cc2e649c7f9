/**
 * What a scrape of a large fleet costs. Read {@link
 * dev.parallax.benchmarks.exporter.ExporterBenchmark} first.
 */
@NullMarked
package dev.parallax.benchmarks.exporter;

import org.jspecify.annotations.NullMarked;
