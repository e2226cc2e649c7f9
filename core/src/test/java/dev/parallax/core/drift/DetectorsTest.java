package dev.parallax.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The residual is 0.2 on the baseline and the margin a twentieth of it. */
class DetectorsTest {

  private static final double WORTHWHILE = 0.05 * HandMade.RESIDUAL;
  private static final DetectorPlan PLAN = plan(varied());

  private static Readings healthy() {
    return HandMade.healthy();
  }

  /** A pane whose residual varies by 1% and whose systematic part by 0.0005. */
  private static Readings varied(Random random) {
    return healthy()
        .with(Reading.RESIDUAL, HandMade.RESIDUAL + 0.002 * random.nextGaussian())
        .with(Reading.OFFSET, 0.0005 * random.nextGaussian())
        .with(Reading.LOG_NORM, 1 + 0.001 * random.nextGaussian())
        .with(Reading.TRAFFIC, 0.0005 * random.nextGaussian());
  }

  private static List<Readings> varied() {
    Random random = new Random(1);
    List<Readings> panes = new ArrayList<>();
    for (int i = 0; i < HandMade.HOLD_OUT_PANES; i++) {
      panes.add(varied(random));
    }
    return panes;
  }

  private static DetectorPlan plan(List<Readings> holdOut) {
    Map<Reading, HealthyRange> ranges = new EnumMap<>(Reading.class);
    for (Reading reading : healthy().asMap().keySet()) {
      ranges.put(
          reading,
          HealthyRange.of(holdOut.stream().map(pane -> pane.get(reading).orElseThrow()).toList()));
    }
    return DetectorPlan.of(HandMade.baseline(ranges, holdOut).holdOutReadings(), Follower.SETTINGS);
  }

  private static Detectors after(Detectors before, int panes, Readings each) {
    Detectors detectors = before;
    for (int i = 0; i < panes; i++) {
      detectors = detectors.next(PLAN, each, i * 60_000L);
    }
    return detectors;
  }

  private static Detectors after(int panes, Readings each) {
    return after(Detectors.start(PLAN), panes, each);
  }

  private static double value(EDetector detector) {
    return Math.pow(10, detector.evidenceLog10());
  }

  @Test
  void eachTestedMeanLiesTheMarginAboveTheHealthyOne() {
    // Two standard errors of 20 panes are less than the margin here.
    assertThat(PLAN.residual().mean()).isCloseTo(HandMade.RESIDUAL + WORTHWHILE, within(0.001));
    assertThat(PLAN.offset().mean()).isCloseTo(WORTHWHILE, within(0.0005));
    assertThat(PLAN.norm().mean()).isCloseTo(0.1, within(0.002));
    assertThat(PLAN.traffic().mean()).isCloseTo(0.004, within(0.0005));
  }

  @Test
  void aBaselineThatVariesALotIsTestedTwoStandardErrorsAboveItsMean() {
    List<Readings> panes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      panes.add(healthy().with(Reading.RESIDUAL, i % 2 == 0 ? 0.1 : 0.3));
    }

