package dev.parallax.exporter.fleet;

import dev.parallax.core.window.Series;
import java.util.List;

/**
 * The panes of a series that are kept, oldest first.
 *
 * @param series whose they are
 * @param revision grows with every change of the series
 * @param points the panes, in order of their ends
 */
public record SeriesHistory(Series series, long revision, List<SeriesPoint> points) {

  /** Copies the points. */
  public SeriesHistory {
    points = List.copyOf(points);
  }
}
