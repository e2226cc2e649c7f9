package dev.parallax.jobs.score;

import dev.parallax.core.window.EventCounts;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What became of the events, as Flink counters {@code events} under {@code outcome}: {@code
 * scored}, {@code sampled_out}, {@code duplicate}, {@code late}, {@code unmatched}, {@code
 * rejected}. They speak of this run of this subtask and start again with it; the counts in the
 * scores are exact.
 */
final class OutcomeCounters {

  private final Counter scored;
  private final Counter sampledOut;
  private final Counter duplicate;
  private final Counter late;
  private final Counter unmatched;
  private final Counter rejected;

  /** Counters in an operator's group. */
  OutcomeCounters(MetricGroup operator) {
    scored = counter(operator, "scored");
    sampledOut = counter(operator, "sampled_out");
    duplicate = counter(operator, "duplicate");
    late = counter(operator, "late");
    unmatched = counter(operator, "unmatched");
    rejected = counter(operator, "rejected");
  }

  private static Counter counter(MetricGroup operator, String outcome) {
    return operator.addGroup("outcome", outcome).counter("events");
  }

  /** Adds the events of a finished pane. */
  void add(EventCounts counts) {
    scored.inc(counts.scored());
    sampledOut.inc(counts.sampledOut());
    duplicate.inc(counts.duplicate());
    late.inc(counts.late());
    unmatched.inc(counts.unmatched());
    rejected.inc(counts.rejected());
  }
}
