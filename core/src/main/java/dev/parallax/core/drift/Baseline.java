package dev.parallax.core.drift;

import dev.parallax.core.drift.Learning.Recent;
import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.core.translation.ExpectedResidual;
import dev.parallax.core.translation.PaneFeatures;
import dev.parallax.core.translation.StratumResiduals;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What healthy looks like for a series: the space that its panes are read in, and what was read on
 * the hold-out panes, which the space was not fitted on.
 *
 * @param id names the baseline; the same panes give the same id
 * @param space translation, leverage, strata, spectral basis, traffic
 * @param expected what residual inputs should have, given where they lie
 * @param residuals residuals of the hold-out panes per stratum
 * @param shuffledResidual mean residual of live vectors under the reference vectors of other
 *     inputs: where the residual is when pairs are mixed up
 * @param leverage mean leverage of the hold-out inputs
 * @param ranges what was read on the hold-out panes
 * @param holdOut adjusted readings of each hold-out pane, in order
 * @param moments CKA sums of all panes of the baseline
 * @param panes number of panes, fit and hold-out
 */
record Baseline(
    String id,
    BaselineSpace space,
    ExpectedResidual expected,
    StratumResiduals residuals,
    double shuffledResidual,
    double leverage,
    Map<Reading, HealthyRange> ranges,
    List<Recent> holdOut,
    MiniBatchMoments moments,
    int panes) {

  Baseline {
    ranges = Map.copyOf(ranges);
    holdOut = List.copyOf(holdOut);
  }

  /** The readings of a pane with the residual adjusted for its inputs, and their novelty. */
  Readings adjusted(PaneReading pane) {
    return adjusted(pane.readings(), pane.features(), expected, leverage);
  }

  static Readings adjusted(
      Readings raw, PaneFeatures features, ExpectedResidual expected, double leverage) {
    double residual = raw.get(Reading.RESIDUAL).orElseThrow();
    double novelty = raw.get(Reading.NOVELTY).orElseThrow();
    return raw.with(Reading.RESIDUAL, expected.adjusted(residual, features))
        .with(Reading.NOVELTY, leverage > 0 ? novelty / leverage : 1);
  }

  /** The readings of the hold-out panes, in order. */
  List<Readings> holdOutReadings() {
    return holdOut.stream().map(Recent::readings).toList();
  }

  /** What was read on the hold-out, if it could be. */
  Optional<HealthyRange> range(Reading reading) {
    return Optional.ofNullable(ranges.get(reading));
  }

  /** The healthy residual. */
  HealthyRange residual() {
    return range(Reading.RESIDUAL).orElseThrow();
  }
}
