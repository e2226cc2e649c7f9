package dev.parallax.core.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * How often healthy panes like those of a hold-out would page, by a circular block bootstrap: each
 * of {@value #REPLICATES} replicates draws a baseline from the hold-out, and then a stream of
 * {@value #PANES} panes that is tested against it. Blocks keep panes that follow one another
 * together; a baseline of its own lets the uncertainty of the healthy mean count.
 *
 * <p>After an alarm the tests start from nothing. Evidence is that of {@link Detectors}, computed
 * without logarithms, which suffices below the evidence that pages.
 */
final class AlarmRate {

  static final int REPLICATES = 200;
  static final int PANES = 200;

  private static final int PAGING_TESTS = 3;

  private final List<Readings> holdOut;
  private final TrackerSettings settings;
  private final int block;
  private final Random random;

  private AlarmRate(List<Readings> holdOut, TrackerSettings settings, int block) {
    this.holdOut = holdOut;
    this.settings = settings;
    this.block = block;
    this.random = new Random(settings.seed());
  }

  /**
   * Alarms a pane.
   *
   * @param holdOut adjusted readings in order
   * @param block panes of a block
   */
  static double of(List<Readings> holdOut, TrackerSettings settings, int block) {
    AlarmRate rate = new AlarmRate(holdOut, settings, block);
    int alarms = 0;
    for (int i = 0; i < REPLICATES; i++) {
      alarms += rate.replicate();
    }
    return alarms / ((double) REPLICATES * PANES);
  }

  private int replicate() {
    List<Readings> drawn = new ArrayList<>();
    for (int index : resampled(holdOut.size())) {
      drawn.add(holdOut.get(index));
    }
    double[][] factors = factors(DetectorPlan.of(drawn, settings), holdOut);
    double[] evidence = new double[PAGING_TESTS * EDetector.BET_COUNT];
    int alarms = 0;
    for (int index : resampled(PANES)) {
      if (next(evidence, factors[index]) >= settings.panesBetweenFalsePages()) {
        alarms++;
        Arrays.fill(evidence, 0);
      }
    }
    return alarms;
  }

  /** Indices into the hold-out, in blocks that wrap at its end. */
  private int[] resampled(int count) {
    int[] indices = new int[count];
    int at = 0;
    for (int i = 0; i < count; i++) {
      at = i % block == 0 ? random.nextInt(holdOut.size()) : (at + 1) % holdOut.size();
      indices[i] = at;
    }
    return indices;
  }

  /** What each pane multiplies the evidence of every bet by; nothing where it is not tested. */
  static double[][] factors(DetectorPlan plan, List<Readings> panes) {
    double[][] factors = new double[panes.size()][];
    for (int i = 0; i < factors.length; i++) {
      Readings pane = panes.get(i);
      factors[i] =
          new double[Detectors.isUnfamiliar(pane) ? 0 : PAGING_TESTS * EDetector.BET_COUNT];
      if (factors[i].length > 0) {
        EDetector.factors(plan.residual(), plan.residualFigure(pane), factors[i], 0);
        EDetector.factors(plan.offset(), plan.offsetFigure(pane), factors[i], EDetector.BET_COUNT);
        EDetector.factors(plan.norm(), plan.normFigure(pane), factors[i], 2 * EDetector.BET_COUNT);
      }
    }
    return factors;
  }

  /** One more pane; the mean evidence after it. */
  static double next(double[] evidence, double[] factors) {
    double sum = 0;
    for (int j = 0; j < evidence.length; j++) {
      if (factors.length > 0) {
        evidence[j] = (evidence[j] + 1) * factors[j];
      }
      sum += evidence[j];
    }
    return sum / evidence.length;
  }
}
