package dev.parallax.core.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StratumResidualsTest {

  /** Each stratum's rows all have the same residual. */
  private static StratumResiduals of(long[] counts, double... levels) {
    double[] sums = new double[counts.length];
    for (int s = 0; s < sums.length; s++) {
      sums[s] = counts[s] * levels[s];
    }
    return StratumResiduals.of(counts, sums);
  }

  private static long[] counts(long... counts) {
    return counts;
  }

  @Test
  void aChangeOfTheMixAloneMovesTheMeanButNotTheStratifiedOne() {
    StratumResiduals baseline = of(counts(500, 500), 0.1, 0.3);
    StratumResiduals otherMix = of(counts(900, 100), 0.1, 0.3);

    assertThat(baseline.mean().orElseThrow()).isCloseTo(0.2, within(1e-15));
    assertThat(otherMix.mean().orElseThrow()).isCloseTo(0.12, within(1e-15));
    assertThat(otherMix.stratifiedMean(baseline).orElseThrow()).isCloseTo(0.2, within(1e-15));
  }

  @Test
  void aChangeInsideAStratumMovesTheStratifiedMeanByTheBaselinesShare() {
    StratumResiduals baseline = of(counts(750, 250), 0.1, 0.3);
    StratumResiduals moved = of(counts(10, 990), 0.1, 0.7);

    assertThat(moved.stratifiedMean(baseline).orElseThrow())
        .isCloseTo(0.75 * 0.1 + 0.25 * 0.7, within(1e-15));
  }

  @Test
  void aStratumWithoutRowsCountsAsOnTheBaseline() {
    StratumResiduals baseline = of(counts(600, 400), 0.1, 0.3);
    StratumResiduals onlyFirst = of(counts(50, 0), 0.2, 0);

    assertThat(onlyFirst.mean(1)).isEmpty();
    assertThat(onlyFirst.stratifiedMean(baseline).orElseThrow())
        .isCloseTo(0.6 * 0.2 + 0.4 * 0.3, within(1e-15));
  }

  @Test
  void rowsWhereTheBaselineHadNoneHaveNoWeight() {
    StratumResiduals baseline = of(counts(100, 0), 0.1, 0);
    StratumResiduals elsewhere = of(counts(0, 100), 0, 9);

    assertThat(elsewhere.mean()).hasValue(9);
    assertThat(elsewhere.stratifiedMean(baseline).orElseThrow()).isCloseTo(0.1, within(1e-15));
  }

  @Test
  void ofItselfTheStratifiedMeanIsTheMean() {
    StratumResiduals residuals = of(counts(3, 0, 8), 0.5, 0, 0.25);

    assertThat(residuals.stratifiedMean(residuals).orElseThrow())
        .isCloseTo(residuals.mean().orElseThrow(), within(1e-15));
  }

  @Test
  void withoutRowsThereIsNoMean() {
    StratumResiduals none = new StratumResiduals(2);
    StratumResiduals some = of(counts(1, 1), 1, 1);

    assertThat(none.mean()).isEmpty();
    assertThat(none.mean(0)).isEmpty();
    assertThat(none.stratifiedMean(some)).isEmpty();
    assertThat(some.stratifiedMean(none)).isEmpty();
  }

  @Test
  void aCopyIsNotChangedByWhatIsAddedToTheOther() {
    StratumResiduals residuals = of(counts(1, 2), 1, 2);
    StratumResiduals copy = residuals.copy();
    residuals.add(0, 5);
    residuals.add(copy);

    assertThat(copy.count()).isEqualTo(3);
    assertThat(residuals.count()).isEqualTo(7);
    assertThat(residuals.count(0)).isEqualTo(3);
    assertThat(residuals.sum(0)).isEqualTo(7);
    assertThat(residuals.sum(1)).isEqualTo(8);
  }

  @Test
  void anotherNumberOfStrataIsRefused() {
    StratumResiduals two = new StratumResiduals(2);
    StratumResiduals three = new StratumResiduals(3);

    assertThatThrownBy(() -> two.add(three)).hasMessage("expected 2 strata, got 3");
    assertThatThrownBy(() -> three.stratifiedMean(two)).hasMessage("expected 3 strata, got 2");
    assertThatThrownBy(() -> StratumResiduals.of(new long[2], new double[3]))
        .hasMessage("expected as many sums as counts, got 3 and 2");
  }
}
