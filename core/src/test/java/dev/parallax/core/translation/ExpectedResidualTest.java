package dev.parallax.core.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ExpectedResidualTest {

  private static final int Q = 4;
  private static final int STRATA = 2;
  private static final float[] ORIGIN = {1, 0, -1, 2};

  /** What the fit knows of an input, and its residual. */
  private record Input(float[] reference, double leverage, int stratum) {}

  /** Inputs of which a share {@code second} lies in the second stratum. */
  private static Input[] inputs(int n, double second, long seed) {
    Random random = new Random(seed);
    float[][] rows = Rows.gaussian(n, Q, seed);
    Input[] inputs = new Input[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < Q; j++) {
        rows[i][j] += ORIGIN[j];
      }
      inputs[i] =
          new Input(rows[i], 1 + 0.3 * random.nextGaussian(), random.nextDouble() < second ? 1 : 0);
    }
    return inputs;
  }

  private static float[][] references(Input[] inputs) {
    return Arrays.stream(inputs).map(Input::reference).toArray(float[][]::new);
  }

  private static RowResiduals leverage(Input[] inputs) {
    return rows(inputs, Input::leverage);
  }

  private static RowResiduals rows(Input[] inputs, ToDoubleFunction<Input> value) {
    return new RowResiduals(
        Arrays.stream(inputs).mapToDouble(value).toArray(),
        Arrays.stream(inputs).mapToInt(Input::stratum).toArray());
  }

  private static PaneFeatures features(Input[] inputs) {
    return PaneFeatures.of(references(inputs), leverage(inputs), ORIGIN, STRATA);
  }

  private static ExpectedResidualSums sums(Input[] inputs, ToDoubleFunction<Input> residual) {
    return new ExpectedResidualSums(Q, STRATA)
        .plus(inputs.length, references(inputs), rows(inputs, residual), leverage(inputs), ORIGIN);
  }

  /** Rises along the second entry and with the leverage, and is higher in the second stratum. */
  private static double planted(Input input) {
    return 0.8
        + 0.2 * input.reference()[1]
        + 0.1 * (input.leverage() - 1)
        + (input.stratum() == 1 ? 0.4 : 0);
  }

  @Test
  void theFitFindsADependenceOnTheInputsUpToItsPenalty() {
    double[] coefficients =
        sums(inputs(8_000, 0.5, 1), ExpectedResidualTest::planted).fit().coefficients();

    // λ is a tenth of the mean variance of a feature: (4 + 0.09 + 0.25 + 0.25)/7 = 0.066. An entry
    // of variance 1 is shrunk by 1/1.066, the leverage by 0.09/0.156, the difference of the
    // indicators, whose variance is 0.5, by 0.5/0.566. The rest is chance at 8,000 rows.
    assertThat(coefficients[0]).isCloseTo(0, within(0.01));
    assertThat(coefficients[1]).isCloseTo(0.2 / 1.066, within(0.01));
    assertThat(coefficients[Q]).isCloseTo(0.1 * 0.09 / 0.156, within(0.02));
    assertThat(coefficients[Q + 2] - coefficients[Q + 1])
        .isCloseTo(0.4 * 0.5 / 0.566, within(0.02));
  }

  @Test
  void aChangeOfTheMixMovesTheResidualAndHardlyTheAdjustedOne() {
    ExpectedResidual expected = sums(inputs(8_000, 0.5, 1), ExpectedResidualTest::planted).fit();
    Input[] usual = inputs(8_000, 0.5, 2);
    Input[] otherMix = inputs(8_000, 0.95, 3);
    for (Input input : otherMix) {
      input.reference()[1] += 0.5f;
    }
    double before = rows(usual, ExpectedResidualTest::planted).mean();
    double after = rows(otherMix, ExpectedResidualTest::planted).mean();
    double adjustedBefore = expected.adjusted(before, features(usual));
    double adjustedAfter = expected.adjusted(after, features(otherMix));

    assertThat(after - before).isGreaterThan(0.25);
    assertThat(Math.abs(adjustedAfter - adjustedBefore)).isLessThan(0.15 * (after - before));
  }

  @Test
  void aRiseThatTheInputsDoNotExplainStaysWhole() {
    ExpectedResidual expected = sums(inputs(2_000, 0.5, 1), ExpectedResidualTest::planted).fit();
    Input[] pane = inputs(500, 0.8, 4);
    double mean = rows(pane, ExpectedResidualTest::planted).mean();

    assertThat(expected.adjusted(mean + 0.3, features(pane)))
        .isCloseTo(expected.adjusted(mean, features(pane)) + 0.3, within(1e-12));
  }

  @Test
  void overTheRowsOfTheFitTheAdjustedResidualIsTheResidual() {
    Input[] inputs = inputs(500, 0.3, 5);
    ExpectedResidual expected = sums(inputs, ExpectedResidualTest::planted).fit();
    double mean = rows(inputs, ExpectedResidualTest::planted).mean();

    assertThat(expected.adjusted(mean, features(inputs))).isCloseTo(mean, within(1e-12));
  }

  @Test
  void aResidualThatIsTheSameEverywhereDependsOnNothing() {
    assertThat(sums(inputs(300, 0.5, 6), input -> 0).fit().coefficients()).containsOnly(0);
    assertThat(sums(inputs(300, 0.5, 6), input -> 0.25).fit().coefficients())
        .usingComparatorWithPrecision(1e-12)
        .containsOnly(0);
  }

  @Test
  void inputsThatAreAllTheSameExplainNothing() {
    Input[] same = new Input[100];
    Arrays.fill(same, new Input(new float[] {1, 2, 3, 4}, 1, 0));

    assertThat(sums(same, input -> 0.5).fit().coefficients()).containsOnly(0);
  }

  @Test
  void panesAddUpToTheirRows() {
    Input[] inputs = inputs(400, 0.5, 7);
    Input[] first = Arrays.copyOf(inputs, 150);
    Input[] second = Arrays.copyOfRange(inputs, 150, 400);

    ExpectedResidualSums whole = sums(inputs, ExpectedResidualTest::planted);
    ExpectedResidualSums parts =
        sums(first, ExpectedResidualTest::planted)
            .plus(
                second.length,
                references(second),
                rows(second, ExpectedResidualTest::planted),
                leverage(second),
                ORIGIN);

    assertThat(parts.fit().coefficients()).containsExactly(whole.fit().coefficients());
    assertThat(parts.fit().meanFeatures()).containsExactly(whole.fit().meanFeatures());
  }

  @Test
  void sumsThatTakeAPaneLeaveTheOldOnesAlone() {
    ExpectedResidualSums before = sums(inputs(100, 0.5, 8), ExpectedResidualTest::planted);
    double[] fitted = before.fit().coefficients();
    Input[] more = inputs(100, 0.9, 9);

    before.plus(more.length, references(more), leverage(more), leverage(more), ORIGIN);

    assertThat(before.fit().coefficients()).containsExactly(fitted);
    assertThat(before.parts().rows()).isEqualTo(100);
  }

  @Test
  void onlyTheFirstRowsOfAPaneCountThatAreAskedFor() {
    Input[] inputs = inputs(300, 0.5, 10);
    RowResiduals residuals = rows(inputs, ExpectedResidualTest::planted);
    ExpectedResidualSums head =
        new ExpectedResidualSums(Q, STRATA)
            .plus(120, references(inputs), residuals, leverage(inputs), ORIGIN);

    assertThat(head.fit().coefficients())
        .containsExactly(
            sums(Arrays.copyOf(inputs, 120), ExpectedResidualTest::planted).fit().coefficients());
  }

  @Test
  void everyCoefficientNeedsAMean() {
    assertThatThrownBy(() -> new ExpectedResidual(new double[3], new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 2 and 3");
  }
}
