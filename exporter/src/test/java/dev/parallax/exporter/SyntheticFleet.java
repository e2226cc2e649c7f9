package dev.parallax.exporter;

import dev.parallax.core.drift.Alert;
import dev.parallax.core.drift.Figure;
import dev.parallax.core.drift.Score;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.window.Series;
import dev.parallax.exporter.fleet.FleetState;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

/** Two hours of three models, of which one breaks at pane 90. */
public final class SyntheticFleet {

  private static final int PANES = 120;
  private static final int WARM_PANES = 30;
  private static final int BREAKS_AT = 90;
  private static final double THRESHOLD = 4;

  private SyntheticFleet() {}

  public static FleetState create() {
    FleetState fleet = new FleetState(Duration.ofHours(1), 10, 720, Clock.systemUTC());
    fill(fleet, Series.of("minilm-l6-q8", "2026-10", "bge-small-en@1.5"), 0.871, false, 1);
    fill(fleet, Series.of("e5-small-q8", "2.0", "bge-small-en@1.5"), 0.803, true, 2);
    fill(fleet, Series.of("minilm-l6", "2026-10", "bge-small-en@1.5"), 0.879, false, 3);
    return fleet;
  }

  private static void fill(
      FleetState fleet, Series series, double level, boolean breaks, long seed) {
    Random random = new Random(seed);
    double[] panes = new double[PANES];
    double evidence = -0.4;
    Verdict before = Verdict.WARMING;
    for (int pane = 0; pane < PANES; pane++) {
      boolean broken = breaks && pane >= BREAKS_AT;
      panes[pane] = level + 0.008 * random.nextGaussian() - (broken ? 0.32 : 0);
      double residual = 1 + 0.02 * random.nextGaussian() + (broken ? 0.9 : 0);
      evidence =
          broken ? evidence + 1.1 : Math.max(-0.6, evidence * 0.8 + 0.15 * random.nextGaussian());
      Verdict verdict =
          pane < WARM_PANES
              ? Verdict.WARMING
              : evidence >= THRESHOLD ? Verdict.DIVERGED : Verdict.HEALTHY;
      Map<Figure, Double> figures = new EnumMap<>(Figure.class);
      addCka(figures, panes, pane);
      addCompanions(figures, broken, random);
      if (verdict != Verdict.WARMING) {
        figures.put(Figure.RESIDUAL, residual);
        figures.put(Figure.RESIDUAL_STRATIFIED, residual);
        figures.put(Figure.TRAFFIC_MMD, 0.0002 * random.nextGaussian());
        figures.put(Figure.SUBSPACE_OVERLAP, (broken ? 0.6 : 0.9) + 0.01 * random.nextGaussian());
        figures.put(Figure.EVIDENCE_LOG10, evidence);
        figures.put(Figure.THRESHOLD_LOG10, THRESHOLD);
      }
      Score score = Scores.of(series, pane, verdict, figures, reasons(verdict));
      fleet.accept(score);
      if (verdict != before && verdict == Verdict.DIVERGED) {
        fleet.accept(
            new Alert(score, before, OptionalLong.of(Scores.START + BREAKS_AT * Scores.PANE)));
      }
      before = verdict;
    }
  }

  private static void addCompanions(Map<Figure, Double> figures, boolean broken, Random random) {
    figures.put(Figure.EFFECTIVE_RANK, (broken ? 84 : 112) + random.nextGaussian());
    figures.put(Figure.MUTUAL_KNN, (broken ? 0.3 : 0.6) + 0.01 * random.nextGaussian());
    figures.put(Figure.PROCRUSTES, (broken ? 0.7 : 0.9) + 0.005 * random.nextGaussian());
  }

  private static void addCka(Map<Figure, Double> figures, double[] panes, int pane) {
    int from = Math.max(0, pane - 14);
    double sum = 0;
    for (int i = from; i <= pane; i++) {
      sum += panes[i];
    }
    double mean = sum / (pane - from + 1);
    double half = 0.012 * Math.sqrt(15.0 / (pane - from + 1));
    figures.put(Figure.CKA, mean);
    if (pane >= 2) {
      figures.put(Figure.CKA_LOW, mean - half);
      figures.put(Figure.CKA_HIGH, mean + half);
    }
    figures.put(Figure.PANE_CKA, panes[pane]);
  }

  private static String[] reasons(Verdict verdict) {
    return verdict == Verdict.DIVERGED
        ? new String[] {
          "translation residual 1.9 times its baseline for 30 panes",
          "CKA 0.48, below its baseline interval 0.79 to 0.82"
        }
        : new String[0];
  }
}
