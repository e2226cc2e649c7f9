package dev.parallax.core.drift;

import dev.parallax.core.window.Series;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What has become of a baseline. Written by the job alone, so that what it says has happened.
 *
 * @param series which series
 * @param state what has become of it
 * @param content the baseline itself; empty where it is too large for a record
 * @param report its A/A report
 * @param arming since when it was tested against, if ever
 * @param until event time in milliseconds from which on it no longer counts, if it does not
 */
public record BaselineRecord(
    Series series,
    State state,
    Optional<Baseline> content,
    AaReport report,
    Optional<Arming> arming,
    OptionalLong until)
    implements BaselineEntry {

  /** What can become of a baseline. */
  public enum State {
    /** It is complete and waits for approval. */
    COLLECTED,
    /** Panes are tested against it. */
    ARMED,
    /** It was dropped before it was armed. */
    REJECTED,
    /** It was armed, and another is collected. */
    RETIRED;

    /** The state as it is written. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public String baseline() {
    return report.baseline();
  }

  @Override
  public String key() {
    return series.key() + "|" + baseline();
  }

  /** The same with the baseline itself. */
  BaselineRecord withContent(Baseline baseline) {
    return new BaselineRecord(series, state, Optional.of(baseline), report, arming, until);
  }

  /** Start of the last pane that it was measured on, event time in milliseconds. */
  long lastPane() {
    return report.points().get(report.points().size() - 1).start();
  }

  /** Whether all its panes are before one that starts then. */
  boolean isComplete(long paneStart) {
    return lastPane() < paneStart;
  }

  /** Whether a pane that starts then is tested against it, if it is not over. */
  boolean isArmed(long paneStart) {
    return arming.isPresent() && arming.get().from() <= paneStart;
  }

  /** Whether it no longer counts for a pane that starts then. */
  boolean isOver(long paneStart) {
    return until.isPresent() && until.getAsLong() <= paneStart;
  }

  /** The same when it is dropped. */
  BaselineRecord ended(long from) {
    return new BaselineRecord(
        series,
        arming.isPresent() ? State.RETIRED : State.REJECTED,
        content,
        report,
        arming,
        OptionalLong.of(from));
  }

  /** The same without the baseline itself. */
  BaselineRecord withoutContent() {
    return new BaselineRecord(series, state, Optional.empty(), report, arming, until);
  }
}
