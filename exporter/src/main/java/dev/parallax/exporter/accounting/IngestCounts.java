package dev.parallax.exporter.accounting;

import java.util.List;
import java.util.OptionalLong;

/**
 * What ingest has counted since it started.
 *
 * @param produced records that were sent to the sources, where that is known
 * @param complete whether the scores that are read are of these events and of no earlier ones, so
 *     that the two can be compared
 * @param records records per source and outcome
 * @param rejected rejected records per source and reason
 */
public record IngestCounts(
    OptionalLong produced, boolean complete, List<Records> records, List<Rejected> rejected) {

  /** Copies the lists. */
  public IngestCounts {
    records = List.copyOf(records);
    rejected = List.copyOf(rejected);
  }

  /**
   * Records with one outcome.
   *
   * @param source where they came from
   * @param outcome what became of them
   * @param count how many
   */
  public record Records(String source, IngestOutcome outcome, long count) {}

  /**
   * Records rejected for one reason.
   *
   * @param source where they came from
   * @param reason the machine-readable reason
   * @param count how many
   */
  public record Rejected(String source, String reason, long count) {}

  /** Records of all sources with this outcome. */
  public long total(IngestOutcome outcome) {
    return records.stream()
        .filter(entry -> entry.outcome() == outcome)
        .mapToLong(Records::count)
        .sum();
  }
}
