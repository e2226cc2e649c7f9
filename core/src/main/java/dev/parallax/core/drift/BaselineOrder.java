package dev.parallax.core.drift;

import dev.parallax.core.window.Series;

/**
 * What a person wants done with a baseline. An order names the baseline, so that it does nothing
 * where the series has another one by then, nor when it is read again.
 *
 * @param kind what
 * @param series which series
 * @param baseline id of the baseline that it has
 * @param approval whose order
 */
public record BaselineOrder(Kind kind, Series series, String baseline, Approval approval)
    implements BaselineEntry {

  /** What can be ordered. */
  public enum Kind {
    /** Arm the baseline, which waits. */
    ARM("arm"),
    /** Drop the baseline and collect a new one. */
    COLLECT("collect");

    private final String label;

    Kind(String label) {
      this.label = label;
    }
  }

  @Override
  public String key() {
    return series.key() + "|" + baseline + "|" + kind.label;
  }
}
