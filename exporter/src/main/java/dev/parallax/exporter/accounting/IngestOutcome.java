package dev.parallax.exporter.accounting;

import java.util.Locale;

/** What ingest did with a record of a source. */
public enum IngestOutcome {
  /** It became a native event. */
  ACCEPTED,
  /** An event of this id had been there already. */
  DUPLICATE,
  /** It went to the dead letters. */
  REJECTED,
  /** The filter of its source left it out. */
  LEFT_OUT,
  /** It held calls, or a half of one, each of which has an outcome of its own. */
  OPENED;

  /** The outcome as a label value. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
