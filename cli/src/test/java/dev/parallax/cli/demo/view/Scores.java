package dev.parallax.cli.demo.view;

import dev.parallax.cli.demo.models.DemoModel;
import dev.parallax.core.drift.Figure;
import dev.parallax.core.drift.Figures;
import dev.parallax.core.drift.Provenance;
import dev.parallax.core.drift.Score;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Scores of one-minute panes from 2026-01-05T00:00:00Z on, as the job would write them. */
public final class Scores {

  /** Start of the first pane. */
  public static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

  private Scores() {}

  /** A score of pane {@code pane}, of 512 pairs from 640 events. */
  public static ScoreReading reading(DemoModel model, int pane, Verdict verdict, double cka) {
    return ScoreReading.parse(json(model, pane, verdict, "", figures(cka)));
  }

  /** A score without figures. */
  public static ScoreReading bare(DemoModel model, int pane, Verdict verdict) {
    return ScoreReading.parse(json(model, pane, verdict, "", Map.of()));
  }

  static Map<Figure, Double> figures(double cka) {
    return Map.of(
        Figure.CKA, cka,
        Figure.CKA_LOW, cka - 0.01,
        Figure.CKA_HIGH, cka + 0.01,
        Figure.RESIDUAL, 9.0,
        Figure.RESIDUAL_STRATIFIED, 1.25,
        Figure.EVIDENCE_LOG10, -0.5,
        Figure.THRESHOLD_LOG10, 3.0);
  }

  static byte[] json(
      DemoModel model, int pane, Verdict verdict, String slice, Map<Figure, Double> figures) {
    long start = START.plus(Duration.ofMinutes(pane)).toEpochMilli();
    return new Score(
            new Series(model.name(), model.version(), "minilm", slice),
            start,
            start + 60_000,
            start,
            512,
            7680,
            Figures.of(figures),
            Optional.empty(),
            verdict,
            List.of(),
            new EventCounts(640, 125, 0, 3, 0, 0),
            new Provenance("0", "c", "r", "g", "cpu", "1", "avx", 1),
            "d")
        .toJson();
  }
}
