package dev.parallax.core.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.PermutationTest.Outcome;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermutationTestTest {

  private static final BiFunction<RowMatrix, RowMatrix, Statistic> DEBIASED =
      (x, y) -> LinearCka.of(x, y).debiased();

  private static PairedRows unrelated(long seed) {
    return new PairedRows(
        RowMatrix.of(GaussianRows.of(24, 5, seed)), RowMatrix.of(GaussianRows.of(24, 6, -seed)));
  }

  @Test
  void alignedRowsAreAboveTheFloorWithTheSmallestP() {
    double[][] rows = GaussianRows.of(40, 5, 1);
    PairedRows pairs =
        new PairedRows(RowMatrix.of(rows), RowMatrix.of(GaussianRows.noisy(rows, 0.5, 2)));
    Outcome.Stated ours = (Outcome.Stated) new PermutationTest(99, 0.05, 3).of(pairs, DEBIASED);
    assertThat(ours.p()).isEqualTo(0.01);
    assertThat(ours.isAboveFloor()).isTrue();
    assertThat(ours.observed())
        .isEqualTo(
            DEBIASED.apply(pairs.production(), pairs.reference()).asOptional().orElseThrow());
    assertThat(ours.nullMean()).isCloseTo(0, within(0.05));
  }

  @Test
  void theFloorOfBiasedCkaIsFarAboveZero() {
    PairedRows pairs =
        new PairedRows(
            RowMatrix.of(GaussianRows.of(64, 384, 4)), RowMatrix.of(GaussianRows.of(64, 384, 5)));
    Outcome.Stated ours =
        (Outcome.Stated)
            new PermutationTest(39, 0.05, 6).of(pairs, (x, y) -> LinearCka.of(x, y).biased());
    assertThat(ours.observed()).isGreaterThan(0.8);
    assertThat(ours.nullMean()).isGreaterThan(0.8);
    assertThat(ours.floor()).isGreaterThan(ours.nullMean());
  }

  @Test
  void unrelatedRowsReachTheLevelAsOftenAsItSays() {
    int reached = 0;
    for (long seed = 1; seed <= 400; seed++) {
      Outcome.Stated ours =
          (Outcome.Stated) new PermutationTest(19, 0.1, seed).of(unrelated(seed), DEBIASED);
      reached += ours.p() <= 0.1 ? 1 : 0;
    }
    // 40 expected, with a deviation of 6.
    assertThat(reached).isBetween(22, 58);
  }

  @ParameterizedTest(name = "{0} permutations at level {1}")
  @CsvSource({"19, 0.05", "20, 0.05", "99, 0.05", "9, 0.1", "10, 0.3", "1, 0.5", "7, 0.9"})
  void aValueIsAboveTheFloorExactlyWhenPReachesTheLevel(int permutations, double level) {
    for (long seed = 1; seed <= 60; seed++) {
      Outcome.Stated ours =
          (Outcome.Stated)
              new PermutationTest(permutations, level, seed).of(unrelated(seed), DEBIASED);
      assertThat(ours.isAboveFloor()).isEqualTo(ours.p() <= level);
    }
  }

  @Test
  void aStatisticThatDoesNotLookAtThePairingHasAPOfOne() {
    Outcome ours =
        new PermutationTest(19, 0.05, 7).of(unrelated(8), (x, y) -> new Statistic.Stated(0.25));
    assertThat(ours).isEqualTo(new Outcome.Stated(0.25, 1, 0.25, 0.25));
  }

  @Test
  void theSeedDecidesAll() {
    PairedRows pairs = unrelated(9);
    Outcome first = new PermutationTest(19, 0.05, 10).of(pairs, DEBIASED);
    assertThat(new PermutationTest(19, 0.05, 10).of(pairs, DEBIASED)).isEqualTo(first);
    assertThat(new PermutationTest(19, 0.05, 11).of(pairs, DEBIASED)).isNotEqualTo(first);
  }

  @Test
  void whatIsUndefinedStaysSo() {
    PairedRows constant =
        new PairedRows(RowMatrix.of(GaussianRows.of(9, 2, 12)), RowMatrix.of(new double[9][2]));
    assertThat(new PermutationTest(19, 0.05, 13).of(constant, DEBIASED))
        .isInstanceOfSatisfying(
            Outcome.Undefined.class,
            none -> assertThat(none.reason().cause()).isEqualTo(Statistic.Cause.NO_VARIANCE));
  }

  @Test
  void refusesALevelThatNoPReaches() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PermutationTest(18, 0.05, 1))
        .withMessage("permutations=18: expected 19 or more for level 0.05");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PermutationTest(18, 0, 1))
        .withMessage("level=0.0: expected above 0 and below 1");
  }
}
