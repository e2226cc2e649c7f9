package dev.parallax.core.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureMomentsTest {

  /** Rounding of sums of fourth powers about the mean. */
  private static final double IDENTITY = 1e-10;

  private static PairedRows pairs(int n, int p, int q, long seed) {
    double[][] x = GaussianRows.of(n, p, seed);
    double[][] y = GaussianRows.of(n, q, -seed);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < Math.min(p, q); j++) {
        y[i][j] += 2 * x[i][j];
      }
    }
    return new PairedRows(RowMatrix.of(x), RowMatrix.of(y));
  }

  private static PairedRows part(PairedRows rows, int from, int to) {
    return new PairedRows(rows.production().rows(from, to), rows.reference().rows(from, to));
  }

  @ParameterizedTest(name = "{0} pairs, widths {1} and {2}")
  @CsvSource({"4, 1, 1", "5, 3, 1", "7, 16, 3", "64, 7, 127", "127, 16, 16", "300, 48, 3"})
  void theFeatureSpaceFormIsTheGramForm(int n, int p, int q) {
    PairedRows rows = pairs(n, p, q, n);
    FeatureMoments moments = FeatureMoments.of(rows);
    LinearCka cka = LinearCka.of(rows.production(), rows.reference());
    HsicTriple hsic = DebiasedHsic.of(rows.production(), rows.reference());

    assertThat(moments.biasedCka().asOptional().orElseThrow())
        .isCloseTo(cka.biased().asOptional().orElseThrow(), within(IDENTITY));
    assertThat(moments.debiasedCka().asOptional().orElseThrow())
        .isCloseTo(cka.debiased().asOptional().orElseThrow(), within(IDENTITY));
    assertThat(moments.debiasedHsic().xx()).isCloseTo(hsic.xx(), within(IDENTITY * hsic.xx()));
    assertThat(moments.debiasedHsic().yy()).isCloseTo(hsic.yy(), within(IDENTITY * hsic.yy()));
    assertThat(moments.debiasedHsic().xy())
        .isCloseTo(hsic.xy(), within(IDENTITY * Math.sqrt(hsic.xx() * hsic.yy())));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void anySplitMergedInAnyOrderIsOnePass(long seed) {
    PairedRows rows = pairs(400, 9, 6, seed);
    FeatureMoments onePass = FeatureMoments.of(rows);
    List<FeatureMoments> panes = new ArrayList<>();
    Random random = new Random(seed);
    for (int from = 0; from < 400; ) {
      int to = Math.min(400, from + random.nextInt(60));
      panes.add(FeatureMoments.of(part(rows, from, to)));
      from = to;
    }
    Collections.shuffle(panes, random);

    FeatureMoments merged = panes.stream().reduce(FeatureMoments::plus).orElseThrow();

    assertSame(merged, onePass, 1e-12);
  }

  @Test
  void mergingCommutesAndAssociates() {
    PairedRows rows = pairs(90, 5, 4, 11);
    FeatureMoments a = FeatureMoments.of(part(rows, 0, 20));
    FeatureMoments b = FeatureMoments.of(part(rows, 20, 50));
    FeatureMoments c = FeatureMoments.of(part(rows, 50, 90));

    assertSame(a.plus(b), b.plus(a), 1e-12);
    assertSame(a.plus(b).plus(c), a.plus(b.plus(c)), 1e-12);
  }

  @Test
  void panesWithOneOriginAddBitForBitInAnyOrderOfTwo() {
    PairedRows rows = pairs(90, 5, 4, 12);
    double[] x = new double[5];
    double[] y = new double[4];
    FeatureMoments a = FeatureMoments.of(part(rows, 0, 40), x, y);
    FeatureMoments b = FeatureMoments.of(part(rows, 40, 90), x, y);

    assertSame(a.plus(b), b.plus(a), 0);
  }

  @Test
  void noRowsAddNothing() {
    PairedRows rows = pairs(30, 3, 2, 13);
    FeatureMoments some = FeatureMoments.of(rows);

    assertSame(some.plus(FeatureMoments.of(part(rows, 0, 0), some.meanX(), some.meanY())), some, 0);
  }

  /** The origin is wrong by r standard deviations; figures about the mean keep their digits. */
  @ParameterizedTest(name = "{0} spreads away: within {1}")
  @CsvSource({"0, 1e-13", "1, 1e-13", "10, 1e-9", "100, 1e-6"})
  void aStaleOriginCostsDigitsAsItsDistanceToTheFourth(double away, double tolerance) {
    PairedRows rows = pairs(512, 12, 12, 14);
    double[] origin = new double[12];
    Arrays.fill(origin, away);

    double stale = FeatureMoments.of(rows, origin, origin).debiasedCka().asOptional().orElseThrow();

    assertThat(stale)
        .isCloseTo(
            FeatureMoments.of(rows).debiasedCka().asOptional().orElseThrow(), within(tolerance));
  }

  @Test
  void meansThatMoveBetweenPanesAreSeen() {
    PairedRows rows = pairs(512, 6, 6, 15);
    double[][] y = rows.reference().toRows();
    for (int i = 256; i < 512; i++) {
      for (int j = 0; j < 6; j++) {
        y[i][j] += 40;
      }
    }
    PairedRows moved = new PairedRows(rows.production(), RowMatrix.of(y));

    FeatureMoments panes =
        FeatureMoments.of(part(moved, 0, 256)).plus(FeatureMoments.of(part(moved, 256, 512)));

    double within = FeatureMoments.of(rows).debiasedCka().asOptional().orElseThrow();
    assertThat(panes.debiasedCka().asOptional().orElseThrow()).isLessThan(0.1 * within);
  }

  @Test
  void theSumsOfCentredProductsAreThoseOfTheRows() {
    PairedRows rows = pairs(50, 3, 2, 16);
    FeatureMoments moments =
        FeatureMoments.of(part(rows, 0, 20)).plus(FeatureMoments.of(part(rows, 20, 50)));
    double[] meanX = moments.meanX();
    double[] meanY = moments.meanY();
    double expected = 0;
    for (int i = 0; i < 50; i++) {
      expected +=
          (rows.production().get(i, 2) - meanX[2]) * (rows.reference().get(i, 1) - meanY[1]);
    }

    assertThat(moments.centredProductsXy()[2][1]).isCloseTo(expected, within(1e-11));
    assertThat(moments.centredProductsX()).hasDimensions(3, 3);
    assertThat(moments.centredProductsY()).hasDimensions(2, 2);
  }

  @Test
  void aConstantSideHasNoCka() {
    double[][] constant = new double[10][3];
    Arrays.stream(constant).forEach(row -> Arrays.fill(row, 0.1));
    PairedRows rows =
        new PairedRows(RowMatrix.of(constant), RowMatrix.of(GaussianRows.of(10, 4, 17)));

    assertUndefined(FeatureMoments.of(rows).biasedCka(), Statistic.Cause.DEGENERATE);
    assertUndefined(FeatureMoments.of(rows).debiasedCka(), Statistic.Cause.DEGENERATE);
  }

  @Test
  void oneRowThatAloneDiffersHasNoDebiasedCka() {
    double[][] x = GaussianRows.of(40, 3, 21);
    Arrays.fill(x, x[0]);
    x[4] = new double[] {0.1, 0.2, 0.3};
    PairedRows rows = new PairedRows(RowMatrix.of(x), RowMatrix.of(GaussianRows.of(40, 4, 18)));

    FeatureMoments merged =
        FeatureMoments.of(part(rows, 0, 13)).plus(FeatureMoments.of(part(rows, 13, 40)));

    assertThat(merged.debiasedHsic().xx()).as("only rounding, but some").isNotZero();
    assertUndefined(merged.debiasedCka(), Statistic.Cause.DEGENERATE);
  }

  @Test
  void tooFewPairsAreSaid() {
    PairedRows rows = pairs(3, 2, 2, 19);

    assertThat(FeatureMoments.of(rows).biasedCka()).isInstanceOf(Statistic.Stated.class);
    assertUndefined(FeatureMoments.of(rows).debiasedCka(), Statistic.Cause.TOO_FEW_PAIRS);
    assertUndefined(FeatureMoments.of(part(rows, 0, 1)).biasedCka(), Statistic.Cause.TOO_FEW_PAIRS);
  }

  @Test
  void otherWidthsAreRefused() {
    FeatureMoments three = FeatureMoments.of(pairs(10, 3, 2, 20));
    FeatureMoments four = FeatureMoments.of(pairs(10, 4, 2, 20));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> three.plus(four))
        .withMessage("expected width 4, got 3");
  }

  private static void assertUndefined(Statistic statistic, Statistic.Cause cause) {
    assertThat(statistic)
        .isInstanceOfSatisfying(
            Statistic.Undefined.class, u -> assertThat(u.cause()).isEqualTo(cause));
  }

  /** Every sum, about the same origins, within a share of the size of its terms. */
  private static void assertSame(FeatureMoments a, FeatureMoments b, double tolerance) {
    FeatureMoments moved = a.about(b.meanX(), b.meanY());
    FeatureMoments centred = b.about(b.meanX(), b.meanY());
    assertThat(a.count()).isEqualTo(b.count());
    assertNear(a.meanX(), b.meanX(), tolerance);
    assertNear(a.meanY(), b.meanY(), tolerance);
    for (int i = 0; i < b.centredProductsX().length; i++) {
      double scale = b.count();
      assertNear(a.centredProductsX()[i], b.centredProductsX()[i], tolerance * scale);
      assertNear(a.centredProductsXy()[i], b.centredProductsXy()[i], tolerance * scale);
    }
    HsicTriple one = moved.debiasedHsic();
    HsicTriple other = centred.debiasedHsic();
    assertThat(one.xx()).isCloseTo(other.xx(), within(tolerance * other.xx()));
    assertThat(one.yy()).isCloseTo(other.yy(), within(tolerance * other.yy()));
    assertThat(one.xy())
        .isCloseTo(other.xy(), within(tolerance * Math.sqrt(other.xx() * other.yy())));
  }

  private static void assertNear(double[] a, double[] b, double tolerance) {
    assertThat(a).hasSameSizeAs(b);
    for (int j = 0; j < a.length; j++) {
      assertThat(a[j]).isCloseTo(b[j], within(tolerance));
    }
  }
}
