package dev.parallax.jobs.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;

/**
 * How long batches took, counted in fixed buckets: subtasks add up, which quantiles do not.
 * Thread-safe.
 *
 * <p>To Flink's own reporters it is a histogram in milliseconds, whose quantiles are the upper
 * bounds of their buckets.
 */
public final class BatchSeconds implements Histogram {

  /** From a pane in a cache to a large batch on a busy machine. */
  static final List<Double> BOUNDS_SECONDS =
      List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0);

  private static final double NANOS = 1e9;

  private final AtomicLongArray counts = new AtomicLongArray(BOUNDS_SECONDS.size() + 1);
  private final LongAdder nanos = new LongAdder();

  /** Counts the time from {@code startNanos}, a reading of {@link System#nanoTime()}, to now. */
  public void since(long startNanos) {
    took(System.nanoTime() - startNanos);
  }

  /** Counts one batch. */
  void took(long durationNanos) {
    int bucket = 0;
    while (bucket < BOUNDS_SECONDS.size() && durationNanos > NANOS * BOUNDS_SECONDS.get(bucket)) {
      bucket++;
    }
    counts.incrementAndGet(bucket);
    nanos.add(durationNanos);
  }

  @Override
  public void update(long millis) {
    took(millis * 1_000_000);
  }

  @Override
  public long getCount() {
    return snapshot().count();
  }

  @Override
  public HistogramStatistics getStatistics() {
    return new BucketStatistics(snapshot());
  }

  /** The buckets now. */
  Snapshot snapshot() {
    List<Long> now = new ArrayList<>();
    for (int i = 0; i < counts.length(); i++) {
      now.add(counts.get(i));
    }
    return new Snapshot(BOUNDS_SECONDS, now, nanos.sum() / NANOS);
  }

  /**
   * The histogram at one moment.
   *
   * @param boundsSeconds upper bounds of the buckets, the bound itself included
   * @param counts batches in each bucket alone; one more than there are bounds
   * @param sumSeconds sum of all times
   */
  public record Snapshot(List<Double> boundsSeconds, List<Long> counts, double sumSeconds) {

    static final Snapshot NONE =
        new Snapshot(BOUNDS_SECONDS, Collections.nCopies(BOUNDS_SECONDS.size() + 1, 0L), 0);

    /** Copies the lists. */
    public Snapshot {
      boundsSeconds = List.copyOf(boundsSeconds);
      counts = List.copyOf(counts);
    }

    long count() {
      return counts.stream().mapToLong(Long::longValue).sum();
    }

    Snapshot plus(Snapshot other) {
      List<Long> sums = new ArrayList<>();
      for (int i = 0; i < counts.size(); i++) {
        sums.add(counts.get(i) + other.counts.get(i));
      }
      return new Snapshot(boundsSeconds, sums, sumSeconds + other.sumSeconds);
    }
  }
}
