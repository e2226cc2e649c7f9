package dev.parallax.exporter.fleet;

import dev.parallax.core.drift.Alert;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.drill.Shadow;
import dev.parallax.core.window.Series;
import java.util.EnumMap;
import java.util.Map;

/**
 * Alerts by the verdict that they announce. Those of a drill's shadows page nobody and do not
 * count; an alert that is read again, or is older than one of its series that was counted, does not
 * either. Not thread-safe.
 */
final class AlertCounts {

  private final Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);

  /** End of the newest pane of each series whose alert was counted. */
  private final Recent<Series, Long> newest;

  /**
   * Counts at zero.
   *
   * @param remembered most series whose newest alert is remembered
   */
  AlertCounts(int remembered) {
    this.newest = new Recent<>(remembered);
    for (Verdict verdict : Verdict.values()) {
      counts.put(verdict, 0L);
    }
  }

  void add(Alert alert) {
    Series series = alert.score().series();
    long paneEnd = alert.score().paneEnd();
    if (Shadow.is(series.model()) || newest.getOrDefault(series, Long.MIN_VALUE) >= paneEnd) {
      return;
    }
    newest.put(series, paneEnd);
    counts.merge(alert.score().verdict(), 1L, Long::sum);
  }

  /** Every verdict with its count. */
  Map<Verdict, Long> byVerdict() {
    return counts;
  }
}
