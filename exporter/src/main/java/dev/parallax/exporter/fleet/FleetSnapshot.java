package dev.parallax.exporter.fleet;

import dev.parallax.core.drift.Alert;
import dev.parallax.core.window.EventCounts;
import java.util.List;

/**
 * The fleet at one moment.
 *
 * @param series every series shown, ordered by name
 * @param alerts newest first
 * @param counts what became of the events of all panes so far, over the series of all traffic
 * @param pairs pairs of the same panes; equal to {@code counts.scored()} if nothing was lost
 * @param droppedByRetention series removed because they stopped
 * @param droppedByLimit series not shown because there are too many
 */
public record FleetSnapshot(
    List<SeriesStatus> series,
    List<Alert> alerts,
    EventCounts counts,
    long pairs,
    long droppedByRetention,
    long droppedByLimit) {

  /** Copies the lists. */
  public FleetSnapshot {
    series = List.copyOf(series);
    alerts = List.copyOf(alerts);
  }
}
