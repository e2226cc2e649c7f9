package dev.parallax.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.drift.Learning.Recent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hold-outs of 120 panes around a residual of 0.2, tested against a rise of 5%. */
class AaStudyTest {

  private static final int PANES = 120;
  private static final double HEALTHY = 0.2;
  private static final long HOUR = 3_600_000;

  private static final TrackerSettings SETTINGS = settings(100);

  /** A baseline whose hold-out is exchanged. */
  private static Baseline learnt;

  @BeforeAll
  static void learn() {
    learnt =
        ((Learning.Armed) Follower.armed(new SyntheticWorld(3)).state().learning().orElseThrow())
            .baseline();
  }

  private static TrackerSettings settings(int leastPanes) {
    TrackerSettings s = Follower.SETTINGS;
    return new TrackerSettings(
        s.pane(),
        s.windowPanes(),
        s.minPairs(),
        s.fitPanes(),
        PANES,
        s.strata(),
        s.ridge(),
        s.margin(),
        s.floor(),
        10_000,
        s.silentAfter(),
        s.seed(),
        new ArmingRule(ArmingRule.Mode.AUTOMATIC, leastPanes));
  }

  private static AaReport report(double[] residuals, long paneMillis, TrackerSettings settings) {
    List<Recent> holdOut = new ArrayList<>();
    Readings like = learnt.holdOut().get(0).readings().with(Reading.OFFSET, 0);
    for (int i = 0; i < residuals.length; i++) {
      holdOut.add(
          new Recent(
              i * paneMillis, like.with(Reading.RESIDUAL, residuals[i]).with(Reading.NOVELTY, 1)));
    }
    Baseline baseline =
        new Baseline(
            "id",
            learnt.space(),
            learnt.expected(),
            learnt.residuals(),
            learnt.shuffledResidual(),
            learnt.leverage(),
            learnt.ranges(),
            holdOut,
            learnt.moments(),
            residuals.length);
    DetectorPlan plan = DetectorPlan.of(baseline.holdOutReadings(), settings);
    return AaStudy.report(baseline, plan, settings);
  }

  /** An autoregression of unit variance around the healthy residual, {@code sd} of it wide. */
  private static double[] following(double correlation, double sd, long seed) {
    Random random = new Random(seed);
    double[] residuals = new double[PANES];
    double state = random.nextGaussian();
    for (int i = 0; i < PANES; i++) {
      residuals[i] = HEALTHY * (1 + sd * state);
      state =
          correlation * state + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
    }
    return residuals;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void aHoldOutOfIndependentPanesIsWithinTheBudget(long seed) {
    AaReport report = report(following(0, 0.03, seed), 60_000, SETTINGS);

    assertThat(report.withinBudget()).as(report.toString()).isTrue();
    assertThat(report.alarms()).isZero();
    assertThat(report.expectedPerMonth()).isLessThanOrEqualTo(report.promisedPerMonth());
    assertThat(report.autocorrelationError()).isCloseTo(1 / Math.sqrt(PANES), within(1e-12));
    assertThat(report.hourShare()).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void aHoldOutWhosePanesFollowOneAnotherSaysSoAndIsNot(long seed) {
    AaReport report = report(following(0.95, 0.2, seed), 60_000, SETTINGS);

    assertThat(report.autocorrelation()).isGreaterThan(0.7);
    assertThat(report.blockPanes()).isGreaterThan(5);
    assertThat(report.effectivePanes()).isLessThan(PANES / 4.0);
    assertThat(report.withinBudget()).as(report.toString()).isFalse();
    assertThat(report.advice()).anyMatch(text -> text.contains("panes follow one another"));
  }

  @Test
  void panesThatFollowOneAnotherFarBelowTheMarginDoNoHarm() {
    AaReport report = report(following(0.9, 0.002, 1), 60_000, SETTINGS);

    assertThat(report.withinBudget()).as(report.toString()).isTrue();
    assertThat(report.advice()).anyMatch(text -> text.contains("lengthen panes"));
  }

  @Test
  void theBootstrapFindsAlarmsThatPanesInOrderBring() {
    double[] residuals = following(0.98, 0.3, 4);
    double[] mixed = residuals.clone();
    Random random = new Random(9);
    for (int i = mixed.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      double kept = mixed[i];
      mixed[i] = mixed[j];
      mixed[j] = kept;
    }

    assertThat(report(mixed, 60_000, SETTINGS).expectedPerMonth())
        .isLessThan(report(residuals, 60_000, SETTINGS).expectedPerMonth());
  }

  @Test
  void aHoldOutThatIsTooShortIsNotWithinTheBudgetUnlessItMayBe() {
    double[] residuals = Arrays.copyOf(following(0, 0.03, 1), 20);

    AaReport strict = report(residuals, 60_000, SETTINGS);
    assertThat(strict.withinBudget()).isFalse();
    assertThat(strict.advice())
        .containsExactly(
            "20 hold-out panes, 100 are expected: more panes (monitor.baseline.panes)");
    assertThat(report(residuals, 60_000, settings(2)).withinBudget()).isTrue();
  }

  @Test
  void aSeasonOfTheDayIsFoundInAHoldOutOfTwoDaysAndMore() {
    double[] flat = following(0, 0.01, 6);
    double[] seasonal = flat.clone();
    for (int i = 0; i < seasonal.length; i++) {
      seasonal[i] += HEALTHY * 0.02 * Math.sin(2 * Math.PI * i / 24);
    }

    assertThat(report(flat, HOUR, SETTINGS).hourShare().orElseThrow()).isLessThan(0.2);
    AaReport report = report(seasonal, HOUR, SETTINGS);
    assertThat(report.hourShare().orElseThrow()).isBetween(0.5, 0.95);
    assertThat(report.advice()).anyMatch(text -> text.contains("hour-of-week means"));
  }

  @Test
  void theFastEvidenceIsThatOfTheDetectors() {
    List<Readings> panes =
        Follower.armed(new SyntheticWorld(3)).state().learning().stream()
            .flatMap(l -> ((Learning.Armed) l).baseline().holdOutReadings().stream())
            .toList();
    DetectorPlan plan = DetectorPlan.of(panes, SETTINGS);
    double[][] factors = AlarmRate.factors(plan, panes);
    double[] evidence = new double[factors[0].length];
    Detectors detectors = Detectors.start(plan);
    for (int i = 0; i < panes.size(); i++) {
      double fast = AlarmRate.next(evidence, factors[i]);
      detectors = detectors.next(plan, panes.get(i), i);
      assertThat(Math.max(0, Math.log10(fast))).isCloseTo(detectors.evidenceLog10(), within(1e-9));
    }
  }

  @Test
  void theSamePanesGiveTheSameReport() {
    double[] residuals = following(0.5, 0.05, 2);

    assertThat(report(residuals, HOUR, SETTINGS)).isEqualTo(report(residuals, HOUR, SETTINGS));
  }

  @Test
  void theReplayCountsAnAlarmForEveryCauseAndStatesTheMostEvidence() {
    double[] residuals = following(0, 0.01, 4);
    for (int from : new int[] {30, 80}) {
      Arrays.fill(residuals, from, from + 8, 5 * HEALTHY);
    }

    AaReport report = report(residuals, 60_000, SETTINGS);
    double most =
        report.points().stream().mapToDouble(AaReport.Point::evidenceLog10).max().orElseThrow();
    assertThat(report.alarms()).isEqualTo(2);
    assertThat(report.largestEvidenceLog10()).isEqualTo(most).isGreaterThan(4);
    assertThat(report.points().get(PANES - 1).evidenceLog10()).isLessThan(1);
  }
}
