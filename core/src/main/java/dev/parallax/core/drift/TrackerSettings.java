package dev.parallax.core.drift;

import dev.parallax.core.window.PaneLength;
import java.time.Duration;

/**
 * How a series is tracked.
 *
 * @param pane length of a pane
 * @param windowPanes panes of the rolling window
 * @param minPairs fewest pairs of a pane that is learnt from or tested
 * @param fitPanes panes that the translation and the strata of a baseline are fitted on
 * @param holdOutPanes further panes that the healthy residual is measured on
 * @param strata number of strata
 * @param ridge relative penalty of the translation's fit
 * @param margin smallest rise worth a page, relative to the baseline's residual
 * @param floor smallest rise worth a page, absolute (rows have norm 1)
 * @param panesBetweenFalsePages evidence that pages a series that is alone: the page budget as at
 *     least this many healthy panes between false pages on average
 * @param silentAfter how long a series may send nothing
 * @param seed of the strata and of the bootstrap of A/A reports
 * @param arming when a collected baseline is armed
 */
public record TrackerSettings(
    PaneLength pane,
    int windowPanes,
    int minPairs,
    int fitPanes,
    int holdOutPanes,
    int strata,
    double ridge,
    double margin,
    double floor,
    double panesBetweenFalsePages,
    Duration silentAfter,
    long seed,
    ArmingRule arming) {

  /** Checks every setting. */
  public TrackerSettings {
    atLeast("window-panes", windowPanes, 1);
    atLeast("baseline.min-pairs", minPairs, 1);
    atLeast("baseline.fit-panes", fitPanes, 1);
    atLeast("baseline.hold-out-panes", holdOutPanes, 2);
    atLeast("baseline.strata", strata, 1);
    positive("baseline.ridge", ridge);
    positive("detector.margin", margin);
    if (!(floor >= 0 && floor <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "monitor.detector.floor=" + floor + ": expected a finite number, 0 or more");
    }
    if (!(panesBetweenFalsePages > 1 && panesBetweenFalsePages <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "panes between false pages: expected a finite number above 1, got "
              + panesBetweenFalsePages);
    }
    // Whole panes, so that no pane straddles the moment at which silence is stated.
    if (silentAfter.compareTo(pane.duration()) < 0 || silentAfter.toMillis() % pane.millis() != 0) {
      throw new IllegalArgumentException(
          "monitor.silent-after="
              + silentAfter
              + ": expected one or more whole panes of "
              + pane.duration());
    }
  }

  private static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "monitor." + name + "=" + value + ": expected " + least + " or more");
    }
  }

  private static void positive(String name, double value) {
    if (!(value > 0 && value <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "monitor." + name + "=" + value + ": expected a finite number above 0");
    }
  }
}
