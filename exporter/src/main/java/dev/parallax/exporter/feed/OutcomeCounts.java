package dev.parallax.exporter.feed;

import dev.parallax.exporter.fleet.RecordOutcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts records by outcome. Thread-safe. */
final class OutcomeCounts {

  private final AtomicLongArray counts = new AtomicLongArray(RecordOutcome.values().length);

  void add(RecordOutcome outcome) {
    counts.incrementAndGet(outcome.ordinal());
  }

  /** Every outcome with its count. */
  Map<RecordOutcome, Long> counts() {
    Map<RecordOutcome, Long> map = new EnumMap<>(RecordOutcome.class);
    for (RecordOutcome outcome : RecordOutcome.values()) {
      map.put(outcome, counts.get(outcome.ordinal()));
    }
    return map;
  }
}
