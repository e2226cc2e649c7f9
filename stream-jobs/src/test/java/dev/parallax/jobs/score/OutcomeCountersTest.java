package dev.parallax.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.window.EventCounts;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class OutcomeCountersTest {

  /** Remembers the counters that were made in it by their full names. */
  private static final class RecordingGroup extends UnregisteredMetricsGroup {
    private final String path;
    private final Map<String, Counter> counters;

    RecordingGroup(String path, Map<String, Counter> counters) {
      this.path = path;
      this.counters = counters;
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
      return new RecordingGroup(path + key + "=" + value + ".", counters);
    }

    @Override
    public Counter counter(String name) {
      Counter counter = super.counter(name);
      counters.put(path + name, counter);
      return counter;
    }
  }

  @Test
  void everyEventOfAPaneIsCountedUnderWhatBecameOfIt() {
    Map<String, Counter> counters = new TreeMap<>();
    OutcomeCounters outcomes = new OutcomeCounters(new RecordingGroup("", counters));

    outcomes.add(new EventCounts(100, 1, 2, 3, 4, 5));
    outcomes.add(new EventCounts(100, 10, 20, 30, 0, 0));

    Map<String, Long> values =
        counters.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().getCount()));
    assertThat(values)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "outcome=scored.events", 125L,
                "outcome=sampled_out.events", 11L,
                "outcome=duplicate.events", 22L,
                "outcome=late.events", 33L,
                "outcome=unmatched.events", 4L,
                "outcome=rejected.events", 5L));
  }
}
