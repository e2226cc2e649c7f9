package dev.parallax.exporter.feed;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What was on the topics when they were first seen. Used by one thread. */
final class Backlog {

  private @Nullable Map<TopicPartition, Long> ends;

  /** Remembers the ends of the partitions, the first time. */
  void setOnce(Map<TopicPartition, Long> endOffsets) {
    if (ends == null) {
      ends = Map.copyOf(endOffsets);
    }
  }

  /** Whether the offsets to read next are at or beyond the ends. */
  boolean isRead(Map<TopicPartition, Long> next) {
    return ends != null
        && ends.entrySet().stream()
            .allMatch(end -> next.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }
}
