package dev.parallax.exporter.fleet;

import dev.parallax.core.drift.Score;
import java.time.Instant;
import java.util.ArrayList;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest panes of one series. Not thread-safe.
 *
 * <p>Invariant: every pane that was ever counted either is in {@link #panes} or ends at or before
 * {@link #floor}, so a pane is never counted twice.
 */
final class TrackedSeries {

  private record Pane(SeriesPoint point, PaneCounts counts) {}

  private final int capacity;
  private final TreeMap<Long, Pane> panes = new TreeMap<>();
  private long floor;
  private long revision;
  private Score latest;
  private Instant arrived;
  private long since;
  private boolean sinceKnown;

  TrackedSeries(Score first, Instant arrived, int capacity, long floor) {
    this.capacity = capacity;
    this.floor = floor;
    this.latest = first;
    this.arrived = arrived;
    this.since = first.paneEnd();
  }

  /** Whether the pane is older than everything kept, and so was counted or will not be. */
  boolean isOutdated(long paneEnd) {
    return paneEnd <= floor;
  }

  /**
   * Takes in a score whose pane is not outdated.
   *
   * @param counts what its pane adds to the totals
   * @return the counts of the score of the same pane that it replaces, if there was one
   */
  @Nullable PaneCounts put(Score score, PaneCounts counts, Instant when, long newRevision) {
    SeriesPoint point =
        new SeriesPoint(
            score.paneEnd(), score.pairs(), score.windowPairs(), score.figures(), score.verdict());
    Pane replaced = panes.put(score.paneEnd(), new Pane(point, counts));
    while (panes.size() > capacity) {
      floor = panes.pollFirstEntry().getKey();
    }
    boolean next = replaced == null && score.paneEnd() > latest.paneEnd();
    boolean same = score.verdict() == latest.verdict();
    if (score.paneEnd() >= latest.paneEnd()) {
      latest = score;
    }
    if (!next || !same) {
      findSince();
    }
    if (when.isAfter(arrived)) {
      arrived = when;
    }
    revision = newRevision;
    return replaced == null ? null : replaced.counts();
  }

  /** Looks back from the newest pane; what a longer history held is forgotten. */
  private void findSince() {
    sinceKnown = false;
    for (Pane pane : panes.descendingMap().values()) {
      if (pane.point().verdict() != latest.verdict()) {
        sinceKnown = true;
        return;
      }
      since = pane.point().paneEnd();
    }
  }

  Instant arrived() {
    return arrived;
  }

  long newestPaneEnd() {
    return latest.paneEnd();
  }

  SeriesStatus status() {
    return new SeriesStatus(latest, arrived, revision, since, sinceKnown);
  }

  SeriesHistory history() {
    ArrayList<SeriesPoint> points = new ArrayList<>(panes.size());
    panes.values().forEach(pane -> points.add(pane.point()));
    return new SeriesHistory(status(), points);
  }
}
