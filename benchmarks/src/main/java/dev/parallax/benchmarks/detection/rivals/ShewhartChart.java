package dev.parallax.benchmarks.detection.rivals;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Three-sigma limits on a published figure, on both sides: what a threshold on a dashboard is. A
 * figure that cannot be stated raises no alarm.
 *
 * @see <a href="https://www.itl.nist.gov/div898/handbook/pmc/section3/pmc31.htm">NIST/SEMATECH
 *     handbook, section 6.3.1</a>
 */
final class ShewhartChart implements Rule {

  private final Function<RivalPane, OptionalDouble> figure;
  private final Limits limits;

  ShewhartChart(List<RivalPane> panes, Function<RivalPane, OptionalDouble> figure) {
    this.figure = figure;
    this.limits =
        Limits.of(panes.stream().map(figure).flatMapToDouble(OptionalDouble::stream).toArray());
  }

  @Override
  public Watch watch() {
    return pane -> {
      OptionalDouble stated = figure.apply(pane);
      return stated.isPresent() && limits.exclude(stated.getAsDouble());
    };
  }
}
