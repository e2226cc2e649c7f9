package dev.parallax.core.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.drift.SeriesTracker.Step;
import dev.parallax.core.translation.PlainTranslationKernel;
import dev.parallax.core.window.PairedPane;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A series that is followed again, or whose state was lost, by what was written of its baseline.
 */
class BaselineHistoryTest {

  private static final int LEARNT = Follower.BASELINE_PANES;
  private static final int PANES = LEARNT + 12;

  /** Panes after the baseline was collected at which a person armed and dropped it. */
  private static final int ARMED = LEARNT + 3;

  private static final int DROPPED = LEARNT + 8;

  private static final SeriesTracker ASKING =
      tracker(settings(new ArmingRule(ArmingRule.Mode.REQUIRED, 2), 8, 0.01));

  private static final List<PairedPane> TRAFFIC = new ArrayList<>();

  /** What was said live, and what was written of baselines. */
  private static final List<String> SCORES = new ArrayList<>();

  private static final List<BaselineRecord> WRITTEN = new ArrayList<>();

  @BeforeAll
  static void followLive() {
    SyntheticWorld world = new SyntheticWorld(3);
    SeriesState state = null;
    for (int i = 0; i < PANES; i++) {
      TRAFFIC.add(world.healthy(i));
      if (i == ARMED) {
        state =
            keep(ASKING.order(state, order(BaselineOrder.Kind.ARM), BaselineHistory.NONE).get());
      }
      if (i == DROPPED) {
        state =
            keep(
                ASKING.order(state, order(BaselineOrder.Kind.COLLECT), BaselineHistory.NONE).get());
      }
      state = keep(next(ASKING, state, i, BaselineHistory.NONE));
    }
    assertThat(WRITTEN)
        .extracting(BaselineRecord::state)
        .containsExactly(
            BaselineRecord.State.COLLECTED,
            BaselineRecord.State.ARMED,
            BaselineRecord.State.RETIRED);
  }

  private static SeriesState keep(Step step) {
    SCORES.addAll(written(step));
    WRITTEN.addAll(step.baselines());
    return step.state();
  }

  private static List<String> written(Step step) {
    return step.assessments().stream()
        .map(assessment -> new String(assessment.score().toJson(), StandardCharsets.UTF_8))
        .toList();
  }

  private static Step next(
      SeriesTracker by, @Nullable SeriesState state, int pane, BaselineHistory past) {
    return by.next(state, TRAFFIC.get(pane), SyntheticWorld.moments(TRAFFIC.get(pane)), past);
  }

  private static BaselineOrder order(BaselineOrder.Kind kind) {
    return new BaselineOrder(
        kind,
        WRITTEN.get(0).series(),
        WRITTEN.get(0).baseline(),
        new Approval("ada", 5, Optional.of("known")));
  }

  private static TrackerSettings settings(ArmingRule arming, int strata, double ridge) {
    TrackerSettings s = Follower.SETTINGS;
    return new TrackerSettings(
        s.pane(),
        s.windowPanes(),
        s.minPairs(),
        s.fitPanes(),
        s.holdOutPanes(),
        strata,
        ridge,
        s.margin(),
        s.floor(),
        s.panesBetweenFalsePages(),
        s.silentAfter(),
        s.seed(),
        arming);
  }

  private static SeriesTracker tracker(TrackerSettings settings) {
    return new SeriesTracker(settings, new PlainTranslationKernel(), Follower.PROVENANCE);
  }

  private static Score score(Step step) {
    return step.assessments().get(step.assessments().size() - 1).score();
  }

  private static BaselineHistory history(BaselineRecord... records) {
    return BaselineHistory.of(List.of(records));
  }

  @Test
  void followedAgainFromItsFirstPaneASeriesSaysTheSameWithoutBeingOrdered() {
    BaselineHistory past = history(WRITTEN.get(2));
    List<String> again = new ArrayList<>();
    List<BaselineRecord> writtenAgain = new ArrayList<>();
    SeriesState state = null;
    for (int i = 0; i < PANES; i++) {
      Step step = next(ASKING, state, i, i == 0 ? past : past.begun());
      state = step.state();
      again.addAll(written(step));
      writtenAgain.addAll(step.baselines());
    }

    assertThat(again).isEqualTo(SCORES);
    assertThat(writtenAgain).as("it is written already").isEmpty();
  }

  @Test
  void anOrderThatTheHistoryKnowsOfIsNotFollowedAgain() {
    SeriesState state = null;
    BaselineHistory past = history(WRITTEN.get(2));
    for (int i = 0; i < LEARNT; i++) {
      state = next(ASKING, state, i, past.begun()).state();
    }

    assertThat(ASKING.order(state, order(BaselineOrder.Kind.ARM), past)).isEmpty();
    assertThat(ASKING.order(state, order(BaselineOrder.Kind.COLLECT), past)).isEmpty();
    assertThat(ASKING.order(state, order(BaselineOrder.Kind.ARM), history(WRITTEN.get(0))))
        .isPresent();
  }

