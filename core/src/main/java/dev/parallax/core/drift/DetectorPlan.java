package dev.parallax.core.drift;

import dev.parallax.core.drift.EDetector.Parameters;
import java.util.Arrays;
import java.util.List;

/**
 * What is tested of a series and against what: follows from its baseline and the settings alone.
 *
 * <p>Each tested mean lies above the measured one by the larger of the smallest rise worth a page
 * and two standard errors, so that neither a small shift of traffic nor a short baseline pages.
 *
 * @param scale the residual that shares are of: the healthy one, or what the floor allows where it
 *     is next to nothing
 * @param residual test of the adjusted residual
 * @param offset test of its systematic part
 * @param norm test of the norms
 * @param traffic test of the traffic
 * @param logNorm healthy mean of the logarithm of the norm
 * @param residualSd standard deviation of the residual of a healthy pane
 * @param offsetSd of its systematic part
 */
record DetectorPlan(
    double scale,
    Parameters residual,
    Parameters offset,
    Parameters norm,
    Parameters traffic,
    double logNorm,
    double residualSd,
    double offsetSd) {

  /** The share of hold-out panes below the lowest clip of a test. */
  private static final double CLIP_QUANTILE = 0.1;

  /**
   * How far between the measured and the tested mean the clip may lie, the best first. The nearer
   * it is to the tested mean, the larger the bets: clipping healthy panes upwards costs nothing as
   * long as their mean stays below the tested one.
   */
  private static final double[] CLIPS = {0.8, 0.6, 0.4, 0.2, 0};

  /** The share of the way to the tested mean that the clipped mean must leave. */
  private static final double CLIP_ROOM = 0.1;

  /** Numeric only: evidence ends with its cause, see {@link Detectors#isOver}. */
  private static final double CEILING_LOG = 30 * StrictMath.log(10);

  /** A healthy pane is taken to vary by this share of the smallest rise worth a page at least. */
  private static final double LEAST_SPREAD = 0.1;

  /**
   * What follows from a hold-out.
   *
   * @param panes adjusted readings of its panes
   */
  static DetectorPlan of(List<Readings> panes, TrackerSettings settings) {
    Readings means = Readings.mean(panes);
    double healthy = means.get(Reading.RESIDUAL).orElseThrow();
    double scale = Math.max(healthy, settings.floor() / settings.margin());
    double worthwhile = Math.max(settings.margin() * scale, Double.MIN_NORMAL);
    double logNorm = means.get(Reading.LOG_NORM).orElse(0);
    double[] residuals = residualFigures(panes, scale);
    double[] offsets = offsetFigures(panes, scale);
    double[] norms =
        panes.stream()
            .mapToDouble(pane -> Math.abs(pane.get(Reading.LOG_NORM).orElse(logNorm) - logNorm))
            .toArray();
    double[] traffic =
        panes.stream().flatMapToDouble(pane -> pane.get(Reading.TRAFFIC).stream()).toArray();
    return new DetectorPlan(
        scale,
        parameters(residuals, worthwhile),
        parameters(offsets, worthwhile),
        parameters(norms, Reading.LOG_NORM.margin(logNorm)),
        parameters(traffic, Reading.TRAFFIC.margin(0)),
        logNorm,
        Math.max(sd(residuals), LEAST_SPREAD * worthwhile),
        Math.max(sd(offsets), LEAST_SPREAD * worthwhile));
  }

  private static double[] residualFigures(List<Readings> panes, double scale) {
    return panes.stream().mapToDouble(pane -> figure(pane, Reading.RESIDUAL, scale)).toArray();
  }

  private static double[] offsetFigures(List<Readings> panes, double scale) {
    return panes.stream().mapToDouble(pane -> figure(pane, Reading.OFFSET, scale)).toArray();
  }

  private static double figure(Readings pane, Reading reading, double scale) {
    return pane.get(reading).orElseThrow() - Detectors.allowance(pane) * scale;
  }

  private static Parameters parameters(double[] figures, double worthwhile) {
    if (figures.length < 2) {
      return new Parameters(worthwhile, 0, CEILING_LOG);
    }
    double mean = mean(figures);
    double uncertainty = 2 * sd(figures) / Math.sqrt(figures.length);
    double tested = mean + Math.max(worthwhile, uncertainty);
    double clip = clip(figures, mean, tested, uncertainty);
    if (!(tested > clip)) {
      // A figure of exactly zero, as of a model tested against itself: any rise is one.
      tested = Math.nextUp(clip) + Double.MIN_NORMAL;
    }
    return new Parameters(tested, clip, CEILING_LOG);
  }

  /**
   * The best clip under which healthy panes stay below the tested mean, two standard errors off.
   */
  private static double clip(double[] figures, double mean, double tested, double uncertainty) {
    double room = tested - mean;
    for (double share : CLIPS) {
      double clip = mean + share * room;
      double[] clipped = Arrays.stream(figures).map(figure -> Math.max(figure, clip)).toArray();
      // Bets are taken relative to what is left, which must not be lost in rounding.
      boolean left = tested - clip >= Double.MIN_NORMAL;
      if (left && mean(clipped) + uncertainty <= tested - CLIP_ROOM * room) {
        return clip;
      }
    }
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    return Math.min(mean, sorted[(int) (CLIP_QUANTILE * sorted.length)]);
  }

  private static double mean(double[] figures) {
    double sum = 0;
    for (double figure : figures) {
      sum += figure;
    }
    return sum / figures.length;
  }

  private static double sd(double[] figures) {
    if (figures.length < 2) {
      return 0;
    }
    double mean = mean(figures);
    double squares = 0;
    for (double figure : figures) {
      squares += (figure - mean) * (figure - mean);
    }
    return Math.sqrt(squares / (figures.length - 1));
  }

  /** The tested figure of a pane: its adjusted residual less what its inputs may add. */
  double residualFigure(Readings pane) {
    return figure(pane, Reading.RESIDUAL, scale);
  }

  /** The tested figure of a pane: the systematic part less what its inputs may add. */
  double offsetFigure(Readings pane) {
    return figure(pane, Reading.OFFSET, scale);
  }

  /** The tested figure of a pane: how far its norms are from the healthy ones, as a logarithm. */
  double normFigure(Readings pane) {
    return Math.abs(pane.get(Reading.LOG_NORM).orElse(logNorm) - logNorm);
  }

  /** Whether a figure that pages lies above its tested mean in a pane that can be tested. */
  boolean isRaised(Readings pane) {
    return !Detectors.isUnfamiliar(pane)
        && (residualFigure(pane) > residual.mean()
            || offsetFigure(pane) > offset.mean()
            || normFigure(pane) > norm.mean());
  }
}
