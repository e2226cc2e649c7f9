package dev.parallax.exporter.fleet;

import dev.parallax.core.drift.Score;
import dev.parallax.core.window.EventCounts;

/**
 * What panes add to the totals.
 *
 * @param events what became of their events
 * @param pairs their pairs
 */
record PaneCounts(EventCounts events, long pairs) {

  static final PaneCounts NONE = new PaneCounts(EventCounts.NONE, 0);

  /** Of one score; a slice repeats events that the series of all traffic has, so it adds none. */
  static PaneCounts of(Score score) {
    return score.series().isSlice() ? NONE : new PaneCounts(score.counts(), score.pairs());
  }

  PaneCounts plus(PaneCounts other) {
    return new PaneCounts(events.plus(other.events), pairs + other.pairs);
  }

  PaneCounts minus(PaneCounts other) {
    EventCounts o = other.events;
    return plus(
        new PaneCounts(
            new EventCounts(
                -o.in(), -o.sampledOut(), -o.duplicate(), -o.late(), -o.unmatched(), -o.rejected()),
            -other.pairs));
  }
}
