package dev.parallax.core.fleet;

import dev.parallax.core.window.PaneLength;
import java.io.Serializable;
import java.time.Duration;

/**
 * How many false pages a team puts up with: at most {@code pages} in {@code per} on average, over
 * all models together.
 *
 * @param pages number of pages
 * @param per in how long
 */
public record PageBudget(int pages, Duration per) implements Serializable {

  /** One false page in 30 days. */
  public static final PageBudget DEFAULT = new PageBudget(1, Duration.ofDays(30));

  /** Checks that there is a page and a time. */
  public PageBudget {
    if (pages < 1 || per.toMillis() < 1) {
      throw new IllegalArgumentException(
          "monitor.fleet.page-budget="
              + pages
              + " per "
              + per
              + ": expected 1 page or more in a time above 0");
    }
  }

  /** How many pages the budget allows in {@code time}, on average and at most. */
  public double pagesIn(Duration time) {
    return (double) pages * time.toMillis() / per.toMillis();
  }

  /**
   * The budget in panes, 1/α: so many panes of the fleet between false pages, on average and at
   * least.
   *
   * @throws IllegalArgumentException if that is not more than one pane
   */
  public double panesBetweenFalsePages(PaneLength pane) {
    double panes = (double) per.toMillis() / pane.millis() / pages;
    if (!(panes > 1)) {
      throw new IllegalArgumentException(
          "monitor.fleet.page-budget="
              + pages
              + " per "
              + per
              + ": expected fewer than one page a pane of "
              + pane.duration());
    }
    return panes;
  }
}
