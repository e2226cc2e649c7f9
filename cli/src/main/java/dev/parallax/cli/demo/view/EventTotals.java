package dev.parallax.cli.demo.view;

/**
 * What became of every record of a run. Two identities hold once a run has drained: {@code produced
 * = ingested + rejected}, and {@code ingested = scored + sampledOut + duplicate + late}.
 *
 * @param produced records that were published
 * @param ingested records that ingest accepted, duplicates included
 * @param scored events that became pairs of a sample
 * @param sampledOut events of inputs that a sample did not keep
 * @param rejected records that ingest turned away
 * @param late events of panes that had closed
 * @param duplicate events that were seen before
 */
public record EventTotals(
    long produced,
    long ingested,
    long scored,
    long sampledOut,
    long rejected,
    long late,
    long duplicate) {

  /** Nothing yet. */
  public static final EventTotals NONE = new EventTotals(0, 0, 0, 0, 0, 0, 0);

  /** Whether both identities hold. */
  public boolean balances() {
    return produced == ingested + rejected && ingested == scored + sampledOut + duplicate + late;
  }
}
