package dev.parallax.exporter.fleet;

import java.util.Locale;

/** What became of a record of the scores, alerts or baselines topic. */
public enum RecordOutcome {
  /** New, and shown. */
  ACCEPTED,
  /** The same series and pane again: it took the place of the earlier one. */
  REPLACED,
  /** Older than everything that is kept. */
  OUTDATED,
  /** Of a series that stopped longer ago than the retention. */
  EXPIRED,
  /** Of a series beyond the most that are shown. */
  HIDDEN,
  /** An empty record, which removes its series or baseline. */
  REMOVED,
  /** None of what its topic holds. */
  MALFORMED;

  /** The outcome as a label value. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
