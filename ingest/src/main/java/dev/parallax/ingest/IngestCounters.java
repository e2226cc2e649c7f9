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
 * Counts what became of the records of each source topic. Thread-safe.
 *
 * <p>When a transaction is aborted, its records are processed again. Each counter therefore keeps
 * the highest offset it has seen of every partition and counts only what lies beyond, so that
 * within one process every record counts once. A record whose first transaction died with another
 * process may have been counted by that process, too.
 */
public final class IngestCounters {

  private final Map<String, SourceCounter> sources = new LinkedHashMap<>();

  /** Counters at zero for these source topics, and for no others. */
  public IngestCounters(Collection<String> sources) {
    sources.forEach(source -> this.sources.put(source, new SourceCounter()));
  }

  /** The counts as they are now. */
  public Snapshot snapshot() {
    Map<String, SourceCounts> counts = new LinkedHashMap<>();
    sources.forEach((source, counter) -> counts.put(source, counter.snapshot()));
    return new Snapshot(counts);
  }

  void accepted(String source, int partition, long offset) {
    SourceCounter counter = counter(source);
    if (counter.isNew(partition, offset)) {
      counter.accepted.increment();
    }
  }

  void duplicate(String source, int partition, long offset) {
    SourceCounter counter = counter(source);
    if (counter.isNew(partition, offset)) {
      counter.duplicate.increment();
    }
  }

  void rejected(String source, int partition, long offset, Reason reason) {
    SourceCounter counter = counter(source);
    if (counter.isNew(partition, offset)) {
      counter.rejected.get(reason).increment();
    }
  }

  private SourceCounter counter(String source) {
    SourceCounter counter = sources.get(source);
    if (counter == null) {
      throw new IllegalArgumentException(
          "expected one of the sources " + sources.keySet() + ", got " + source);
    }
    return counter;
  }

  private static final class SourceCounter {
    private final LongAdder accepted = new LongAdder();
    private final LongAdder duplicate = new LongAdder();
    private final Map<Reason, LongAdder> rejected = new EnumMap<>(Reason.class);
    private final Map<Integer, AtomicLong> highestOffsets = new ConcurrentHashMap<>();

    SourceCounter() {
      for (Reason reason : Reason.values()) {
        rejected.put(reason, new LongAdder());
      }
    }

    boolean isNew(int partition, long offset) {
      return highestOffsets
              .computeIfAbsent(partition, p -> new AtomicLong(-1))
              .getAndAccumulate(offset, Math::max)
          < offset;
    }

    SourceCounts snapshot() {
      Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
      rejected.forEach((reason, count) -> reasons.put(reason, count.sum()));
      return new SourceCounts(accepted.sum(), duplicate.sum(), reasons);
    }
  }

  /**
   * Counts at one moment.
   *
   * @param sources counts by source topic, also of topics that had no record yet
   */
  public record Snapshot(Map<String, SourceCounts> sources) {

    /** Copies the map. */
    public Snapshot {
      sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    }
  }

  /**
   * Counts of one source topic.
   *
   * @param accepted records written to the topic of events
   * @param duplicate records dropped because their event had been accepted already
   * @param rejectedByReason records written to the dead letters, for every reason there is
   */
  public record SourceCounts(long accepted, long duplicate, Map<Reason, Long> rejectedByReason) {

    /** Copies the map. */
    public SourceCounts {
      rejectedByReason = Collections.unmodifiableMap(new EnumMap<>(rejectedByReason));
    }

    /** Records written to the dead letters. */
    public long rejected() {
      return rejectedByReason.values().stream().mapToLong(Long::longValue).sum();
    }

    /** All records. */
    public long total() {
      return accepted + duplicate + rejected();
    }
  }
}
