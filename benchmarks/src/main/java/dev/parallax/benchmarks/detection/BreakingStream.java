package dev.parallax.benchmarks.detection;

import dev.parallax.core.drift.Score;
import dev.parallax.core.drill.FaultKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One stream that is healthy first and then has a fault, to be looked at pane by pane. */
final class BreakingStream {

  /** Panes before the fault. */
  static final int HEALTHY = 20;

  private static final int FAULTY = 10;
  private static final long SEED = 5;

  private BreakingStream() {}

  /**
   * What is published of its panes.
   *
   * @throws IllegalArgumentException if the model cannot have the fault
   */
  static List<Score> scores(
      Tracking tracking, Populations populations, StudyTexts texts, FaultKind fault)
      throws IOException, InterruptedException {
    Population healthy = populations.healthy(texts.testedIndices());
    Population faulty =
        populations
            .faulty(fault)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        populations.model().label() + " cannot have " + fault.label()));
    LoneSeries series =
        new LoneSeries(
            tracking,
            tracking.armed(
                populations.healthy(texts.fitIndices()),
                populations.healthy(texts.holdOutIndices()),
                SEED));
    Random random = new Random(SEED);
    List<Score> scores = new ArrayList<>();
    for (int i = 0; i < HEALTHY + FAULTY; i++) {
      Population now = i < HEALTHY ? healthy : faulty;
      int since = Math.max(0, i - HEALTHY);
      scores.add(series.next(now.pane(since, Tracking.FIRST_TESTED + i, random)));
    }
    return scores;
  }
}
