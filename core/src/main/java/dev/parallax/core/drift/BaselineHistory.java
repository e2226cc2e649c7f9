package dev.parallax.core.drift;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was written about the baselines of one series before the job that follows it began. So a
 * series that is remembered no more goes on with its baseline, and a series that is followed again
 * from its first pane gets its approvals at the event times at which it got them. Immutable.
 *
 * <p>What is in force depends on event time alone, never on when the job runs.
 */
public final class BaselineHistory {

  /** Nothing is known. */
  public static final BaselineHistory NONE = new BaselineHistory(List.of(), false);

  private final List<BaselineRecord> records;
  private final boolean begun;

  private BaselineHistory(List<BaselineRecord> records, boolean begun) {
    this.records = List.copyOf(records);
    this.begun = begun;
  }

  /** A history of records of one series, one of each baseline. */
  public static BaselineHistory of(List<BaselineRecord> records) {
    return new BaselineHistory(records, false);
  }

  /**
   * What is still needed once the series has its first pane: when its baselines were armed and
   * dropped, not what they hold.
   */
  public BaselineHistory begun() {
    return new BaselineHistory(records.stream().map(BaselineRecord::withoutContent).toList(), true);
  }

  /** The records. */
  public List<BaselineRecord> records() {
    return records;
  }

  /** Whether the series has had its first pane. */
  public boolean isBegun() {
    return begun;
  }

  /** The record of a baseline. */
  Optional<BaselineRecord> of(String baseline) {
    return records.stream().filter(record -> record.baseline().equals(baseline)).findFirst();
  }

  /**
   * Baselines that are complete and not dropped when a first pane starts, the one in use first: an
   * armed one before those that wait, a later one before earlier ones.
   */
  List<BaselineRecord> standing(long paneStart) {
    if (begun) {
      return List.of();
    }
    return records.stream()
        .filter(record -> record.isComplete(paneStart) && !record.isOver(paneStart))
        .sorted(
            Comparator.comparing((BaselineRecord record) -> record.isArmed(paneStart))
                .thenComparing(record -> record.arming().map(Arming::from).orElse(Long.MIN_VALUE))
                .thenComparing(BaselineRecord::lastPane)
                .thenComparing(BaselineRecord::baseline)
                .reversed())
        .toList();
  }
}
