package dev.parallax.exporter.fleet;

import java.util.List;

/**
 * The panes of a series that are kept, oldest first.
 *
 * @param status the newest that is known of the series
 * @param points the panes, in order of their ends
 */
public record SeriesHistory(SeriesStatus status, List<SeriesPoint> points) {

  /** Copies the points. */
  public SeriesHistory {
    points = List.copyOf(points);
  }
}
