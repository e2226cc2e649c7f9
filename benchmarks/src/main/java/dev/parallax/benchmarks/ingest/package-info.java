/**
 * Ingest against a bare loop, and its memory over time. Read {@link
 * dev.parallax.benchmarks.ingest.IngestBenchmark} first.
 */
@NullMarked
package dev.parallax.benchmarks.ingest;

import org.jspecify.annotations.NullMarked;
