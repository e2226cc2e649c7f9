package dev.parallax.core.drift;

import static dev.parallax.core.drift.SyntheticWorld.PANE_MILLIS;

import dev.parallax.core.drift.SeriesTracker.Step;
import dev.parallax.core.translation.PlainTranslationKernel;
import dev.parallax.core.window.PairedPane;
import dev.parallax.core.window.PaneLength;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Feeds panes to a tracker and keeps what comes of them, of a series that is alone. */
final class Follower {

  static final int FIT_PANES = 6;
  static final int HOLD_OUT_PANES = 20;
  static final int BASELINE_PANES = FIT_PANES + HOLD_OUT_PANES;
  static final int WINDOW_PANES = 5;
  static final int MIN_PAIRS = 256;
  static final int SILENT_PANES = 3;

  static final TrackerSettings SETTINGS =
      new TrackerSettings(
          new PaneLength(Duration.ofMillis(PANE_MILLIS)),
          WINDOW_PANES,
          MIN_PAIRS,
          FIT_PANES,
          HOLD_OUT_PANES,
          8,
          0.01,
          0.05,
          0.001,
          1_000,
          Duration.ofMillis(SILENT_PANES * PANE_MILLIS),
          7,
          ArmingRule.OF_ANY_LENGTH);

  static final Provenance PROVENANCE =
      new Provenance("1.0", "config", "reference", "graph", "cpu", "1.28.0", "avx2", 7);

  private final SeriesTracker tracker =
      new SeriesTracker(SETTINGS, new PlainTranslationKernel(), PROVENANCE);
  private final List<Outcome> outcomes = new ArrayList<>();
  private @Nullable SeriesState state;
  private @Nullable Verdict verdict;

  /** Follows a healthy model until its baseline is armed; the next pane is that of this index. */
  static Follower armed(SyntheticWorld world) {
    Follower follower = new Follower();
    for (int i = 0; i < BASELINE_PANES; i++) {
      follower.next(world.healthy(i));
    }
    return follower;
  }

  SeriesTracker tracker() {
    return tracker;
  }

  SeriesState state() {
    if (state == null) {
      throw new IllegalStateException("expected a pane first");
    }
    return state;
  }

  void restore(SeriesState restored) {
    state = restored;
  }

  /** The score of the pane itself; a silence before it is among the {@link #outcomes()}. */
  Score next(PairedPane pane) {
    return keep(tracker.next(state, pane, SyntheticWorld.moments(pane)));
  }

  /** What a timer does when it finds the series silent. */
  Score silence() {
    return keep(tracker.silence(state(), BaselineHistory.NONE));
  }

  private Score keep(Step step) {
    state = step.state();
    for (Assessment assessment : step.assessments()) {
      Score calm = assessment.score();
      Score score = assessment.alarm().map(alarm -> paged(calm, alarm)).orElse(calm);
      boolean changed = verdict != null && verdict != score.verdict();
      OptionalLong change =
          assessment.alarm().map(Alarm::estimatedChange).orElse(OptionalLong.empty());
      outcomes.add(
          new Outcome(
              score, changed ? Optional.of(new Alert(score, verdict, change)) : Optional.empty()));
      verdict = score.verdict();
    }
    return last();
  }

  private static Score paged(Score calm, Alarm alarm) {
    return calm.decided(alarm.verdict(), alarm.reasons(), calm.figures());
  }

  List<Outcome> outcomes() {
    return outcomes;
  }

  Score last() {
    return outcomes.get(outcomes.size() - 1).score();
  }

  List<Verdict> verdicts() {
    return outcomes.stream().map(outcome -> outcome.score().verdict()).toList();
  }

  List<Alert> alerts() {
    return outcomes.stream().flatMap(outcome -> outcome.alert().stream()).toList();
  }

  /** The scores as they are written, to be compared byte for byte. */
  List<String> written() {
    return outcomes.stream()
        .map(outcome -> new String(outcome.score().toJson(), StandardCharsets.UTF_8))
        .toList();
  }

  /** A follower that goes on from this one's state, with nothing kept so far. */
  Follower fork() {
    Follower fork = new Follower();
    fork.state = state;
    fork.verdict = verdict;
    return fork;
  }

  /** A score, and the alert if its verdict is a new one. */
  record Outcome(Score score, Optional<Alert> alert) {}
}
