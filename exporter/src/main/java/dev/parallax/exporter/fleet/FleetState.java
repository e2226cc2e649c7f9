package dev.parallax.exporter.fleet;

import dev.parallax.core.drift.Alert;
import dev.parallax.core.drift.BaselineEntry;
import dev.parallax.core.drift.BaselineRecord;
import dev.parallax.core.drift.Score;
import dev.parallax.core.window.Series;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that the page and the metrics show: the newest score and the history of every series, the
 * newest alerts, and the events of all panes added up.
 *
 * <ol>
 *   <li>At most {@code maxSeries} series are shown, first come first served. A series leaves when
 *       its last score arrived longer ago than the retention, and makes room.
 *   <li>A pane of a series counts once in the totals, however often its score arrives: the newest
 *       arrival replaces the earlier one. What is older than the history kept is passed over.
 *   <li>Events of series that are hidden or left count all the same. Their newest pane is
 *       remembered for the last {@value #REMEMBERED_PER_SHOWN} × {@code maxSeries} of them.
 * </ol>
 *
 * <p>Memory: about half a kilobyte per pane kept. Thread-safe.
 */
public final class FleetState {

  /** Newest alerts kept. */
  public static final int MAX_ALERTS = 100;

  private static final int REMEMBERED_PER_SHOWN = 10;

  /** By name, and not by key: the separator of keys sorts after letters. */
  private static final Comparator<Series> BY_NAME =
      Comparator.comparing(Series::model)
          .thenComparing(Series::version)
          .thenComparing(Series::reference)
          .thenComparing(Series::slice);

  private static final Comparator<Alert> BY_PANE =
      Comparator.<Alert>comparingLong(alert -> alert.score().paneEnd())
          .thenComparing(alert -> alert.score().series(), BY_NAME);

  private final Duration retention;
  private final int maxSeries;
  private final int historyPoints;
  private final Set<String> furtherReferences;
  private final Clock clock;

  private final TreeMap<Series, TrackedSeries> shown = new TreeMap<>(BY_NAME);
  private final Recent<Series, Absent> absent;
  private final TreeMap<Alert, Alert> alerts = new TreeMap<>(BY_PANE);
  private final AlertCounts alertCounts;
  private final ArmedBaselines baselines;
  private PaneCounts totals = PaneCounts.NONE;
  private long revision;

  /** No series shown has its last score from before this. */
  private Instant earliest = Instant.MAX;

  private long droppedByRetention;
  private long droppedByLimit;

  /** A series that is not shown: the newest pane that was counted, and why it is not shown. */
  private record Absent(long countedUpTo, boolean byLimit) {}

  /**
   * An empty fleet.
   *
   * @param retention how long after its last score arrived a series is shown
   * @param maxSeries most series shown
   * @param historyPoints panes kept per series
   * @param furtherReferences references whose events are counted elsewhere
   * @param clock tells when scores arrive and how long ago that was
   */
  public FleetState(
      Duration retention,
      int maxSeries,
      int historyPoints,
      Set<String> furtherReferences,
      Clock clock) {
    this.retention = retention;
    this.maxSeries = maxSeries;
    this.historyPoints = historyPoints;
    this.furtherReferences = Set.copyOf(furtherReferences);
    this.clock = clock;
    int remembered = (int) Math.min(Integer.MAX_VALUE, (long) REMEMBERED_PER_SHOWN * maxSeries);
    this.absent = new Recent<>(remembered);
    this.alertCounts = new AlertCounts(remembered);
    this.baselines = new ArmedBaselines(remembered);
  }

  /** An empty fleet with one reference. */
  public FleetState(Duration retention, int maxSeries, int historyPoints, Clock clock) {
    this(retention, maxSeries, historyPoints, Set.of(), clock);
  }

  /** Takes in a score that arrives now. */
  public RecordOutcome accept(Score score) {
    return accept(score, clock.instant());
  }

  /** Takes in a score that arrived at {@code arrived}. */
  public synchronized RecordOutcome accept(Score score, Instant arrived) {
    expire();
    Series series = score.series();
    TrackedSeries tracked = shown.get(series);
    if (tracked == null) {
      Absent before = absent.get(series);
      long countedUpTo = before == null ? Long.MIN_VALUE : before.countedUpTo();
      if (score.paneEnd() <= countedUpTo) {
        return RecordOutcome.OUTDATED;
      }
      if (arrived.plus(retention).isBefore(clock.instant())) {
        countOnly(score, false);
        return RecordOutcome.EXPIRED;
      }
      if (shown.size() >= maxSeries) {
        if (before == null || !before.byLimit()) {
          droppedByLimit++;
        }
        countOnly(score, true);
        return RecordOutcome.HIDDEN;
      }
      absent.remove(series);
      tracked = new TrackedSeries(score, arrived, historyPoints, countedUpTo);
      shown.put(series, tracked);
      earliest = earliest.isBefore(arrived) ? earliest : arrived;
    }
    if (tracked.isOutdated(score.paneEnd())) {
      return RecordOutcome.OUTDATED;
    }
    PaneCounts replaced = tracked.put(score, counts(score), arrived, ++revision);
    totals = totals.plus(counts(score));
    if (replaced == null) {
      return RecordOutcome.ACCEPTED;
    }
    totals = totals.minus(replaced);
    return RecordOutcome.REPLACED;
  }

  /** Takes in an alert. */
  public synchronized RecordOutcome accept(Alert alert) {
    alertCounts.add(alert);
    Alert replaced = alerts.remove(alert);
    alerts.put(alert, alert);
    if (replaced != null) {
      return RecordOutcome.REPLACED;
    }
    if (alerts.size() > MAX_ALERTS) {
      Alert oldest = alerts.pollFirstEntry().getKey();
      return oldest == alert ? RecordOutcome.OUTDATED : RecordOutcome.ACCEPTED;
    }
    return RecordOutcome.ACCEPTED;
  }

  /** Takes in what became of a baseline; an order is of no concern here. */
  public synchronized RecordOutcome accept(BaselineEntry entry) {
    if (entry instanceof BaselineRecord record) {
      baselines.accept(record);
    }
    return RecordOutcome.ACCEPTED;
  }

  /** Forgets a baseline, as an empty record under its key asks for. */
  public synchronized RecordOutcome removeBaseline(String key) {
    return baselines.remove(key) ? RecordOutcome.REMOVED : RecordOutcome.OUTDATED;
  }

  /** Stops showing the series with this key, as an empty record on the topic asks for. */
  public synchronized RecordOutcome remove(String key) {
    Series series = find(key);
    if (series == null) {
      return RecordOutcome.OUTDATED;
    }
    absent.put(series, new Absent(shown.remove(series).newestPaneEnd(), false));
    return RecordOutcome.REMOVED;
  }

  /** The fleet now. */
  public synchronized FleetSnapshot snapshot() {
    expire();
    List<SeriesStatus> series = new ArrayList<>(shown.size());
    shown.values().forEach(tracked -> series.add(tracked.status()));
    Map<Series, Long> armedSince = baselines.since();
    armedSince.keySet().retainAll(shown.keySet());
    return new FleetSnapshot(
        series,
        new ArrayList<>(alerts.descendingMap().values()),
        alertCounts.byVerdict(),
        armedSince,
        totals.events(),
        totals.pairs(),
        droppedByRetention,
        droppedByLimit);
  }

  /** The history of the series with this key, if it is shown. */
  public synchronized Optional<SeriesHistory> history(String key) {
    expire();
    Series series = find(key);
    return series == null ? Optional.empty() : Optional.of(shown.get(series).history());
  }

  private @Nullable Series find(String key) {
    for (Series series : shown.keySet()) {
      if (series.key().equals(key)) {
        return series;
      }
    }
    return null;
  }

  private PaneCounts counts(Score score) {
    return furtherReferences.contains(score.series().reference())
        ? PaneCounts.NONE
        : PaneCounts.of(score);
  }

  private void countOnly(Score score, boolean byLimit) {
    totals = totals.plus(counts(score));
    absent.put(score.series(), new Absent(score.paneEnd(), byLimit));
  }

  /** Looks at every series only when one of them can be due: this runs with every score. */
  private void expire() {
    Instant oldest = clock.instant().minus(retention);
    if (!earliest.isBefore(oldest)) {
      return;
    }
    earliest = Instant.MAX;
    Iterator<Map.Entry<Series, TrackedSeries>> entries = shown.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<Series, TrackedSeries> entry = entries.next();
      Instant arrived = entry.getValue().arrived();
      if (arrived.isBefore(oldest)) {
        absent.put(entry.getKey(), new Absent(entry.getValue().newestPaneEnd(), false));
        entries.remove();
        droppedByRetention++;
      } else if (arrived.isBefore(earliest)) {
        earliest = arrived;
      }
    }
  }
}
