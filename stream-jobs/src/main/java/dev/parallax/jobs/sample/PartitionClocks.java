package dev.parallax.jobs.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The latest event time of every partition that was seen. Not thread-safe. */
final class PartitionClocks {

  private long[] latest = new long[0];

  /** The latest event time of a partition; {@link Long#MIN_VALUE} if there was none. */
  long latest(int partition) {
    return partition < latest.length ? latest[partition] : Long.MIN_VALUE;
  }

  /** An event of a partition at this time, which may be behind others. */
  void see(int partition, long timeMillis) {
    if (partition >= latest.length) {
      int length = latest.length;
      latest = Arrays.copyOf(latest, partition + 1);
      Arrays.fill(latest, length, latest.length, Long.MIN_VALUE);
    }
    latest[partition] = Math.max(latest[partition], timeMillis);
  }

  /** The clocks of the partitions that were seen. */
  List<PartitionClock> toList() {
    List<PartitionClock> clocks = new ArrayList<>();
    for (int partition = 0; partition < latest.length; partition++) {
      if (latest[partition] != Long.MIN_VALUE) {
        clocks.add(new PartitionClock(partition, latest[partition]));
      }
    }
    return clocks;
  }
}
