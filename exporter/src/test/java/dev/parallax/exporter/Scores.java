package dev.parallax.exporter;

import dev.parallax.core.drift.Figure;
import dev.parallax.core.drift.Figures;
import dev.parallax.core.drift.Provenance;
import dev.parallax.core.drift.Score;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.Series;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Scores for tests. */
public final class Scores {

  public static final long START = Instant.parse("2026-11-22T10:00:00Z").toEpochMilli();
  public static final long PANE = 60_000;

  /** 1,000 events: 256 scored, 700 sampled out, 30 duplicate and 14 late. */
  public static final EventCounts COUNTS = new EventCounts(1000, 700, 30, 14, 0, 0);

  private static final Provenance PROVENANCE =
      new Provenance("0.1.0", "c0ffee", "beef", "f00d", "cpu", "1.28.0", "avx2", 7);

  private Scores() {}

  public static Series series(String model) {
    return Series.of(model, "1", "bge-small@1.5");
  }

  /** A healthy score of the n-th pane, with a CKA of 0.9. */
  public static Score healthy(String model, int pane) {
    return of(
        series(model),
        pane,
        Verdict.HEALTHY,
        Map.of(Figure.CKA, 0.9, Figure.CKA_LOW, 0.88, Figure.CKA_HIGH, 0.92));
  }

  /** A score of the n-th pane. */
  public static Score of(
      Series series, int pane, Verdict verdict, Map<Figure, Double> figures, String... reasons) {
    long start = START + pane * PANE;
    boolean judged = verdict != Verdict.WARMING;
    return new Score(
        series,
        start,
        start + PANE,
        Math.max(START, start - 14 * PANE),
        COUNTS.scored(),
        COUNTS.scored() * Math.min(15, pane + 1),
        Figures.of(figures),
        judged ? Optional.of("b-1") : Optional.empty(),
        verdict,
        List.of(reasons),
        COUNTS,
        PROVENANCE,
        "ab".repeat(32));
  }

  /** The same score with other counts and pairs. */
  public static Score withCounts(Score score, EventCounts counts, long pairs) {
    return new Score(
        score.series(),
        score.paneStart(),
        score.paneEnd(),
        score.windowStart(),
        pairs,
        score.windowPairs(),
        score.figures(),
        score.baseline(),
        score.verdict(),
        score.reasons(),
        counts,
        score.provenance(),
        score.sampleDigest());
  }
}
