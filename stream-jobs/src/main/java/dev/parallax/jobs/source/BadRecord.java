package dev.parallax.jobs.source;

import dev.parallax.jobs.sink.OutRecord;

/**
 * A record whose headers or key cannot be read. It did not come through ingest.
 *
 * @param deadLetter the record as it goes to the dead letters
 */
public record BadRecord(OutRecord deadLetter) implements SourceRecord {

  @Override
  public long timeMillis() {
    return Long.MIN_VALUE;
  }
}
