package dev.parallax.ingest;

import dev.parallax.core.embedding.Rejection.Reason;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what became of the records of each source. Thread-safe.
 *
 * <p>When a transaction is aborted, its records are processed again. Each counter therefore keeps
 * the highest offset it has seen of every partition and counts only what lies beyond, so that
 * within one process every record counts once. A record whose first transaction died with another
 * process may have been counted by that process, too.
 */
public final class IngestCounters {

  private final Map<String, SourceCounter> sources = new LinkedHashMap<>();

  /** Counters at zero for the sources of these names, and for no others. */
  public IngestCounters(Collection<String> sources) {
    sources.forEach(source -> this.sources.put(source, new SourceCounter()));
  }

  /** The counts as they are now. */
  public Snapshot snapshot() {
    Map<String, SourceCounts> counts = new LinkedHashMap<>();
    sources.forEach((source, counter) -> counts.put(source, counter.snapshot()));
    return new Snapshot(counts);
  }

  /**
   * Where to count what becomes of one record; counts nothing if the record was counted before.
   *
   * @param source name of the source
   * @param stream what the offset belongs to, together with the partition: a topic, or a stage
   *     behind it that has offsets of its own
   */
  Tally tally(String source, String stream, int partition, long offset) {
    SourceCounter counter = sources.get(source);
    if (counter == null) {
      throw new IllegalArgumentException(
          "expected one of the sources " + sources.keySet() + ", got " + source);
    }
    return new Tally(counter, stream + "-" + partition, offset);
  }

  /**
   * Counts the outcomes of one record. With the first of them the record counts as seen: one whose
   * processing fails before has none yet, and is counted when it is processed again.
   */
  static final class Tally {
    private final SourceCounter counter;
    private final String partition;
    private final long offset;
    private boolean decided;
    private boolean counts;

    private Tally(SourceCounter counter, String partition, long offset) {
      this.counter = counter;
      this.partition = partition;
      this.offset = offset;
    }

    /** An event was written. */
    void accepted() {
      add(counter.accepted, 1);
    }

    /** A record or event was there before. */
    void duplicate() {
      add(counter.duplicate, 1);
    }

    /** The filter left a record out. */
    void leftOut() {
      add(counter.leftOut, 1);
    }

    /** A record turned out to hold calls, each of which is counted as well. */
    void opened(int records) {
      add(counter.opened, records);
    }

    /** A dead letter was written. */
    void rejected(Reason reason) {
      LongAdder rejected = counter.rejected.get(reason);
      if (rejected != null) {
        add(rejected, 1);
      }
    }

    /** A half met its other half. */
    void waited(long millis) {
      if (isFirst()) {
        counter.waits.add(millis);
      }
    }

    private void add(LongAdder adder, int count) {
      if (isFirst()) {
        adder.add(count);
      }
    }

    private boolean isFirst() {
      if (!decided) {
        counts = counter.isNew(partition, offset);
        decided = true;
      }
      return counts;
    }
  }

  private static final class SourceCounter {
    private final LongAdder accepted = new LongAdder();
    private final LongAdder duplicate = new LongAdder();
    private final LongAdder leftOut = new LongAdder();
    private final LongAdder opened = new LongAdder();
    private final Map<Reason, LongAdder> rejected = new EnumMap<>(Reason.class);
    private final PairingWaits waits = new PairingWaits();
    private final Map<String, AtomicLong> highestOffsets = new ConcurrentHashMap<>();

    SourceCounter() {
      for (Reason reason : Reason.values()) {
        rejected.put(reason, new LongAdder());
      }
    }

    boolean isNew(String partition, long offset) {
      return highestOffsets
              .computeIfAbsent(partition, p -> new AtomicLong(-1))
              .getAndAccumulate(offset, Math::max)
          < offset;
    }

    SourceCounts snapshot() {
      Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
      rejected.forEach((reason, count) -> reasons.put(reason, count.sum()));
      return new SourceCounts(
          accepted.sum(), duplicate.sum(), reasons, leftOut.sum(), opened.sum(), waits.snapshot());
    }
  }

  /**
   * Counts at one moment.
   *
   * @param sources counts by name of the source, also of sources that had no record yet
   */
  public record Snapshot(Map<String, SourceCounts> sources) {

    /** Copies the map. */
    public Snapshot {
      sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    }
  }

  /**
   * Counts of one source.
   *
   * <p>A native record is one event: it is accepted, duplicate or rejected. A record of another
   * format is left out, duplicate, rejected as a whole, still waiting for its other half, or
   * opened; each call of an opened record is accepted, duplicate or rejected.
   *
   * @param accepted events written
   * @param duplicate records or events dropped because they had been accepted already
   * @param rejectedByReason dead letters written, for every reason there is
   * @param leftOut records that the filter left out
   * @param opened records whose calls are counted one by one
   * @param waits how long the first halves of pairs waited
   */
  public record SourceCounts(
      long accepted,
      long duplicate,
      Map<Reason, Long> rejectedByReason,
      long leftOut,
      long opened,
      PairingWaits.Snapshot waits) {

    /** Copies the map. */
    public SourceCounts {
      rejectedByReason = Collections.unmodifiableMap(new EnumMap<>(rejectedByReason));
    }

    /** Dead letters written. */
    public long rejected() {
      return rejectedByReason.values().stream().mapToLong(Long::longValue).sum();
    }

    /** All records of a native source. */
    public long total() {
      return accepted + duplicate + rejected();
    }
  }
}
