package dev.parallax.benchmarks.detection;

import dev.parallax.core.drift.SeriesState;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.window.PairedPane;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/**
 * One stream with a fault, from its first pane on: when somebody was paged or told, and of what.
 *
 * @param verdicts what was said of each pane
 */
record FaultRun(List<Verdict> verdicts) {

  /** Copies the verdicts. */
  FaultRun {
    verdicts = List.copyOf(verdicts);
  }

  /**
   * Follows a stream.
   *
   * @param armed the series before the fault
   * @param panes how long
   */
  static FaultRun follow(
      Tracking tracking, SeriesState armed, Population stream, int panes, long seed) {
    LoneSeries series = new LoneSeries(tracking, armed);
    Random random = new Random(seed);
    List<Verdict> verdicts = new ArrayList<>();
    // Two panes more, to see whether the name stays.
    for (int i = 0, left = 3; i < panes && left > 0; i++) {
      PairedPane pane = stream.pane(i, Tracking.FIRST_TESTED + i, random);
      verdicts.add(series.next(pane).verdict());
      left -= pages(verdicts.get(i)) ? 1 : 0;
    }
    return new FaultRun(verdicts);
  }

  /** Whether a verdict wakes somebody. */
  static boolean pages(Verdict verdict) {
    return switch (verdict) {
      case DIVERGED, ROTATED, COLLAPSED, PAIRING_FAULT, REFERENCE_FAULT, DEGENERATE, SILENT -> true;
      case WARMING, INSUFFICIENT, HEALTHY, WARNING, TRAFFIC_SHIFT -> false;
    };
  }

  /** Panes until the first page, the first pane being 1; empty if there is none. */
  OptionalInt delay() {
    for (int i = 0; i < verdicts.size(); i++) {
      if (pages(verdicts.get(i))) {
        return OptionalInt.of(i + 1);
      }
    }
    return OptionalInt.empty();
  }

  /** Panes until this verdict, the first pane being 1; empty if it is never said. */
  OptionalInt delay(Verdict verdict) {
    int at = verdicts.indexOf(verdict);
    return at < 0 ? OptionalInt.empty() : OptionalInt.of(at + 1);
  }

  /** What the first page said, or the last pane if nobody was paged. */
  Verdict said() {
    OptionalInt delay = delay();
    return verdicts.get(delay.isPresent() ? delay.getAsInt() - 1 : verdicts.size() - 1);
  }
}
