package dev.parallax.core.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.CentredRows;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.matrix.RowNormalisation;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinearCkaTest {

  private static LinearCka cka(double[][] x, double[][] y) {
    return LinearCka.of(RowMatrix.of(x), RowMatrix.of(y));
  }

  private static double biased(double[][] x, double[][] y) {
    return cka(x, y).biased().asOptional().orElseThrow();
  }

  private static double debiased(double[][] x, double[][] y) {
    return cka(x, y).debiased().asOptional().orElseThrow();
  }

  @Nested
  class Laws {

    /** Below and above p + q, so that both forms of evaluation are met. */
    @ParameterizedTest(name = "{0} rows")
    @ValueSource(ints = {4, 7, 63, 64, 65, 130, 400})
    void isOneForASpaceAndItsRotationShiftAndScale(int n) {
      double[][] x = GaussianRows.of(n, 33, n);
      double[][] moved = GaussianRows.affine(GaussianRows.rotated(x, 5), -0.37, 2.5);
      assertThat(biased(x, moved)).isCloseTo(1, within(1e-12));
      assertThat(debiased(x, moved)).isCloseTo(1, within(1e-12));
    }

    @ParameterizedTest(name = "{0} rows")
    @ValueSource(ints = {5, 64, 300})
    void isSymmetric(int n) {
      double[][] x = GaussianRows.of(n, 17, 1);
      double[][] y = GaussianRows.noisy(GaussianRows.rotated(x, 2), 1, 3);
      assertThat(biased(x, y)).isCloseTo(biased(y, x), within(1e-14));
      assertThat(debiased(x, y)).isCloseTo(debiased(y, x), within(1e-14));
    }

    @ParameterizedTest(name = "{0} rows")
    @ValueSource(ints = {5, 64, 300})
    void isUnchangedByRotationShiftAndScaleOfEitherSide(int n) {
      double[][] x = GaussianRows.of(n, 17, 1);
      double[][] y = GaussianRows.noisy(x, 1, 3);
      double[][] moved = GaussianRows.affine(GaussianRows.rotated(y, 4), 1e-3, 7);
      // The shift is up to 1e5 times the spread: five of sixteen digits.
      assertThat(biased(x, moved)).isCloseTo(biased(x, y), within(1e-9));
      assertThat(debiased(x, moved)).isCloseTo(debiased(x, y), within(1e-9));
    }

    @ParameterizedTest(name = "{0} rows of widths {1} and {2}")
    @CsvSource({"4, 1, 1", "16, 3, 7", "63, 65, 1", "127, 16, 31", "200, 70, 130", "333, 5, 2"})
    void bothFormsOfEvaluationAgree(int n, int p, int q) {
      CentredRows x = CentredRows.of(RowMatrix.of(GaussianRows.of(n, p, 1)));
      CentredRows y = CentredRows.of(RowMatrix.of(GaussianRows.of(n, q, 2)));
      HsicSums rows = HsicSums.overRows(x, y);
      HsicSums features = HsicSums.overFeatures(x, y);
      double scale = Math.sqrt(rows.xx() * rows.yy());
      assertThat(features.xy()).isCloseTo(rows.xy(), within(1e-13 * scale));
      assertThat(features.xx()).isCloseTo(rows.xx(), within(1e-13 * rows.xx()));
      assertThat(features.yy()).isCloseTo(rows.yy(), within(1e-13 * rows.yy()));
      assertThat(features.debiasedXy()).isCloseTo(rows.debiasedXy(), within(1e-12 * scale));
      assertThat(features.debiasedXx()).isCloseTo(rows.debiasedXx(), within(1e-12 * rows.xx()));
      assertThat(features.debiasedYy()).isCloseTo(rows.debiasedYy(), within(1e-12 * rows.yy()));
    }

    @Test
    void debiasedIsTheRatioOfDebiasedHsic() {
      RowMatrix x = RowMatrix.of(GaussianRows.of(40, 9, 1));
      RowMatrix y = RowMatrix.of(GaussianRows.noisy(GaussianRows.of(40, 9, 1), 2, 2));
      HsicTriple h = DebiasedHsic.of(x, y);
      assertThat(LinearCka.of(x, y).debiased().asOptional().orElseThrow())
          .isCloseTo(h.xy() / Math.sqrt(h.xx() * h.yy()), within(1e-13));
    }
  }

  @Nested
  class Traps {

    @ParameterizedTest(name = "{0} rows, width {1}")
    @CsvSource({"64, 64", "64, 384", "256, 32", "512, 32"})
    void biasedReadsHighForUnrelatedSpacesAndDebiasedDoesNot(int n, int p) {
      double biased = 0;
      double debiased = 0;
      int repeats = 10;
      for (int seed = 0; seed < repeats; seed++) {
        double[][] x = GaussianRows.of(n, p, 2 * seed + 1);
        double[][] y = GaussianRows.of(n, p, 2 * seed + 2);
        biased += biased(x, y) / repeats;
        debiased += debiased(x, y) / repeats;
      }
      assertThat(biased).isCloseTo((double) p / (n + p), within(0.02));
      // One value has standard deviation √2/n; four of the mean's.
      assertThat(debiased).isCloseTo(0, within(4 * Math.sqrt(2.0 / repeats) / n));
    }

    @Test
    void aFractionOfWrongPairsScalesItBySquaredShareOfRightOnes() {
      double[][] x = GaussianRows.of(2000, 16, 1);
      double[][] y = GaussianRows.rotated(x, 2);
      double wrong = 0.3;
      int last = (int) (wrong * y.length);
      double[] first = y[0];
      System.arraycopy(y, 1, y, 0, last - 1);
      y[last - 1] = first;
      assertThat(debiased(x, y)).isCloseTo((1 - wrong) * (1 - wrong), within(0.02));
    }

    @Test
    void repeatedInputsInflateEvenTheDebiasedOne() {
      int n = 256;
      double[][] x = GaussianRows.of(n, 64, 1);
      double[][] y = GaussianRows.of(n, 64, 2);
      double unrelated = debiased(x, y);
      Random random = new Random(3);
      for (int i = n / 2; i < n; i++) {
        int original = random.nextInt(8);
        x[i] = x[original];
        y[i] = y[original];
      }
      assertThat(Math.abs(unrelated)).isLessThan(4 * Math.sqrt(2) / n);
      assertThat(debiased(x, y)).isGreaterThan(0.5);
    }

    @Test
    void oneFarRowRulesItUnlessRowsAreNormalised() {
      double[][] x = GaussianRows.of(512, 32, 1);
      double[][] y = GaussianRows.rotated(x, 2);
      for (int j = 0; j < 32; j++) {
        y[7][j] += j == 0 ? 30 * Math.sqrt(32) : 0;
      }
      RowMatrix unitX = RowMatrix.of(x).normalised(RowNormalisation.L2);
      RowMatrix unitY = RowMatrix.of(y).normalised(RowNormalisation.L2);
      assertThat(biased(x, y)).isLessThan(0.3);
      assertThat(LinearCka.of(unitX, unitY).debiased().asOptional().orElseThrow())
          .isGreaterThan(0.98);
    }
  }

  @Nested
  class Edges {

    @ParameterizedTest(name = "entries of about {0}")
    @ValueSource(doubles = {1e-300, 1e-160, 1e-40, 1e40, 1e160, 1e300})
    void hugeAndTinyMagnitudesCostNothing(double scale) {
      double[][] x = GaussianRows.of(50, 6, 1);
      double[][] y = GaussianRows.noisy(x, 1, 2);
      double[][] scaled = GaussianRows.affine(y, scale, 0);
      assertThat(biased(x, scaled)).isCloseTo(biased(x, y), within(1e-13));
      assertThat(debiased(x, scaled)).isCloseTo(debiased(x, y), within(1e-13));
    }

    @Test
    void aFarRowBeyondTheDigitsOfFeatureSpaceStillHasItsDebiasedValue() {
      double[][] x = GaussianRows.of(200, 4, 1);
      double[][] y = GaussianRows.copy(x);
      x[0][0] = 1e5;
      y[0][1] = 1e5;
      HsicTriple h = DebiasedHsic.of(RowMatrix.of(x), RowMatrix.of(y));
      assertThat(debiased(x, y))
          .isCloseTo(h.xy() / Math.sqrt(h.xx()) / Math.sqrt(h.yy()), within(1e-9));
    }

    @Test
    void twoPairsHaveABiasedValueOnly() {
      LinearCka two = cka(new double[][] {{1, 2}, {3, 5}}, new double[][] {{1}, {0}});
      assertThat(two.biased().asOptional().orElseThrow()).isCloseTo(1, within(1e-15));
      assertThat(two.debiased())
          .isEqualTo(
              new Statistic.Undefined(
                  Statistic.Cause.TOO_FEW_PAIRS, "expected 4 or more pairs, got 2"));
    }

    @ParameterizedTest(name = "{0} pairs")
    @ValueSource(ints = {0, 1})
    void noneOrOnePairHasNothing(int n) {
      LinearCka cka = cka(GaussianRows.of(n, 3, 1), GaussianRows.of(n, 3, 2));
      assertUndefined(cka, Statistic.Cause.TOO_FEW_PAIRS);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void anEntryThatIsNotFiniteLeavesBothUndefined(double entry) {
      double[][] x = GaussianRows.of(8, 3, 1);
      double[][] y = GaussianRows.of(8, 3, 2);
      y[5][2] = entry;
      assertUndefined(cka(x, y), Statistic.Cause.NOT_FINITE);
      RowMatrix unit = RowMatrix.of(y).normalised(RowNormalisation.L2);
      assertUndefined(LinearCka.of(RowMatrix.of(x), unit), Statistic.Cause.NOT_FINITE);
    }

    @Test
    void aConstantSideLeavesBothUndefinedAndIsNamed() {
      double[][] constant = GaussianRows.affine(new double[8][3], 1, 0.1);
      LinearCka cka = cka(GaussianRows.of(8, 3, 1), constant);
      assertThat(cka.debiased())
          .isEqualTo(
              new Statistic.Undefined(
                  Statistic.Cause.NO_VARIANCE,
                  "the reference matrix is constant: all its 8 rows are equal"));
      assertUndefined(cka, Statistic.Cause.NO_VARIANCE);
    }

    @Test
    void differencesOfTheLastDigitsAreReadExactly() {
      double[][] digits = wholeNumbers(40, 3, 1);
      double[][] y = GaussianRows.of(40, 3, 2);
      double[][] x = GaussianRows.affine(digits, Math.ulp(1.0), 0);
      for (double[] row : x) {
        Arrays.setAll(row, j -> 1 + row[j]);
      }
      assertThat(biased(x, y)).isCloseTo(biased(digits, y), within(1e-14));
      assertThat(debiased(x, y)).isCloseTo(debiased(digits, y), within(1e-14));
    }

    @Test
    void differencesBeyondTheLargestDoubleDoNotOverflow() {
      double[][] digits = wholeNumbers(40, 3, 1);
      double[][] y = GaussianRows.of(40, 3, 2);
      double[][] x = GaussianRows.affine(digits, Double.MAX_VALUE / 4, 0);
      assertThat(biased(x, y)).isCloseTo(biased(digits, y), within(1e-14));
      assertThat(debiased(x, y)).isCloseTo(debiased(digits, y), within(1e-14));
    }

    /** From −4 to 4. */
    private static double[][] wholeNumbers(int n, int width, long seed) {
      Random random = new Random(seed);
      double[][] rows = new double[n][width];
      for (double[] row : rows) {
        Arrays.setAll(row, j -> random.nextInt(9) - 4);
      }
      return rows;
    }

    @Test
    void rowsThatDifferOnlyInLengthAreConstantOnceNormalised() {
      double[][] x = new double[40][];
      double[] direction = GaussianRows.of(1, 384, 1)[0];
      for (int i = 0; i < x.length; i++) {
        x[i] = GaussianRows.affine(new double[][] {direction}, 1 + 0.37 * i, 0)[0];
      }
      RowMatrix unit = RowMatrix.of(x).normalised(RowNormalisation.L2);
      assertThat(RowMatrix.of(x).isConstant()).isFalse();
      assertUndefined(
          LinearCka.of(unit, RowMatrix.of(GaussianRows.of(40, 5, 2))), Statistic.Cause.NO_VARIANCE);
    }

    @Test
    void oneDifferentRowHasABiasedValueButNoDebiasedOne() {
      double[][] x = new double[300][3];
      x[17] = new double[] {1, 2, 3};
      LinearCka cka = cka(x, GaussianRows.of(300, 3, 1));
      assertThat(cka.biased().asOptional()).isPresent();
      assertThat(cka.debiased())
          .isInstanceOfSatisfying(
              Statistic.Undefined.class,
              undefined -> assertThat(undefined.cause()).isEqualTo(Statistic.Cause.DEGENERATE));
    }

    @Test
    void unpairedRowsAreRefused() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> cka(GaussianRows.of(4, 2, 1), GaussianRows.of(5, 2, 1)))
          .withMessage("expected as many production as reference rows, got 4 and 5");
    }

    private static void assertUndefined(LinearCka cka, Statistic.Cause cause) {
      for (Statistic statistic : new Statistic[] {cka.biased(), cka.debiased()}) {
        assertThat(statistic)
            .isInstanceOfSatisfying(
                Statistic.Undefined.class, it -> assertThat(it.cause()).isEqualTo(cause));
      }
    }
  }
}
