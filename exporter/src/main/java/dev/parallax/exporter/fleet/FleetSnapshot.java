package dev.parallax.exporter.fleet;

import dev.parallax.core.drift.Alert;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.Series;
import java.util.List;
import java.util.Map;

/**
 * The fleet at one moment.
 *
 * @param series every series shown, ordered by name
 * @param alerts newest first
 * @param alertCounts alerts by the verdict that they announced, every verdict present
 * @param armedSince event time in milliseconds from which on the armed baseline of a series was
 *     tested against; of series shown alone
 * @param counts what became of the events of all panes so far, over the series of all traffic
 * @param pairs pairs of the same panes; equal to {@code counts.scored()} if nothing was lost
 * @param droppedByRetention series removed because they stopped
 * @param droppedByLimit series not shown because there are too many
 */
public record FleetSnapshot(
    List<SeriesStatus> series,
    List<Alert> alerts,
    Map<Verdict, Long> alertCounts,
    Map<Series, Long> armedSince,
    EventCounts counts,
    long pairs,
    long droppedByRetention,
    long droppedByLimit) {

  /** Copies lists and maps. */
  public FleetSnapshot {
    series = List.copyOf(series);
    alerts = List.copyOf(alerts);
    alertCounts = Map.copyOf(alertCounts);
    armedSince = Map.copyOf(armedSince);
  }
}
