package dev.parallax.core.drift;

import static dev.parallax.core.drift.Follower.BASELINE_PANES;
import static dev.parallax.core.drift.Follower.SILENT_PANES;
import static dev.parallax.core.drift.Follower.WINDOW_PANES;
import static dev.parallax.core.drift.SyntheticWorld.PAIRS;
import static dev.parallax.core.drift.SyntheticWorld.PANE_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.drift.SyntheticWorld.Fault;
import dev.parallax.core.window.EventCounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTrackerSilenceTest {

  private final SyntheticWorld world = new SyntheticWorld(1);

  @Test
  void silenceFallsAStatedTimeAfterTheLastPane() {
    Follower follower = new Follower();
    follower.next(world.healthy(4));

    assertThat(follower.tracker().silentAt(follower.state()))
        .isEqualTo((5 + SILENT_PANES) * PANE_MILLIS);

    Score score = follower.silence();
    assertThat(score.verdict()).isEqualTo(Verdict.SILENT);
    assertThat(score.reasons()).containsExactly("no events for PT3M");
    assertThat(score.paneEnd()).isEqualTo((5 + SILENT_PANES) * PANE_MILLIS);
    assertThat(score.paneStart()).isEqualTo((4 + SILENT_PANES) * PANE_MILLIS);
    assertThat(score.pairs()).isZero();
    assertThat(score.counts()).isEqualTo(EventCounts.NONE);
    assertThat(score.figures()).isEqualTo(new Figures.Builder().build());
    assertThat(follower.tracker().silentAt(follower.state())).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aSilentScoreCountsThePairsThatAreStillInTheWindow() {
    Follower follower = new Follower();
    for (int i = 0; i < WINDOW_PANES; i++) {
      follower.next(world.healthy(i));
    }

    assertThat(follower.silence().windowPairs()).isEqualTo((WINDOW_PANES - SILENT_PANES) * PAIRS);
  }

  @ParameterizedTest(name = "after {0} panes")
  @ValueSource(ints = {1, 6, 10, 26, 30})
  void aTimerAndAGapGiveTheSameScores(int panes) {
    for (int gap : new int[] {SILENT_PANES, SILENT_PANES + 1, 100}) {
      Follower byTimer = new Follower();
      Follower byGap = new Follower();
      for (int i = 0; i < panes; i++) {
        byTimer.next(world.healthy(i));
        byGap.next(world.healthy(i));
      }
      byTimer.silence();
      for (int i = 0; i < 30; i++) {
        byTimer.next(world.healthy(panes + gap + i));
        byGap.next(world.healthy(panes + gap + i));
      }

      assertThat(byGap.written()).hasSize(panes + 31).isEqualTo(byTimer.written());
      assertThat(byGap.alerts()).isEqualTo(byTimer.alerts());
      assertThat(byGap.verdicts()).containsOnlyOnce(Verdict.SILENT);
    }
  }

  @Test
  void aGapJustUnderTheStatedTimeIsNotSilence() {
    Follower follower = new Follower();
    follower.next(world.healthy(0));
    follower.next(world.healthy(SILENT_PANES));

    assertThat(follower.verdicts()).doesNotContain(Verdict.SILENT);
  }

  @Test
  void silenceForgetsNothingThatWasLearnt() {
    Follower follower = Follower.armed(world);
    follower.next(world.healthy(BASELINE_PANES));
    Learning before = follower.state().learning().orElseThrow();
    Score silent = follower.silence();

    assertThat(silent.baseline()).isPresent();
    assertThat(follower.state().learning()).containsSame(before);
    assertThat(follower.next(world.healthy(BASELINE_PANES + 50)).verdict())
        .isEqualTo(Verdict.HEALTHY);
    assertThat(follower.last().windowPairs()).isEqualTo(PAIRS);
  }

  @Test
  void aDivergedSeriesThatFellSilentIsStillDivergedWhenItComesBack() {
    Follower follower = Follower.armed(world);
    for (int i = 0; i < 10; i++) {
      follower.next(world.faulty(BASELINE_PANES + i, Fault.ROTATED));
    }
    follower.silence();
    follower.next(world.faulty(BASELINE_PANES + 60, Fault.ROTATED));

    Alert last = follower.alerts().get(follower.alerts().size() - 1);
    assertThat(last.previous()).isEqualTo(Verdict.SILENT);
    assertThat(last.score().verdict()).isEqualTo(Verdict.ROTATED);
    assertThat(last.estimatedChange()).hasValue(BASELINE_PANES * PANE_MILLIS);
  }

  @Test
  void aPaneWithOnlyLateEventsBreaksTheSilence() {
    Follower follower = new Follower();
    follower.next(world.healthy(0));
    follower.silence();
    Score score = follower.next(SyntheticWorld.empty(20));

    assertThat(score.verdict()).isEqualTo(Verdict.INSUFFICIENT);
    assertThat(follower.tracker().silentAt(follower.state()))
        .isEqualTo((21 + SILENT_PANES) * PANE_MILLIS);
  }
}
