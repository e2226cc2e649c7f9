package dev.parallax.cli.demo.traffic;

/**
 * How many records a plan holds, so that what came out can be checked against what went in.
 *
 * @param produced records, of every kind
 * @param malformed records that ingest must turn away
 * @param duplicates second copies
 * @param late events of panes that closed long before
 */
public record TrafficTotals(long produced, long malformed, long duplicates, long late) {

  /** Records that ingest must accept, duplicates included. */
  public long wellFormed() {
    return produced - malformed;
  }
}
