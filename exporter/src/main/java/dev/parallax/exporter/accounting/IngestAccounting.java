package dev.parallax.exporter.accounting;

/** Tells what ingest has counted, where ingest runs in the same process. Thread-safe. */
@FunctionalInterface
public interface IngestAccounting {

  /** The counts now. */
  IngestCounts counts();
}
