package dev.parallax.core.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.StratifiedCka.Mixed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two topics far apart; the model follows the reference well in one and badly in the other. */
class StratifiedCkaTest {

  private static final int WIDTH = 24;
  private static final int ROWS = 4096;
  private static final double[] EVEN = {0.5, 0.5};

  /** Standard error of CKA from 512 pairs here, measured at about 0.015; four of it. */
  private static final double SAMPLING = 0.06;

  private record Pane(float[][] live, float[][] reference, int[] strata) {

    double plain() {
      PairedRows rows = new PairedRows(RowMatrix.of(live), RowMatrix.of(reference));
      return ((Estimate.Stated) MiniBatchCka.of(rows, MiniBatchCka.DEFAULT_BATCH)).cka();
    }

    Mixed mixed(double... weights) {
      return StratifiedCka.of(live, reference, strata, weights).orElseThrow();
    }
  }

  /** Rows of which the first topic has a share; hash order is random, and so is this. */
  private static Pane pane(int rows, double first, long seed) {
    Random random = new Random(seed);
    List<Integer> strata = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      strata.add(i < first * rows ? 0 : 1);
    }
    Collections.shuffle(strata, random);
    float[][] live = new float[rows][WIDTH];
    float[][] reference = new float[rows][WIDTH];
    for (int i = 0; i < rows; i++) {
      double noise = strata.get(i) == 0 ? 0.2 : 2;
      for (int j = 0; j < WIDTH; j++) {
        reference[i][j] = (float) (random.nextGaussian() + (j == 0 ? 6 * strata.get(i) : 0));
        live[i][j] = (float) (reference[i][j] + noise * random.nextGaussian());
      }
    }
    return new Pane(live, reference, strata.stream().mapToInt(Integer::intValue).toArray());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void itIsPlainCkaWhereTheMixIsTheFixedOne(long seed) {
    for (double first : new double[] {0.5, 0.9}) {
      Pane pane = pane(ROWS, first, seed);
      Mixed mixed = pane.mixed(first, 1 - first);

      assertThat(mixed.cka()).isCloseTo(pane.plain(), within(SAMPLING));
      assertThat(mixed.covered()).isEqualTo(1);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void itStaysWhereTrafficMovesAndPlainCkaDoesNot(long seed) {
    Pane before = pane(ROWS, 0.5, seed);
    Pane after = pane(ROWS, 0.97, seed + 100);

    assertThat(Math.abs(after.plain() - before.plain())).isGreaterThan(3 * SAMPLING);
    assertThat(after.mixed(EVEN).cka()).isCloseTo(before.mixed(EVEN).cka(), within(SAMPLING));
  }

  @Test
  void strataWithTooFewRowsAreSkippedAndTheRestOfTheMixIsSaid() {
    Pane pane = pane(512, 0.97, 4);
    assertThat(Arrays.stream(pane.strata()).filter(s -> s == 1).count())
        .isLessThan(StratifiedCka.MIN_ROWS);

    assertThat(pane.mixed(3, 1).covered()).isEqualTo(0.75);
    assertThat(pane.mixed(3, 1))
        .as("of one stratum")
        .extracting(Mixed::cka)
        .isEqualTo(pane.mixed(3, 0).cka());
    assertThat(StratifiedCka.of(pane.live(), pane.reference(), pane.strata(), new double[] {0, 1}))
        .isEmpty();
  }

  @Test
  void aStratumThatABatchWouldTakeARowOfTwiceIsSkipped() {
    // 25 rows are enough of them, but not for the half of a batch.
    Pane pane = pane(500, 0.95, 4);

    assertThat(pane.mixed(EVEN).covered()).isEqualTo(0.5);
    assertThat(pane.mixed(3, 1).covered()).isEqualTo(1);
  }

  @Test
  void thereIsNoFigureOfLessThanABatchNorOfAModelThatDoesNotVary() {
    Pane few = pane(63, 0.5, 4);
    Pane pane = pane(512, 0.5, 4);

    assertThat(StratifiedCka.of(few.live(), few.reference(), few.strata(), EVEN)).isEmpty();
    assertThat(StratifiedCka.of(new float[512][WIDTH], pane.reference(), pane.strata(), EVEN))
        .isEmpty();
  }

  @Test
  void aPaneOfManyPairsCostsNoMoreThanOneOfEightBatches() {
    Pane many = pane(ROWS, 0.5, 4);
    Pane head =
        new Pane(
            Arrays.copyOf(many.live(), 700),
            Arrays.copyOf(many.reference(), 700),
            Arrays.copyOf(many.strata(), 700));

    assertThat(many.mixed(EVEN)).isEqualTo(head.mixed(EVEN));
  }
}
