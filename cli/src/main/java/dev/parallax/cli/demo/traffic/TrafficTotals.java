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

  /** No records. */
  public static final TrafficTotals NONE = new TrafficTotals(0, 0, 0, 0);

  /** Records that ingest must accept, duplicates included. */
  public long wellFormed() {
    return produced - malformed;
  }

  TrafficTotals plus(PlannedEvent event) {
    return new TrafficTotals(
        produced + 1,
        malformed + (event.kind() == PlannedEvent.Kind.MALFORMED ? 1 : 0),
        duplicates + (event.kind() == PlannedEvent.Kind.DUPLICATE ? 1 : 0),
        late + (event.kind() == PlannedEvent.Kind.LATE ? 1 : 0));
  }
}
