package dev.parallax.benchmarks.detection.rivals;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * An exponentially weighted moving average of a published figure, {@code z ← λx + (1 − λ)z}, with
 * exact limits {@code ±L σ √(λ/(2 − λ)·(1 − (1 − λ)²ᵗ))} and the usual λ = {@value #LAMBDA} and L =
 * 3, the defaults of R's qcc. It sees small lasting shifts that a Shewhart chart misses.
 *
 * @see <a href="https://www.itl.nist.gov/div898/handbook/pmc/section3/pmc324.htm">NIST/SEMATECH
 *     handbook, section 6.3.2.4</a>
 * @see <a href="https://search.r-project.org/CRAN/refmans/qcc/html/ewma.html">qcc::ewma</a>
 */
final class EwmaChart implements Rule {

  private static final double LAMBDA = 0.2;

  private final Function<RivalPane, OptionalDouble> figure;
  private final Limits limits;

  EwmaChart(List<RivalPane> panes, Function<RivalPane, OptionalDouble> figure) {
    this.figure = figure;
    this.limits =
        Limits.of(panes.stream().map(figure).flatMapToDouble(OptionalDouble::stream).toArray());
  }

  @Override
  public Watch watch() {
    return new Average();
  }

  private final class Average implements Watch {

    private double average = limits.centre();

    /** (1 − λ)²ᵗ. */
    private double remembered = 1;

    @Override
    public boolean alarms(RivalPane pane) {
      OptionalDouble stated = figure.apply(pane);
      if (stated.isEmpty()) {
        return false;
      }
      average = LAMBDA * stated.getAsDouble() + (1 - LAMBDA) * average;
      remembered *= (1 - LAMBDA) * (1 - LAMBDA);
      double sd = limits.sd() * Math.sqrt(LAMBDA / (2 - LAMBDA) * (1 - remembered));
      return Math.abs(average - limits.centre()) > Limits.SIGMAS * sd;
    }
  }
}
