package dev.parallax.ingest.envelope;

import dev.parallax.ingest.format.RejectedBodyException;

/** Opens envelopes of one kind. Thread-safe. */
public interface EnvelopeReader {

  /**
   * What is inside.
   *
   * @throws RejectedBodyException if the record has no such envelope
   */
  Opened open(SourceRecord record) throws RejectedBodyException;
}
