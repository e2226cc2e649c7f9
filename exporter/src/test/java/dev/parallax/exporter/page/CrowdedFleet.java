package dev.parallax.exporter.page;

import dev.parallax.core.drift.Alert;
import dev.parallax.core.drift.Figure;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.window.Series;
import dev.parallax.exporter.Scores;
import dev.parallax.exporter.fleet.FleetState;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Two hundred series of everything that makes a page hard: long names, every verdict, slices,
 * probes, a drill, figures that cannot be stated, panes that are missing.
 */
final class CrowdedFleet {

  static final String REFERENCE = "sentence-transformers-all-minilm-l6-v2@2026-10-01";

  /** A name as they are found in registries, without a place to break. */
  static final String LONG =
      "registry.internal.example.com/search-relevance/production/multilingual-e5-large-instruct_int8";

  /** Its version, a digest. */
  static final String LONG_VERSION =
      "sha256-9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

  static final Series ALARMED = Series.of(LONG, LONG_VERSION, REFERENCE);

  private static final int SERIES = 200;
  private static final int PANES = 24;

  private CrowdedFleet() {}

  static FleetState create() {
    FleetState fleet = new FleetState(Duration.ofHours(1), SERIES, 100, Clock.systemUTC());
    fill(fleet, ALARMED, Verdict.DIVERGED, true);
    fill(fleet, ALARMED.sliced("tenant", "a-customer-with-a-long-name"), Verdict.ROTATED, true);
    fill(fleet, ALARMED.sliced("language", "de"), Verdict.HEALTHY, true);
    fill(fleet, ALARMED.probes(), Verdict.HEALTHY, false);
    fill(fleet, Series.of("drill." + LONG, LONG_VERSION, REFERENCE), Verdict.COLLAPSED, true);
    for (Verdict verdict : Verdict.values()) {
      fill(
          fleet,
          Series.of("of-" + verdict.label(), "1", REFERENCE),
          verdict,
          verdict != Verdict.DEGENERATE);
    }
    for (int i = fleet.snapshot().series().size(); i < SERIES; i++) {
      fill(fleet, Series.of("model-" + i, "1." + i, REFERENCE), Verdict.HEALTHY, true);
    }
    return fleet;
  }

  private static void fill(FleetState fleet, Series series, Verdict last, boolean stated) {
    for (int pane = 0; pane < PANES; pane++) {
      if (pane == 11) {
        continue;
      }
      Verdict verdict = pane < 6 ? Verdict.WARMING : pane < 18 ? Verdict.HEALTHY : last;
      Map<Figure, Double> figures = stated ? figures(pane, verdict) : Map.of();
      String[] reasons =
          verdict == Verdict.HEALTHY
              ? new String[0]
              : new String[] {
                "translation residual 1.74 of its baseline, systematic part 0.31, over 6 panes",
                "inputs that miss most: " + "3f9a".repeat(8) + ", " + "a01b".repeat(8)
              };
      var score = Scores.of(series, pane, verdict, figures, reasons);
      fleet.accept(score);
      if (pane == 18 && last != Verdict.HEALTHY) {
        fleet.accept(
            new Alert(score, Verdict.HEALTHY, OptionalLong.of(Scores.START + 17 * Scores.PANE)));
      }
    }
  }

  private static Map<Figure, Double> figures(int pane, Verdict verdict) {
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    boolean calm = pane < 18;
    figures.put(Figure.CKA, calm ? 0.9 : -0.02);
    if (pane % 5 != 0) {
      figures.put(Figure.CKA_LOW, calm ? 0.88 : -0.05);
      figures.put(Figure.CKA_HIGH, calm ? 0.92 : 0.01);
    }
    figures.put(Figure.EFFECTIVE_RANK, 311.27);
    if (verdict != Verdict.WARMING && verdict != Verdict.INSUFFICIENT) {
      figures.put(Figure.RESIDUAL_STRATIFIED, calm ? 1.0 : 12.34);
      figures.put(Figure.EVIDENCE_LOG10, calm ? -1.25 : 123.4);
      figures.put(Figure.THRESHOLD_LOG10, 4.64);
      figures.put(Figure.TRAFFIC_MMD, 0.00001 * pane);
    }
    return figures;
  }
}
