package dev.parallax.core.drift;

import dev.parallax.core.alignment.Procrustes;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.neighbour.MutualKnn;
import dev.parallax.core.neighbour.NearestNeighbours;
import dev.parallax.core.similarity.Estimate;
import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.core.similarity.Statistic;
import dev.parallax.core.spectrum.PrincipalComponents;
import dev.parallax.core.spectrum.Spectrum;
import dev.parallax.core.translation.PaneFeatures;
import dev.parallax.core.translation.RowResiduals;
import dev.parallax.core.translation.Translation;
import dev.parallax.core.translation.TranslationKernel;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.PairedPane;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Reads panes in the space of a baseline. Panes must have its widths. */
final class PaneReader {

  /**
   * Rows that the companions are computed of, the first in hash order: a random sample of the pane
   * that is the same size every time, so that figures that depend on it stay comparable.
   */
  private static final int COMPANION_ROWS = 256;

  /** Fewer for those that need a decomposition, whose cost grows with the cube. */
  private static final int SPECTRAL_ROWS = 128;

  private static final int NEIGHBOURS = 10;

  private final TranslationKernel kernel;

  PaneReader(TranslationKernel kernel) {
    this.kernel = kernel;
  }

  private static RowMatrix head(float[][] rows, int count) {
    return RowMatrix.of(rows.length <= count ? rows : Arrays.copyOf(rows, count));
  }

  PaneReading read(BaselineSpace space, PairedPane pane, MiniBatchMoments moments) {
    Translation translation = space.translation();
    RowResiduals rows = kernel.rows(translation, space.strata(), pane.live(), pane.reference());
    RowResiduals leverage = space.leverage().of(kernel, space.strata(), pane.reference());
    PaneFeatures features =
        PaneFeatures.of(
            pane.reference(), leverage, translation.referenceMean(), space.strata().count());
    PaneMeans means = PaneMeans.of(translation, pane.live(), pane.reference());
    Map<Reading, Double> values = new EnumMap<>(Reading.class);
    values.put(Reading.RESIDUAL, rows.mean());
    values.put(Reading.RESIDUAL_MEDIAN, rows.median());
    values.put(Reading.OFFSET, means.offset(rows.mean()));
    values.put(Reading.LOG_NORM, meanLog(pane.norms()));
    values.put(Reading.MEAN_LENGTH, means.length() - means.translatedLength());
    values.put(Reading.LIVE_LENGTH, means.length());
    values.put(Reading.NOVELTY, leverage.mean());
    if (moments.estimate() instanceof Estimate.Stated stated) {
      values.put(Reading.CKA, stated.cka());
      double spread = 1 - means.length();
      values.put(Reading.DIMENSIONS, spread * spread / moments.meanLive());
    }
    space.traffic().discrepancy(pane.reference()).ifPresent(v -> values.put(Reading.TRAFFIC, v));
    addCompanions(space, pane, values);
    addCounts(pane.counts(), values);
    return new PaneReading(Readings.of(values), features, rows);
  }

  private static double meanLog(float[] norms) {
    double sum = 0;
    for (float norm : norms) {
      sum += StrictMath.log(norm);
    }
    return sum / norms.length;
  }

  private static void addCompanions(
      BaselineSpace space, PairedPane pane, Map<Reading, Double> values) {
    RowMatrix live = head(pane.live(), COMPANION_ROWS);
    RowMatrix reference = head(pane.reference(), COMPANION_ROWS);
    if (live.count() > NEIGHBOURS) {
      put(
          values,
          Reading.MUTUAL_KNN,
          MutualKnn.of(
                  NearestNeighbours.of(live, NEIGHBOURS),
                  NearestNeighbours.of(reference, NEIGHBOURS))
              .adjusted());
    }
    PrincipalComponents liveAxes = PrincipalComponents.of(head(pane.live(), SPECTRAL_ROWS));
    PrincipalComponents referenceAxes =
        PrincipalComponents.of(head(pane.reference(), SPECTRAL_ROWS));
    put(values, Reading.EFFECTIVE_RANK, Spectrum.of(liveAxes).effectiveRank());
    put(values, Reading.PROCRUSTES, Procrustes.of(liveAxes, referenceAxes).similarity());
    values.put(Reading.SUBSPACE_OVERLAP, space.basis().overlap(liveAxes));
  }

  private static void put(Map<Reading, Double> values, Reading reading, Statistic statistic) {
    statistic.asOptional().ifPresent(value -> values.put(reading, value));
  }

  private static void addCounts(EventCounts counts, Map<Reading, Double> values) {
    double inputs = counts.scored() + counts.unmatched();
    values.put(Reading.UNMATCHED, counts.unmatched() / inputs);
    values.put(Reading.REPEATS, counts.duplicate() / (inputs + counts.duplicate()));
  }
}
