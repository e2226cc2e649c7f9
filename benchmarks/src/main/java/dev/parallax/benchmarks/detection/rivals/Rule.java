package dev.parallax.benchmarks.detection.rivals;

/** A rule that was fitted on a baseline. None of them names a cause. */
@FunctionalInterface
public interface Rule {

  /** Begins to watch a stream. */
  Watch watch();

  /** A rule along one stream. */
  @FunctionalInterface
  interface Watch {

    /** Whether the rule raises an alarm at the next pane. */
    boolean alarms(RivalPane pane);
  }
}
