package dev.parallax.core.drift;

import java.util.List;
import java.util.OptionalDouble;

/** A report whose figures do not matter. */
final class HandMadeReport {

  private HandMadeReport() {}

  /** Of a baseline whose only hold-out pane starts then. */
  static AaReport of(String baseline, long start) {
    return new AaReport(
        baseline,
        1,
        1,
        0,
        0,
        3,
        0,
        1,
        1,
        OptionalDouble.empty(),
        1,
        0,
        1,
        1,
        1.05,
        true,
        List.of(),
        List.of(new AaReport.Point(start, 1, 0)));
  }
}
