package dev.parallax.jobs.source;

/** What one record of the events topic is to the job. */
public sealed interface SourceRecord permits RawEvent, BadRecord {

  /** Event time for watermarks; {@link Long#MIN_VALUE}, which moves none, where there is none. */
  long timeMillis();
}
