package dev.parallax.cli.demo.stack;

import dev.parallax.exporter.accounting.IngestCounts;
import dev.parallax.exporter.accounting.IngestCounts.Records;
import dev.parallax.exporter.accounting.IngestCounts.Rejected;
import dev.parallax.exporter.accounting.IngestOutcome;
import dev.parallax.exporter.metrics.BatchTimes;
import dev.parallax.ingest.IngestCounters;
import dev.parallax.ingest.IngestCounters.SourceCounts;
import dev.parallax.ingest.PairingWaits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What ingest counts, in the form that the exporter shows: the two modules do not know each other.
 */
public final class IngestView {

  private IngestView() {}

  /**
   * The counts now.
   *
   * @param produced records that were sent to the sources; read last, so that it is never behind
   */
  public static IngestCounts of(IngestCounters counters, LongSupplier produced) {
    return of(counters, true, () -> OptionalLong.of(produced.getAsLong()));
  }

  /**
   * The counts now, where nobody tells how many records were sent, and scores of earlier runs may
   * be read.
   */
  public static IngestCounts of(IngestCounters counters) {
    return of(counters, false, OptionalLong::empty);
  }

  /**
   * How long the first halves of pairs waited, now.
   *
   * @param sources names of the sources whose calls are paired
   */
  public static Map<String, BatchTimes> pairingWaits(
      IngestCounters counters, Collection<String> sources) {
    Map<String, BatchTimes> waits = new TreeMap<>();
    counters
        .snapshot()
        .sources()
        .forEach(
            (source, counts) -> {
              if (sources.contains(source)) {
                PairingWaits.Snapshot times = counts.waits();
                waits.put(
                    source,
                    new BatchTimes(times.boundsSeconds(), times.counts(), times.sumSeconds()));
              }
            });
    return waits;
  }

  private static IngestCounts of(
      IngestCounters counters, boolean complete, Supplier<OptionalLong> produced) {
    List<Records> records = new ArrayList<>();
    List<Rejected> rejected = new ArrayList<>();
    counters
        .snapshot()
        .sources()
        .forEach(
            (source, counts) -> {
              records.addAll(records(source, counts));
              counts
                  .rejectedByReason()
                  .forEach(
                      (reason, count) -> rejected.add(new Rejected(source, reason.label(), count)));
            });
    return new IngestCounts(produced.get(), complete, records, rejected);
  }

  private static List<Records> records(String source, SourceCounts counts) {
    return List.of(
        new Records(source, IngestOutcome.ACCEPTED, counts.accepted()),
        new Records(source, IngestOutcome.DUPLICATE, counts.duplicate()),
        new Records(source, IngestOutcome.REJECTED, counts.rejected()),
        new Records(source, IngestOutcome.LEFT_OUT, counts.leftOut()),
        new Records(source, IngestOutcome.OPENED, counts.opened()));
  }
}
