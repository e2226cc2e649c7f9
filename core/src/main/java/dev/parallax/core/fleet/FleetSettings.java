package dev.parallax.core.fleet;

import java.io.Serializable;

/**
 * How a fleet pages.
 *
 * @param budget how many false pages are put up with
 * @param commonCauseShare more than this share of the models at once is one common cause
 * @param commonCauseLeast fewest models that make a common cause
 * @param commonCauseTicks models that page within so many ticks of each other do so at once
 */
public record FleetSettings(
    PageBudget budget, double commonCauseShare, int commonCauseLeast, int commonCauseTicks)
    implements Serializable {

  /**
   * One false page in 30 days; more than 10% of the models and three of them within three ticks.
   */
  public static final FleetSettings DEFAULT = new FleetSettings(PageBudget.DEFAULT, 0.1, 3, 3);

  /** Checks every setting. */
  public FleetSettings {
    if (!(commonCauseShare >= 0 && commonCauseShare <= 1)) {
      throw new IllegalArgumentException(
          "monitor.fleet.common-cause-share="
              + commonCauseShare
              + ": expected a number from 0 to 1");
    }
    if (commonCauseLeast < 2) {
      throw new IllegalArgumentException(
          "monitor.fleet.common-cause-least=" + commonCauseLeast + ": expected 2 or more");
    }
    if (commonCauseTicks < 1) {
      throw new IllegalArgumentException(
          "monitor.fleet.common-cause-ticks=" + commonCauseTicks + ": expected 1 or more");
    }
  }

  /** The same with another budget. */
  public FleetSettings withBudget(PageBudget other) {
    return new FleetSettings(other, commonCauseShare, commonCauseLeast, commonCauseTicks);
  }
}
