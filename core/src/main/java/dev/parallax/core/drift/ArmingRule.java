package dev.parallax.core.drift;

import java.io.Serializable;

/**
 * When a collected baseline is armed.
 *
 * @param approval who decides
 * @param leastHoldOutPanes fewest hold-out panes of a baseline whose A/A report may be within the
 *     budget: fewer say too little of how panes follow one another
 */
public record ArmingRule(Mode approval, int leastHoldOutPanes) implements Serializable {

  /** Arms by itself where 100 hold-out panes say that the budget is kept. */
  public static final ArmingRule DEFAULT = new ArmingRule(Mode.AUTOMATIC, 100);

  /** Arms by itself however short the baseline, as in a demo. */
  public static final ArmingRule OF_ANY_LENGTH = new ArmingRule(Mode.AUTOMATIC, 2);

  /** Who decides that a baseline is armed. */
  public enum Mode {
    /** The A/A report where it is within the budget, else a person. */
    AUTOMATIC,
    /** A person, always. */
    REQUIRED
  }

  /** Checks the number. */
  public ArmingRule {
    if (leastHoldOutPanes < 2) {
      throw new IllegalArgumentException(
          "monitor.baseline.least-hold-out-panes=" + leastHoldOutPanes + ": expected 2 or more");
    }
  }

  /** Whether a baseline with this report is armed without being asked for. */
  boolean armsAtOnce(AaReport report) {
    return approval == Mode.AUTOMATIC && report.withinBudget();
  }
}