  @Test
  void aSeriesWhoseStateIsLostGoesOnWithTheBaselineThatWasArmedByThen() {
    BaselineRecord armed = WRITTEN.get(1);
    Step step = next(ASKING, null, ARMED + 1, history(armed));

    assertThat(score(step).verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(score(step).baseline()).contains(armed.baseline());
    assertThat(score(step).figures().get(Figure.EVIDENCE_LOG10)).isPresent();
    assertThat(step.baselines()).isEmpty();
    Learning.Armed before =
        (Learning.Armed) next(ASKING, null, ARMED, history(armed)).state().learning().orElseThrow();
    assertThat(before.arming()).isEqualTo(armed.arming());
  }

  @Test
  void whatIsInForceDependsOnTheTimeOfTheFirstPaneAlone() {
    BaselineHistory retired = history(WRITTEN.get(2));

    assertThat(score(next(ASKING, null, LEARNT - 1, retired)).reasons())
        .as("before it is complete")
        .containsExactly("baseline: 1 of 26 panes");
    assertThat(score(next(ASKING, null, ARMED - 1, retired)).reasons().get(0))
        .as("while it waits")
        .contains("waiting for approval");
    assertThat(score(next(ASKING, null, ARMED, retired)).verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(score(next(ASKING, null, DROPPED - 1, retired)).verdict())
        .isEqualTo(Verdict.HEALTHY);
    assertThat(score(next(ASKING, null, DROPPED, retired)).reasons())
        .as("once it is dropped")
        .containsExactly("baseline: 1 of 26 panes");
    assertThat(score(next(ASKING, null, ARMED, retired.begun())).reasons())
        .as("once the series has begun, as a slice that was forgotten")
        .containsExactly("baseline: 1 of 26 panes");
  }

  @Test
  void ofSeveralThatAreArmedTheLastIsInForce() {
    BaselineRecord later = WRITTEN.get(1);
    BaselineRecord earlier =
        new BaselineRecord(
            later.series(),
            BaselineRecord.State.ARMED,
            Optional.empty(),
            HandMadeReport.of("earlier", TRAFFIC.get(1).start()),
            Optional.of(new Arming(Approval.automatic(1), TRAFFIC.get(2).start())),
            OptionalLong.empty());

    for (BaselineHistory past : List.of(history(earlier, later), history(later, earlier))) {
      Step step = next(ASKING, null, PANES - 1, past);
      assertThat(score(step).baseline()).contains(later.baseline());
      assertThat(score(step).reasons()).isEmpty();
      assertThat(step.baselines()).isEmpty();
    }
  }

  @Test
  void aBaselineThatCannotBeTakenUpEndsAndAnotherIsCollected() {
    BaselineRecord armed = WRITTEN.get(1);
    ArmingRule rule = ArmingRule.DEFAULT;

    refused(
        next(ASKING, null, PANES - 1, history(armed.withoutContent())),
        "it is too large for a record, and the state that had it is lost");
    refused(
        next(tracker(settings(rule, 9, 0.01)), null, PANES - 1, history(armed)),
        "it has 8 strata, monitor.baseline.strata is 9");
    refused(
        next(tracker(settings(rule, 8, 0.1)), null, PANES - 1, history(armed)),
        "it was fitted with a ridge of 0.01, monitor.baseline.ridge is 0.1");
  }

  private static void refused(Step step, String why) {
    assertThat(score(step).verdict()).isEqualTo(Verdict.WARMING);
    assertThat(score(step).reasons())
        .containsExactly(
            "baseline "
                + WRITTEN.get(1).baseline()
                + " cannot be taken up, and another is collected: "
                + why,
            "baseline: 1 of 26 panes");
    assertThat(step.baselines()).hasSize(1);
    assertThat(step.baselines().get(0).state()).isEqualTo(BaselineRecord.State.RETIRED);
    assertThat(step.baselines().get(0).until()).hasValue(TRAFFIC.get(PANES - 1).start());
    assertThat(step.baselines().get(0).key()).isEqualTo(WRITTEN.get(1).key());
  }

  @Test
  void aBaselineOutsideTheBudgetIsNotArmedUnlessSomebodyAnswersForIt() {
    SeriesTracker strict = tracker(settings(ArmingRule.DEFAULT, 8, 0.01));
    SeriesState state = null;
    for (int i = 0; i < LEARNT; i++) {
      state = next(strict, state, i, BaselineHistory.NONE).state();
    }
    BaselineOrder answered = order(BaselineOrder.Kind.ARM);
    BaselineOrder unanswered =
        new BaselineOrder(
            answered.kind(),
            answered.series(),
            answered.baseline(),
            new Approval("ada", 5, Optional.empty()));

    assertThat(strict.order(state, unanswered, BaselineHistory.NONE)).isEmpty();
    assertThat(strict.order(state, answered, BaselineHistory.NONE)).isPresent();
    assertThat(ASKING.order(state, unanswered, BaselineHistory.NONE))
        .as("within the budget")
        .isPresent();
  }

  @Test
  void anOrderToASilentSeriesHoldsAfterTheSilence() {
    SeriesState state = null;
    for (int i = 0; i < LEARNT; i++) {
      state = next(ASKING, state, i, BaselineHistory.NONE).state();
    }
    Step loud = ASKING.order(state, order(BaselineOrder.Kind.ARM), BaselineHistory.NONE).get();
    Step silence = ASKING.silence(state, BaselineHistory.NONE);
    long silentAt = silence.assessments().get(0).score().paneEnd();
    Step ordered =
        ASKING
            .order(silence.state(), order(BaselineOrder.Kind.ARM), BaselineHistory.NONE)
            .orElseThrow();
    BaselineHistory past = history(ordered.baselines().get(0));

    assertThat(ordered.baselines().get(0).arming().orElseThrow().from()).isEqualTo(silentAt);
    assertThat(written(ASKING.silence(state, past))).isEqualTo(written(silence));
    assertThat(score(ASKING.silence(state, history(loud.baselines().get(0)))).baseline())
        .as("one that was ordered before the silence")
        .isPresent();
  }
}
