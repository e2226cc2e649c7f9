package dev.parallax.core.drift;

import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.core.translation.ExpectedResidual;
import dev.parallax.core.translation.Leverage;
import dev.parallax.core.translation.Strata;
import dev.parallax.core.translation.StratumResiduals;
import dev.parallax.core.translation.Translation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A baseline whose readings are chosen, in a space of one dimension that nothing is read in. */
final class HandMade {

  static final int HOLD_OUT_PANES = 20;
  static final double RESIDUAL = 0.2;

  /** Mixed-up pairs have four times the healthy residual. */
  static final double SHUFFLED = 0.8;

  private HandMade() {}

  /** What every healthy pane reads on average. */
  static Readings healthy() {
    return Readings.of(
        Map.ofEntries(
            Map.entry(Reading.RESIDUAL, RESIDUAL),
            Map.entry(Reading.RESIDUAL_MEDIAN, 0.15),
            Map.entry(Reading.OFFSET, 0.0),
            Map.entry(Reading.LOG_NORM, 1.0),
            Map.entry(Reading.CKA, 0.8),
            Map.entry(Reading.MEAN_LENGTH, 0.01),
            Map.entry(Reading.DIMENSIONS, 50.0),
            Map.entry(Reading.MUTUAL_KNN, 0.5),
            Map.entry(Reading.EFFECTIVE_RANK, 80.0),
            Map.entry(Reading.SUBSPACE_OVERLAP, 0.9),
            Map.entry(Reading.PROCRUSTES, 0.85),
            Map.entry(Reading.TRAFFIC, 0.0),
            Map.entry(Reading.NOVELTY, 1.0),
            Map.entry(Reading.REPEATS, 0.0),
            Map.entry(Reading.UNMATCHED, 0.0),
            Map.entry(Reading.LIVE_LENGTH, 0.3)));
  }

  /**
   * A baseline whose hold-out panes spread by a hundredth of each reading, or by 0.0002 about 0.
   */
  static Baseline baseline() {
    Map<Reading, HealthyRange> ranges = new EnumMap<>(Reading.class);
    List<Readings> holdOut = new ArrayList<>();
    for (int pane = 0; pane < HOLD_OUT_PANES; pane++) {
      holdOut.add(healthy());
    }
    healthy()
        .asMap()
        .forEach(
            (reading, mean) ->
                ranges.put(
                    reading,
                    new HealthyRange(mean, mean == 0 ? 0.0002 : 0.01 * mean, HOLD_OUT_PANES)));
    return baseline(ranges, holdOut);
  }

  static Baseline baseline(Map<Reading, HealthyRange> ranges, List<Readings> holdOut) {
    float[] point = {0};
    float[] one = {1};
    BaselineSpace space =
        new BaselineSpace(
            new Translation(point, point, one, 0.01),
            Leverage.of(point, one, 0.01),
            Strata.of(new float[][] {point}),
            new SpectralBasis(new double[][] {{1}}),
            TrafficMap.fit(new float[][] {{0}, {1}, {2}}, 7));
    return new Baseline(
        "hand-made",
        space,
        new ExpectedResidual(new double[3], new double[3]),
        new StratumResiduals(1),
        SHUFFLED,
        1,
        ranges,
        IntStream.range(0, holdOut.size())
            .mapToObj(i -> new Learning.Recent(i * 60_000L, holdOut.get(i)))
            .toList(),
        MiniBatchMoments.none(),
        2 * HOLD_OUT_PANES);
  }
}
