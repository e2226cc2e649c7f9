package dev.parallax.exporter;

import dev.parallax.exporter.accounting.IngestAccounting;
import dev.parallax.exporter.metrics.BatchTimes;
import dev.parallax.exporter.metrics.ForeignFamily;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What other parts of the same process tell the exporter; all of it is absent where the exporter
 * runs alone. Suppliers are called from several threads.
 *
 * @param ingest what ingest counted
 * @param ingestLag records that ingest has yet to read, by source; without those of which it is not
 *     known
 * @param pairingWait how long the first halves of calls waited for the other at ingest, by source
 * @param encodeBatch how long batches of reference encoding took
 * @param scoreBatch how long batches of scoring took
 * @param foreign metrics that others name and declare
 * @param whyUnhealthy why a part does not work, nor will soon; empty while all do
 * @param banner one line for the top of the page, or the empty text
 */
public record LocalSources(
    Optional<IngestAccounting> ingest,
    Optional<Supplier<Map<String, Long>>> ingestLag,
    Optional<Supplier<Map<String, BatchTimes>>> pairingWait,
    Optional<Supplier<BatchTimes>> encodeBatch,
    Optional<Supplier<BatchTimes>> scoreBatch,
    Optional<Supplier<List<ForeignFamily>>> foreign,
    Supplier<Optional<String>> whyUnhealthy,
    Supplier<String> banner) {

  /** Nothing else in this process. */
  public static final LocalSources NONE =
      new LocalSources(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional::empty,
          () -> "");

  /** The same with ingest's counts. */
  public LocalSources withIngest(IngestAccounting source) {
    return new LocalSources(
        Optional.of(source),
        ingestLag,
        pairingWait,
        encodeBatch,
        scoreBatch,
        foreign,
        whyUnhealthy,
        banner);
  }

  /** The same with what ingest has yet to read. */
  public LocalSources withIngestLag(Supplier<Map<String, Long>> source) {
    return new LocalSources(
        ingest,
        Optional.of(source),
        pairingWait,
        encodeBatch,
        scoreBatch,
        foreign,
        whyUnhealthy,
        banner);
  }

  /** The same with the times that pairs waited. */
  public LocalSources withPairingWait(Supplier<Map<String, BatchTimes>> source) {
    return new LocalSources(
        ingest,
        ingestLag,
        Optional.of(source),
        encodeBatch,
        scoreBatch,
        foreign,
        whyUnhealthy,
        banner);
  }

  /** The same with the times of encoding. */
  public LocalSources withEncodeBatch(Supplier<BatchTimes> source) {
    return new LocalSources(
        ingest,
        ingestLag,
        pairingWait,
        Optional.of(source),
        scoreBatch,
        foreign,
        whyUnhealthy,
        banner);
  }

  /** The same with the times of scoring. */
  public LocalSources withScoreBatch(Supplier<BatchTimes> source) {
    return new LocalSources(
        ingest,
        ingestLag,
        pairingWait,
        encodeBatch,
        Optional.of(source),
        foreign,
        whyUnhealthy,
        banner);
  }

  /** The same with metrics that others declare. */
  public LocalSources withForeign(Supplier<List<ForeignFamily>> source) {
    return new LocalSources(
        ingest,
        ingestLag,
        pairingWait,
        encodeBatch,
        scoreBatch,
        Optional.of(source),
        whyUnhealthy,
        banner);
  }

  /** The same with the health of other parts. */
  public LocalSources withHealth(Supplier<Optional<String>> source) {
    return new LocalSources(
        ingest, ingestLag, pairingWait, encodeBatch, scoreBatch, foreign, source, banner);
  }

  /** The same with a banner. */
  public LocalSources withBanner(Supplier<String> source) {
    return new LocalSources(
        ingest, ingestLag, pairingWait, encodeBatch, scoreBatch, foreign, whyUnhealthy, source);
  }
}
