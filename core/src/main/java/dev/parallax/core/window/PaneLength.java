package dev.parallax.core.window;

import java.time.Duration;

/**
 * Cuts event time into panes: tumbling intervals of one length, aligned to 1970-01-01T00:00:00Z.
 *
 * @param duration length of a pane, whole milliseconds
 */
public record PaneLength(Duration duration) {

  /** Checks that a pane has a length. */
  public PaneLength {
    if (duration.toMillis() < 1) {
      throw new IllegalArgumentException("pane=" + duration + ": expected 1 ms or more");
    }
  }

  /** Start of the pane that holds {@code timeMillis}. */
  public long startOf(long timeMillis) {
    return Math.floorDiv(timeMillis, millis()) * millis();
  }

  /** First millisecond after the pane that starts at {@code startMillis}. */
  public long endOf(long startMillis) {
    return startMillis + millis();
  }

  /** Length in milliseconds. */
  public long millis() {
    return duration.toMillis();
  }
}
