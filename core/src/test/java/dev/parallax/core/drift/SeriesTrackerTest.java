package dev.parallax.core.drift;

import static dev.parallax.core.drift.Follower.BASELINE_PANES;
import static dev.parallax.core.drift.Follower.MIN_PAIRS;
import static dev.parallax.core.drift.Follower.WINDOW_PANES;
import static dev.parallax.core.drift.SyntheticWorld.PAIRS;
import static dev.parallax.core.drift.SyntheticWorld.PANE_MILLIS;
import static dev.parallax.core.drift.SyntheticWorld.USUAL_MIX;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.drift.SyntheticWorld.Fault;
import dev.parallax.core.similarity.Estimate;
import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.core.translation.PlainTranslationKernel;
import dev.parallax.core.window.PairedPane;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTrackerTest {

  private final SyntheticWorld world = new SyntheticWorld(1);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void aHealthySeriesWarmsAndThenStaysHealthy(long seed) {
    SyntheticWorld other = new SyntheticWorld(seed);
    Follower follower = Follower.armed(other);
    assertThat(follower.verdicts()).hasSize(BASELINE_PANES).containsOnly(Verdict.WARMING);
    assertThat(follower.last().reasons()).containsExactly("baseline: 26 of 26 panes");
    assertThat(follower.last().baseline()).isEmpty();
    for (int i = BASELINE_PANES; i < BASELINE_PANES + 100; i++) {
      Score score = follower.next(other.healthy(i));

      assertThat(score.verdict()).isEqualTo(Verdict.HEALTHY);
      assertThat(score.reasons()).isEmpty();
      assertThat(score.baseline()).isPresent();
      // 100 panes of 512 pairs: five standard deviations of the residual are about 15%.
      assertThat(score.figures().get(Figure.RESIDUAL_STRATIFIED).orElseThrow())
          .isCloseTo(1, within(0.15));
    }
    assertThat(follower.alerts()).hasSize(1);
    assertThat(follower.alerts().get(0).previous()).isEqualTo(Verdict.WARMING);
    assertThat(follower.alerts().get(0).estimatedChange()).isEmpty();
  }

  @Test
  void aWarmingSeriesSaysHowFarItIs() {
    Follower follower = new Follower();
    Score first = follower.next(world.healthy(0));

    assertThat(first.reasons()).containsExactly("baseline: 1 of 26 panes");
    assertThat(first.figures().get(Figure.CKA)).isPresent();
    assertThat(first.figures().get(Figure.RESIDUAL)).isEmpty();
    assertThat(first.figures().get(Figure.EVIDENCE_LOG10)).isEmpty();
    assertThat(follower.next(world.healthy(1)).reasons())
        .containsExactly("baseline: 2 of 26 panes");
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @CsvSource({
    "NOISE, 1, DIVERGED",
    "NOISE, 2, DIVERGED",
    "ZEROED, 1, DIVERGED",
    "ZEROED, 2, DIVERGED",
    "ROTATED, 1, ROTATED",
    "ROTATED, 2, ROTATED",
    "STALE, 1, PAIRING_FAULT",
    "STALE, 2, PAIRING_FAULT"
  })
  void aFaultIsFoundWithinAFewPanesAndCalledByItsName(Fault fault, long seed, Verdict name) {
    SyntheticWorld other = new SyntheticWorld(seed);
    Follower follower = Follower.armed(other);
    int faultAt = BASELINE_PANES + 40;
    for (int i = BASELINE_PANES; i < faultAt; i++) {
      assertThat(follower.next(other.healthy(i)).verdict()).isEqualTo(Verdict.HEALTHY);
    }
    int pane = faultAt;
    while (isCalm(follower.next(other.faulty(pane, fault)).verdict())) {
      pane++;
      assertThat(pane - faultAt).as("delay in panes").isLessThan(8);
    }

    Alert alert = follower.alerts().get(follower.alerts().size() - 1);
    assertThat(follower.last().verdict()).as("%s", follower.last().reasons()).isEqualTo(name);
    assertThat(alert.previous()).isIn(Verdict.HEALTHY, Verdict.WARNING);
    assertThat(alert.score()).isSameAs(follower.last());
    assertThat(alert.estimatedChange().orElseThrow())
        .isBetween((faultAt - 1) * PANE_MILLIS, faultAt * PANE_MILLIS);
    assertThat(follower.last().reasons().get(0)).startsWith("translation residual ");
    assertThat(follower.last().reasons())
        .last(as(InstanceOfAssertFactories.STRING))
        .startsWith("inputs that miss most: ");
    assertThat(follower.last().figures().get(Figure.RESIDUAL_STRATIFIED).orElseThrow())
        .isGreaterThan(1.1);
  }

  private static boolean isCalm(Verdict verdict) {
    return verdict == Verdict.HEALTHY || verdict == Verdict.WARNING;
  }

  @Test
  void aTestedPaneStatesItsCkaWithTheMixOfTheBaseline() {
    SyntheticWorld world = new SyntheticWorld(3);
    Follower follower = Follower.armed(world);
    assertThat(follower.last().figures().get(Figure.CKA_STRATIFIED)).isEmpty();

    Figures figures = follower.next(world.healthy(Follower.BASELINE_PANES)).figures();
    assertThat(figures.get(Figure.CKA_STRATIFIED).orElseThrow())
        .isCloseTo(figures.get(Figure.PANE_CKA).orElseThrow(), within(0.05));
  }

  @Test
  void aRotationLeavesCkaWhereItWas() {
    Follower follower = Follower.armed(world);
    Score healthy = follower.fork().next(world.healthy(BASELINE_PANES));
    Score rotated = follower.fork().next(world.faulty(BASELINE_PANES, Fault.ROTATED));

    assertThat(rotated.figures().get(Figure.PANE_CKA).orElseThrow())
        .isCloseTo(healthy.figures().get(Figure.PANE_CKA).orElseThrow(), within(1e-9));
    assertThat(rotated.figures().get(Figure.RESIDUAL).orElseThrow()).isGreaterThan(5);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void aChangeOfTrafficAloneIsNotADivergence(long seed) {
    SyntheticWorld other = new SyntheticWorld(seed);
    Follower follower = Follower.armed(other);
    double[] noisyInputs = {1, 1, 1, 1, 4, 8};
    double[] onlyThree = {0, 1, 0, 2, 0, 5};
    double raw = 0;
    double stratified = 0;
    for (int i = 0; i < 80; i++) {
      Score score =
          follower.next(
              other.pane(BASELINE_PANES + i, PAIRS, i < 40 ? noisyInputs : onlyThree, Fault.NONE));
      assertThat(score.verdict()).isIn(Verdict.HEALTHY, Verdict.WARNING, Verdict.TRAFFIC_SHIFT);
      raw += score.figures().get(Figure.RESIDUAL).orElseThrow() / 80;
      stratified += score.figures().get(Figure.RESIDUAL_STRATIFIED).orElseThrow() / 80;
    }

    // The raw residual would page: it is far beyond the margin of 5%.
    assertThat(raw).isGreaterThan(1.3);
    assertThat(stratified).isCloseTo(1, within(0.05));
    assertThat(follower.last().verdict()).isEqualTo(Verdict.TRAFFIC_SHIFT);
    assertThat(follower.last().reasons()).hasSize(1);
    assertThat(follower.last().reasons().get(0))
        .matches("(MMD²|leverage) of the inputs moved: at .*");
  }

  @Test
  void aMendedModelBecomesHealthyAgain() {
    Follower follower = Follower.armed(world);
    int pane = BASELINE_PANES;
    for (; pane < BASELINE_PANES + 40; pane++) {
      follower.next(world.faulty(pane, Fault.ROTATED));
    }
    assertThat(follower.last().verdict()).isEqualTo(Verdict.ROTATED);
    int mended = pane;
    while (!isCalm(follower.next(world.healthy(pane)).verdict())) {
      pane++;
      // A healthy pane of this world lies above the tested mean now and then.
      assertThat(pane - mended).as("panes to recover").isLessThan(15);
    }
    assertThat(pane - mended).isGreaterThanOrEqualTo(Detectors.CALM_PANES - 1);

    assertThat(follower.last().verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(follower.last().figures().get(Figure.EVIDENCE_LOG10)).hasValue(0);
    assertThat(follower.alerts())
        .extracting(alert -> alert.previous() + " " + alert.score().verdict())
        .containsExactly("WARMING WARNING", "WARNING ROTATED", "ROTATED HEALTHY");
  }

  @Test
  void oneFaultyPaneAmongHealthyOnesStartsTheCountOfCalmPanesAgain() {
    Follower follower = Follower.armed(world);
    int pane = BASELINE_PANES;
    for (int i = 0; i < 20; i++) {
      follower.next(world.faulty(pane++, Fault.ROTATED));
    }
    for (int i = 0; i < 40; i++, pane++) {
      Fault fault = i % Detectors.CALM_PANES == 4 ? Fault.ROTATED : Fault.NONE;

      assertThat(isCalm(follower.next(world.faulty(pane, fault)).verdict())).isFalse();
    }
  }

  @Test
  void aSecondFaultGetsItsOwnDate() {
    Follower follower = Follower.armed(world);
    int pane = BASELINE_PANES;
    for (int i = 0; i < 40; i++) {
      follower.next(world.faulty(pane++, Fault.STALE));
    }
    for (int i = 0; i < 40; i++) {
      follower.next(world.healthy(pane++));
    }
    assertThat(follower.last().verdict()).isEqualTo(Verdict.HEALTHY);
    int second = pane;
    while (isCalm(follower.next(world.faulty(pane, Fault.STALE)).verdict())) {
      pane++;
    }

    Alert alert = follower.alerts().get(follower.alerts().size() - 1);
    assertThat(alert.score().verdict())
        .as("%s", alert.score().reasons())
        .isEqualTo(Verdict.PAIRING_FAULT);
    assertThat(alert.estimatedChange().orElseThrow())
        .isBetween((second - 1) * PANE_MILLIS, second * PANE_MILLIS);
  }

  @Test
  void alertsAreExactlyTheChangesOfVerdict() {
    Follower follower = Follower.armed(world);
    int pane = BASELINE_PANES;
    for (Fault fault : List.of(Fault.NONE, Fault.CONSTANT, Fault.NONE, Fault.TRUNCATED)) {
      for (int i = 0; i < 3; i++) {
        follower.next(world.faulty(pane++, fault));
      }
    }
    pane += 10;
    follower.next(world.healthy(pane));
    List<String> changes = new ArrayList<>();
    Verdict previous = follower.verdicts().get(0);
    for (Verdict verdict : follower.verdicts()) {
      if (verdict != previous) {
        changes.add(previous + " " + verdict);
      }
      previous = verdict;
    }

    assertThat(follower.alerts())
        .extracting(alert -> alert.previous() + " " + alert.score().verdict())
        .isEqualTo(changes)
        .containsExactly(
            "WARMING HEALTHY",
            "HEALTHY DEGENERATE",
            "DEGENERATE HEALTHY",
            "HEALTHY DIVERGED",
            "DIVERGED SILENT",
            "SILENT HEALTHY");
    for (Follower.Outcome outcome : follower.outcomes()) {
      outcome.alert().ifPresent(alert -> assertThat(alert.score()).isSameAs(outcome.score()));
    }
  }

  @Test
  void theWindowIsTheMergeOfItsPanesByTime() {
    Follower follower = new Follower();
    List<PairedPane> panes = new ArrayList<>();
    for (int i : new int[] {0, 1, 2, 3, 4, 5, 8, 9, 12}) {
      panes.add(world.healthy(i));
    }
    for (PairedPane pane : panes) {
      Score score = follower.next(pane);
      MiniBatchMoments merged = MiniBatchMoments.none();
      long pairs = 0;
      long oldest = pane.start() - (WINDOW_PANES - 1) * PANE_MILLIS;
      for (PairedPane part : panes) {
        if (part.start() >= oldest && part.start() <= pane.start()) {
          merged = merged.merge(SyntheticWorld.moments(part));
          pairs += part.pairs();
        }
      }
      Estimate.Stated expected = (Estimate.Stated) merged.estimate();

      assertThat(score.windowStart()).isEqualTo(oldest);
      assertThat(score.windowPairs()).isEqualTo(pairs);
      assertThat(score.figures().get(Figure.CKA)).hasValue(expected.cka());
      assertThat(score.figures().get(Figure.CKA_LOW)).isEqualTo(expected.low());
      assertThat(score.figures().get(Figure.CKA_HIGH)).isEqualTo(expected.high());
    }
    assertThat(follower.last().windowPairs()).isEqualTo(3 * PAIRS);
  }

  @Test
  void aPaneWithTooFewPairsIsNeitherTestedNorLearntFrom() {
    Follower follower = Follower.armed(world);
    follower.next(world.healthy(BASELINE_PANES));
    Learning before = follower.state().learning().orElseThrow();
    Score score =
        follower.next(world.pane(BASELINE_PANES + 1, MIN_PAIRS - 1, USUAL_MIX, Fault.ROTATED));

    assertThat(score.verdict()).isEqualTo(Verdict.INSUFFICIENT);
    assertThat(score.reasons()).containsExactly("255 pairs in the pane, 256 are needed");
    assertThat(score.figures().get(Figure.RESIDUAL)).isEmpty();
    assertThat(follower.state().learning()).containsSame(before);

    Follower warming = new Follower();
    warming.next(world.healthy(0));
    Learning fitting = warming.state().learning().orElseThrow();
    assertThat(warming.next(world.pane(1, 100, USUAL_MIX, Fault.NONE)).verdict())
        .isEqualTo(Verdict.INSUFFICIENT);
    assertThat(warming.state().learning()).containsSame(fitting);
  }

  @Test
  void aSeriesThatDivergedStaysSoWhenPairsRunOut() {
    Follower follower = Follower.armed(world);
    for (int i = 0; i < 10; i++) {
      follower.next(world.faulty(BASELINE_PANES + i, Fault.ROTATED));
    }
    Score score = follower.next(world.pane(BASELINE_PANES + 10, 40, USUAL_MIX, Fault.NONE));

    assertThat(score.verdict()).isEqualTo(Verdict.ROTATED);
    assertThat(score.reasons().get(0)).startsWith("translation residual ");
  }

  @Test
  void aPaneWithoutRowsIsInsufficient() {
    Follower follower = new Follower();
    assertThat(follower.next(SyntheticWorld.empty(0)).verdict()).isEqualTo(Verdict.INSUFFICIENT);
    assertThat(follower.state().learning()).isEmpty();
    for (int i = 1; i <= BASELINE_PANES; i++) {
      follower.next(world.healthy(i));
    }
    Score score = follower.next(SyntheticWorld.empty(BASELINE_PANES + 1));

    assertThat(score.verdict()).isEqualTo(Verdict.INSUFFICIENT);
    assertThat(score.pairs()).isZero();
    assertThat(score.counts().late()).isEqualTo(2);
    assertThat(score.figures().get(Figure.PANE_CKA)).isEmpty();
    assertThat(score.figures().get(Figure.CKA)).isPresent();
    assertThat(follower.next(world.healthy(BASELINE_PANES + 2)).verdict())
        .isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void pairsWithoutAWholeBatchAreInsufficientWhateverTheSettings() {
    PairedPane pane = world.pane(0, 300, USUAL_MIX, Fault.NONE);
    SeriesTracker.Step step = new Follower().tracker().next(null, pane, MiniBatchMoments.none());

    assertThat(step.assessments().get(0).score().reasons())
        .containsExactly("300 pairs in the pane, not one whole batch");
    assertThat(step.state().learning()).isEmpty();
  }

  @Test
  void constantAnswersAreDegenerateAndStateNoCka() {
    Follower follower = Follower.armed(world);
    follower.next(world.healthy(BASELINE_PANES));
    Learning before = follower.state().learning().orElseThrow();
    for (int i = 1; i <= 20; i++) {
      Score score = follower.next(world.faulty(BASELINE_PANES + i, Fault.CONSTANT));

      assertThat(score.verdict()).isEqualTo(Verdict.DEGENERATE);
      assertThat(score.reasons())
          .containsExactly("one side has no variance, so similarity is undefined");
      assertThat(score.figures().get(Figure.CKA)).isEmpty();
      assertThat(score.figures().get(Figure.PANE_CKA)).isEmpty();
      assertThat(score.figures().get(Figure.RESIDUAL)).isEmpty();
      assertThat(new String(score.toJson())).doesNotContain("NaN", "Infinity");
    }
    assertThat(follower.last().windowPairs()).isZero();
    assertThat(follower.state().learning()).containsSame(before);

    Score mended = follower.next(world.healthy(BASELINE_PANES + 21));
    assertThat(mended.verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(mended.figures().get(Figure.CKA)).isEqualTo(mended.figures().get(Figure.PANE_CKA));
  }

  @Test
  void constantAnswersAreNotLearntFrom() {
    Follower follower = new Follower();
    for (int i = 0; i < 50; i++) {
      assertThat(follower.next(world.faulty(i, Fault.CONSTANT)).verdict())
          .isEqualTo(Verdict.DEGENERATE);
    }
    assertThat(follower.state().learning()).isEmpty();
    assertThat(follower.alerts()).isEmpty();
    assertThat(follower.next(world.healthy(50)).reasons())
        .containsExactly("baseline: 1 of 26 panes");
  }

  @Test
  void aVectorThatIsNotFiniteSpoilsNoPaneButItsOwn() {
    Follower follower = Follower.armed(world);
    PairedPane broken = world.pane(BASELINE_PANES, PAIRS + 3, USUAL_MIX, Fault.NONE);
    // After the last whole batch, where CKA does not look.
    broken.reference()[PAIRS + 2][0] = Float.NaN;
    PairedPane inBatch = world.healthy(BASELINE_PANES + 1);
    inBatch.live()[5][1] = Float.POSITIVE_INFINITY;

    assertThat(follower.next(broken).verdict()).isEqualTo(Verdict.DEGENERATE);
    assertThat(follower.next(inBatch).verdict()).isEqualTo(Verdict.DEGENERATE);
    Score next = follower.next(world.healthy(BASELINE_PANES + 2));
    assertThat(next.verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(next.figures().get(Figure.CKA)).isPresent();
    assertThat(next.figures().get(Figure.RESIDUAL)).isPresent();
  }

  @ParameterizedTest(name = "after {0} panes")
  @ValueSource(ints = {1, 5, 6, 7, 25})
  void aChangeOfWidthStartsLearningAgain(int panes) {
    Follower follower = new Follower();
    for (int i = 0; i < panes; i++) {
      follower.next(world.healthy(i));
    }
    Score score = follower.next(world.faulty(panes, Fault.TRUNCATED));

    assertThat(score.verdict()).isEqualTo(Verdict.WARMING);
    assertThat(score.reasons()).containsExactly("baseline: 1 of 26 panes");
    for (int i = 1; i < BASELINE_PANES; i++) {
      assertThat(follower.next(world.faulty(panes + i, Fault.TRUNCATED)).verdict())
          .isEqualTo(Verdict.WARMING);
    }
    assertThat(follower.next(world.faulty(panes + BASELINE_PANES, Fault.TRUNCATED)).verdict())
        .isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void vectorsOfAnotherWidthThanTheBaselinesAreADivergenceAtOnce() {
    Follower follower = Follower.armed(world);
    follower.next(world.healthy(BASELINE_PANES));
    Learning before = follower.state().learning().orElseThrow();
    Score score = follower.next(world.faulty(BASELINE_PANES + 1, Fault.TRUNCATED));

    assertThat(score.verdict()).isEqualTo(Verdict.DIVERGED);
    assertThat(score.reasons())
        .containsExactly("live vectors are 8 wide, those of the baseline 10");
    assertThat(score.figures().get(Figure.RESIDUAL)).isEmpty();
    assertThat(follower.state().learning().orElseThrow()).isEqualTo(before);
    assertThat(follower.next(world.healthy(BASELINE_PANES + 2)).verdict())
        .isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void aReferenceOfAnotherWidthIsAFaultOfTheReference() {
    Follower follower = Follower.armed(world);
    PairedPane pane = world.healthy(BASELINE_PANES);
    Score score = follower.next(SyntheticWorld.pane(BASELINE_PANES, pane.live(), pane.live()));

    assertThat(score.verdict()).isEqualTo(Verdict.REFERENCE_FAULT);
    assertThat(score.reasons())
        .containsExactly("reference vectors are 10 wide, those of the baseline 12");
  }

  @Test
  void aModelThatIsItsOwnReferenceIsHealthyAndEveryChangeOfItIsFound() {
    Follower follower = new Follower();
    for (int i = 0; i < BASELINE_PANES + 30; i++) {
      PairedPane pane = world.healthy(i);
      follower.next(SyntheticWorld.pane(i, pane.live(), pane.live()));
    }
    assertThat(follower.last().verdict()).isEqualTo(Verdict.HEALTHY);
    int pane = BASELINE_PANES + 30;
    for (int i = 0; i < 5; i++, pane++) {
      follower.next(
          SyntheticWorld.pane(
              pane, world.faulty(pane, Fault.NOISE).live(), world.healthy(pane).live()));
    }
    assertThat(follower.last().verdict()).isEqualTo(Verdict.DIVERGED);
  }

  /** Corners of a square, which a map of 1 takes to themselves, times {@code scale}. */
  private static float[][] corners(float scale) {
    float[][] rows = new float[64][];
    for (int i = 0; i < 64; i++) {
      rows[i] = new float[] {i % 2 == 0 ? scale : -scale, i % 4 < 2 ? scale : -scale};
    }
    return rows;
  }

  @Test
  void aBaselineWithAResidualOfExactlyZeroStatesNoRatioAndFindsAnyRise() {
    TrackerSettings exact =
        new TrackerSettings(
            Follower.SETTINGS.pane(),
            WINDOW_PANES,
            64,
            1,
            2,
            4,
            1e-30,
            0.05,
            0,
            1_000,
            Follower.SETTINGS.silentAfter(),
            7,
            ArmingRule.OF_ANY_LENGTH);
    SeriesTracker tracker =
        new SeriesTracker(exact, new PlainTranslationKernel(), Follower.PROVENANCE);
    SeriesState state = null;
    List<Assessment> assessments = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      PairedPane pane = SyntheticWorld.pane(i, corners(i < 6 ? 1 : 1.001f), corners(1));
      SeriesTracker.Step step = tracker.next(state, pane, SyntheticWorld.moments(pane));
      state = step.state();
      assessments.add(step.assessments().get(0));
    }

    assertThat(assessments.get(5).alarm()).isEmpty();
    assertThat(assessments.get(8).alarm().orElseThrow().verdict()).isEqualTo(Verdict.ROTATED);
    for (Assessment assessment : assessments) {
      assertThat(assessment.score().figures().get(Figure.RESIDUAL)).isEmpty();
      assertThat(assessment.score().figures().get(Figure.RESIDUAL_STRATIFIED)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void theSamePanesGiveTheSameBytes(Fault fault) {
    List<Follower> runs = List.of(Follower.armed(world), Follower.armed(world));
    for (Follower run : runs) {
      for (int i = 0; i < 4; i++) {
        run.next(world.faulty(BASELINE_PANES + i, fault));
      }
    }

    assertThat(runs.get(0).written()).isEqualTo(runs.get(1).written());
  }

  @Test
  void aBaselineIsNamedByWhatItWasLearntFrom() {
    String id = Follower.armed(world).next(world.healthy(26)).baseline().orElseThrow();

    assertThat(id).matches("[0-9a-f]{12}");
    assertThat(Follower.armed(world).next(world.healthy(27)).baseline()).hasValue(id);
    assertThat(
            Follower.armed(new SyntheticWorld(2)).next(world.healthy(26)).baseline().orElseThrow())
        .isNotEqualTo(id);
  }

  @Test
  void panesMustComeInOrder() {
    Follower follower = new Follower();
    follower.next(world.healthy(3));
    PairedPane again = world.healthy(3);

    assertThatThrownBy(() -> follower.next(again))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a pane from 240000 on, got one from 180000");
  }
}
