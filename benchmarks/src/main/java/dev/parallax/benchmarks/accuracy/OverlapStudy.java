package dev.parallax.benchmarks.accuracy;

import static dev.parallax.benchmarks.accuracy.StudyReport.number;

import dev.parallax.core.drift.EDetector;
import java.util.random.RandomGenerator;

/**
 * False alarms of the e-detector on a healthy figure, fed with tumbling panes and with windows of K
 * panes that overlap.
 *
 * <p>Both figures are Gaussian, are clipped at their true 10% quantile and have the true mean of
 * the clipped figure as μ₀, so that one by one a window's figure looks like a pane's and there is
 * no margin to hide behind. But of two windows in a row all but one pane are the same: the mean
 * given the past is not μ₀, and the promise of at most one alarm in A panes does not hold.
 */
final class OverlapStudy {

  private static final double THRESHOLD = 1000;

  /** 10% quantile of the standard normal distribution, and the mean when clipped there. */
  private static final double TENTH = -1.2815515655446004;

  private static final double CLIPPED_MEAN =
      TENTH * 0.1 + Math.exp(-TENTH * TENTH / 2) / Math.sqrt(2 * Math.PI);

  private final int panes;

  /** A study over {@code panes} healthy panes for each row. */
  OverlapStudy(int panes) {
    this.panes = panes;
  }

  /** Counts alarms and writes the table. */
  void run(long seed, StudyReport report) {
    report.heading("Overlapping windows");
    report.paragraph(
        "%,d healthy panes a row, alarm at evidence %.0f, so at most %.0f false alarms are promised.",
        panes, THRESHOLD, panes / THRESHOLD);
    report.columns("figure that is tested", "false alarms", "panes for each");
    for (int window : new int[] {1, 2, 5, 15}) {
      int alarms = alarms(window, CoverageStudy.random(seed));
      report.row(
          window == 1 ? "each pane" : "each window of the last " + window + " panes",
          alarms,
          alarms == 0 ? "" : number("%,.0f", (double) panes / alarms));
      report.claim(
          window != 1 || alarms <= panes / THRESHOLD,
          "tumbling panes: expected at most %.0f false alarms, got %d",
          panes / THRESHOLD,
          alarms);
      report.claim(
          window < 15 || alarms > panes / THRESHOLD,
          "windows of %d panes: expected the promise to break, got %d false alarms",
          window,
          alarms);
    }
  }

  /** Alarms when the mean of the last panes is tested at every pane; each alarm starts afresh. */
  private int alarms(int window, RandomGenerator random) {
    double deviation = 1 / Math.sqrt(window);
    EDetector.Parameters parameters =
        new EDetector.Parameters(
            CLIPPED_MEAN * deviation, TENTH * deviation, Math.log(10 * THRESHOLD));
    EDetector detector = EDetector.start(parameters);
    double[] last = new double[window];
    int alarms = 0;
    for (int pane = 0; pane < panes + window; pane++) {
      last[pane % window] = random.nextGaussian();
      if (pane < window) {
        continue;
      }
      double sum = 0;
      for (double figure : last) {
        sum += figure;
      }
      detector = detector.next(sum / window, pane);
      if (detector.evidenceLog10() >= Math.log10(THRESHOLD)) {
        alarms++;
        detector = EDetector.start(parameters);
      }
    }
    return alarms;
  }
}