    double standardError = Math.sqrt(20 * 0.01 / 19) / Math.sqrt(20);
    assertThat(plan(panes).residual().mean()).isCloseTo(0.2 + 2 * standardError, within(1e-12));
  }

  @Test
  void theEvidenceIsTheMeanOfTheThreeTestsThatPage() {
    Detectors risen = after(6, healthy().with(Reading.RESIDUAL, 0.24).with(Reading.OFFSET, 0.02));

    assertThat(risen.residual().evidenceLog10()).isGreaterThan(1);
    assertThat(risen.offset().evidenceLog10())
        .isGreaterThan(0.5)
        .isNotEqualTo(risen.residual().evidenceLog10());
    assertThat(risen.norm().evidenceLog10()).isLessThan(0.5);
    assertThat(risen.evidenceLog10())
        .isCloseTo(
            Math.log10((value(risen.residual()) + value(risen.offset()) + value(risen.norm())) / 3),
            within(1e-12));
  }

  @Test
  void anyOneOfTheThreePages() {
    assertThat(after(30, healthy().with(Reading.RESIDUAL, 0.24)).evidenceLog10()).isGreaterThan(4);
    assertThat(after(30, healthy().with(Reading.OFFSET, 0.04)).evidenceLog10()).isGreaterThan(4);
    assertThat(after(30, healthy().with(Reading.LOG_NORM, 1.5)).evidenceLog10()).isGreaterThan(4);
    assertThat(after(30, healthy().with(Reading.LOG_NORM, 0.5)).evidenceLog10()).isGreaterThan(4);
  }

  @Test
  void trafficNeverPages() {
    Detectors shifted = after(50, healthy().with(Reading.TRAFFIC, 0.05));

    assertThat(shifted.traffic().evidenceLog10()).isGreaterThan(4);
    assertThat(shifted.evidenceLog10()).isEqualTo(after(50, healthy()).evidenceLog10());
    assertThat(shifted.warns()).isFalse();
  }

  @Test
  void healthyPanesDoNotPage() {
    Detectors detectors = Detectors.start(PLAN);
    Random random = new Random(2);
    for (int i = 0; i < 2_000; i++) {
      detectors = detectors.next(PLAN, varied(random), i);
      // A page takes 3; what the smallest bet keeps of so many panes is about 1.
      assertThat(detectors.evidenceLog10()).isLessThan(1.5);
    }
    assertThat(detectors.warns()).isFalse();
  }

  @Test
  void aPaneOfUnfamiliarInputsIsNotTestedButItsTrafficIs() {
    Detectors before = after(5, healthy());
    Readings unfamiliar =
        healthy()
            .with(Reading.RESIDUAL, 5)
            .with(Reading.OFFSET, 5)
            .with(Reading.LOG_NORM, 9)
            .with(Reading.TRAFFIC, 0.5)
            .with(Reading.NOVELTY, 1.3);
    Detectors after = after(before, 20, unfamiliar);

    assertThat(after.residual()).isSameAs(before.residual());
    assertThat(after.offset()).isSameAs(before.offset());
    assertThat(after.norm()).isSameAs(before.norm());
    assertThat(after.evidenceLog10()).isEqualTo(before.evidenceLog10());
    assertThat(after.warns()).isFalse();
    assertThat(after.traffic().evidenceLog10()).isGreaterThan(4);
    assertThat(after(before, 20, unfamiliar.with(Reading.NOVELTY, 1.29)).evidenceLog10())
        .isGreaterThan(4);
  }

  @Test
  void inputsSomewhatFartherOutMayRaiseTheResidualThriceAsMuch() {
    assertThat(Detectors.allowance(healthy())).isZero();
    assertThat(Detectors.allowance(healthy().with(Reading.NOVELTY, 0.9))).isZero();
    assertThat(Detectors.allowance(healthy().with(Reading.NOVELTY, 1.02))).isZero();
    assertThat(Detectors.allowance(healthy().with(Reading.NOVELTY, 1.12)))
        .isCloseTo(0.3, within(1e-12));

    Readings risen = healthy().with(Reading.RESIDUAL, 0.25).with(Reading.OFFSET, 0.05);
    assertThat(after(30, risen).evidenceLog10()).isGreaterThan(4);
    assertThat(after(30, risen.with(Reading.NOVELTY, 1.12)).evidenceLog10())
        .isLessThanOrEqualTo(after(30, healthy()).evidenceLog10());
    assertThat(PLAN.isRaised(risen)).isTrue();
    assertThat(PLAN.isRaised(risen.with(Reading.NOVELTY, 1.12))).isFalse();
  }

  @Test
  void aMissingTrafficFigureLeavesItsTestAlone() {
    Map<Reading, Double> values = new EnumMap<>(healthy().asMap());
    values.remove(Reading.TRAFFIC);
    Detectors before = after(20, healthy().with(Reading.TRAFFIC, 0.05));

    assertThat(after(before, 1, Readings.of(values)).traffic()).isSameAs(before.traffic());
  }

  @Test
  void theChangeIsDatedByTheTestWithTheMostEvidence() {
    Detectors quiet = after(10, healthy());
    assertThat(quiet.estimatedChange()).isEmpty();

    Detectors detectors = quiet;
    for (int pane = 10; pane < 20; pane++) {
      detectors = detectors.next(PLAN, healthy().with(Reading.LOG_NORM, 3), pane * 60_000L);
    }
    assertThat(detectors.residual().estimatedChange()).isEmpty();
    assertThat(detectors.estimatedChange()).hasValue(10 * 60_000L);
  }

  @Test
  void aCauseIsOverAfterFiveCalmPanesInARow() {
    Detectors risen = after(20, healthy().with(Reading.RESIDUAL, 0.3));
    assertThat(risen.isOver()).isFalse();
    assertThat(after(risen, 4, healthy()).isOver()).isFalse();
    assertThat(after(risen, 5, healthy()).isOver()).isTrue();
  }

  @Test
  void oneTestThatIsNotCalmKeepsTheCauseAlive() {
    Detectors risen = after(20, healthy().with(Reading.RESIDUAL, 0.3));

    assertThat(after(risen, 9, healthy().with(Reading.LOG_NORM, 2)).isOver()).isFalse();
    assertThat(after(risen, 9, healthy().with(Reading.OFFSET, 0.1)).isOver()).isFalse();
  }

  @Test
  void restartedTestsHaveSeenNothingAndTrafficGoesOn() {
    Readings all =
        healthy()
            .with(Reading.RESIDUAL, 0.3)
            .with(Reading.OFFSET, 0.1)
            .with(Reading.LOG_NORM, 2)
            .with(Reading.TRAFFIC, 0.05);
    Detectors risen = after(20, all);
    assertThat(risen.warns()).isTrue();

    Detectors restarted = risen.restarted();
    assertThat(restarted.evidenceLog10()).isZero();
    assertThat(restarted.estimatedChange()).isEmpty();
    assertThat(restarted.warns()).isFalse();
    assertThat(restarted.traffic()).isSameAs(risen.traffic());
    assertThat(after(restarted, 20, all).evidenceLog10()).isEqualTo(risen.evidenceLog10());

    Detectors trafficRestarted = risen.withTrafficRestarted();
    assertThat(trafficRestarted.traffic().evidenceLog10()).isZero();
    assertThat(trafficRestarted.evidenceLog10()).isEqualTo(risen.evidenceLog10());
    assertThat(trafficRestarted.warns()).isTrue();
  }

  @Test
  void theFastLaneWarnsOfResidualAndOffsetBeforeTheEvidencePages() {
    for (Readings risen :
        List.of(healthy().with(Reading.RESIDUAL, 0.24), healthy().with(Reading.OFFSET, 0.03))) {
      Detectors two = after(2, risen);

      assertThat(two.warns()).isTrue();
      assertThat(two.evidenceLog10()).isLessThan(3);
      assertThat(after(two, 40, healthy()).warns()).isFalse();
    }
  }
}
