package dev.parallax.core.fleet;

import java.util.Comparator;
import java.util.List;

/**
 * What e-d-BH, the Benjamini–Hochberg procedure on e-detectors, finds at one tick.
 *
 * <p>With the evidences of K units sorted, M₍₁₎ ≥ … ≥ M₍ₖ₎, and a patience of A = 1/α panes:
 *
 * <pre>k* = max{k : M₍ₖ₎ ≥ K·A/k},   and the k* units with the most evidence are flagged</pre>
 *
 * <p>If every M is an e-detector, the share of false ones among those flagged at any stopping time
 * τ is at most α·E[τ], whatever the dependence between units. While all are healthy that is a mean
 * of at least A panes until the first flag of the whole fleet.
 *
 * @param flagged k*, the number of units flagged
 * @param thresholdLog10 decimal logarithm of K·A/max(1, k*), the evidence that is flagged
 * @see <a href="https://arxiv.org/abs/2501.04130">Dandapanthula and Ramdas (2025)</a>
 */
record Discoveries(int flagged, double thresholdLog10) {

  /**
   * Finds them.
   *
   * @param evidenceLog10 decimal logarithms of the evidences, one a unit, in any order
   * @param panesBetweenFalsePages A
   */
  static Discoveries of(List<Double> evidenceLog10, double panesBetweenFalsePages) {
    List<Double> sorted = evidenceLog10.stream().sorted(Comparator.reverseOrder()).toList();
    int flagged = sorted.size();
    while (flagged > 0
        && sorted.get(flagged - 1)
            < thresholdLog10(sorted.size(), flagged, panesBetweenFalsePages)) {
      flagged--;
    }
    return new Discoveries(
        flagged, thresholdLog10(sorted.size(), Math.max(1, flagged), panesBetweenFalsePages));
  }

  private static double thresholdLog10(int units, int flagged, double panesBetweenFalsePages) {
    return StrictMath.log10(panesBetweenFalsePages * units / flagged);
  }

  /** Whether a unit with this evidence is among the flagged. */
  boolean flags(double evidenceLog10) {
    return flagged > 0 && evidenceLog10 >= thresholdLog10;
  }
}
