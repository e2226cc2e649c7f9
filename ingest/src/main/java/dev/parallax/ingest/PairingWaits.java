package dev.parallax.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** How long first halves waited for their other half, as a histogram. Thread-safe. */
public final class PairingWaits {

  private static final List<Double> BOUNDS_SECONDS =
      List.of(0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 30.0, 60.0, 300.0, 3600.0);

  private final List<LongAdder> buckets = new ArrayList<>();
  private final LongAdder millis = new LongAdder();

  PairingWaits() {
    for (int i = 0; i <= BOUNDS_SECONDS.size(); i++) {
      buckets.add(new LongAdder());
    }
  }

  void add(long waitedMillis) {
    int bucket = 0;
    while (bucket < BOUNDS_SECONDS.size() && waitedMillis > 1000 * BOUNDS_SECONDS.get(bucket)) {
      bucket++;
    }
    buckets.get(bucket).increment();
    millis.add(waitedMillis);
  }

  Snapshot snapshot() {
    return new Snapshot(
        BOUNDS_SECONDS, buckets.stream().map(LongAdder::sum).toList(), millis.sum() / 1000.0);
  }

  /**
   * The histogram at one moment.
   *
   * @param boundsSeconds upper bounds of the buckets, the bound itself included
   * @param counts waits in each bucket alone; one more than there are bounds
   * @param sumSeconds sum of all waits
   */
  public record Snapshot(List<Double> boundsSeconds, List<Long> counts, double sumSeconds) {

    /** Copies the lists. */
    public Snapshot {
      boundsSeconds = List.copyOf(boundsSeconds);
      counts = List.copyOf(counts);
    }

    /** How many waits there were. */
    public long count() {
      return counts.stream().mapToLong(Long::longValue).sum();
    }
  }
}
