package dev.parallax.core.probe;

import static dev.parallax.core.probe.ProbeVectors.cone;
import static dev.parallax.core.probe.ProbeVectors.cycle;
import static dev.parallax.core.probe.ProbeVectors.disturbed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.similarity.GaussianRows;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeComparisonTest {

  private static final double[][] HEALTHY = cone(64, 384, 0.5, 1);
  private static final ProbeBaseline BASELINE = quiet(HEALTHY);

  /** Of a model that answers to the bit alike. */
  private static ProbeBaseline quiet(double[][] rows) {
    ProbeCycle cycle = cycle(rows);
    return ProbeBaseline.of("set", List.of(cycle, cycle, cycle));
  }

  /** Twice, since once leaves e⁻⁴ of the identity. */
  private static double[][] turned(double[][] rows) {
    return GaussianRows.rotated(GaussianRows.rotated(rows, 714_025), 88_117);
  }

  private static ProbeComparison compared(double[][] rows) {
    return ProbeComparison.of(BASELINE, cycle(rows));
  }

  private static ProbeFigures figures(ProbeComparison comparison) {
    return comparison.figures().orElseThrow();
  }

  @Test
  void theSameAnswersAreUnchanged() {
    ProbeComparison same = compared(HEALTHY);

    assertThat(same.change()).isEqualTo(ProbeChange.UNCHANGED);
    assertThat(same.compared()).isEqualTo(64);
    assertThat(same.missing()).isZero();
    assertThat(figures(same).cosineMin()).isCloseTo(1, within(1e-12));
    assertThat(figures(same).rotation().getAsDouble()).isCloseTo(0, within(1e-9));
    assertThat(figures(same).residual().getAsDouble()).isCloseTo(0, within(1e-9));
  }

  @ParameterizedTest(name = "{0} probes of {1} dimensions")
  @CsvSource({"8,384", "64,384", "64,1536", "200,384", "256,100", "64,16"})
  void aRandomRotationIsRotatedForAnyNumberOfProbes(int n, int d) {
    double[][] rows = cone(n, d, 0.5, 3);
    ProbeComparison turned = ProbeComparison.of(quiet(rows), cycle(turned(rows)));

    assertThat(turned.change()).as(turned.reason()).isEqualTo(ProbeChange.ROTATED);
    assertThat(figures(turned).cosineMean()).isLessThan(0.7);
    assertThat(figures(turned).gramChange().getAsDouble()).isLessThan(1e-9);
    assertThat(figures(turned).residual().getAsDouble()).isLessThan(1e-9);
    // r decided directions, each of which a random rotation sends to a cosine of about ±1/√d.
    assertThat(figures(turned).rotation().getAsDouble())
        .isCloseTo(1, within(4 / Math.sqrt((double) d * Math.min(n - 1, d))));
  }

  @Test
  void permutedAndMirroredDimensionsAreRotated() {
    double[][] permuted = new double[64][384];
    double[][] mirrored = new double[64][384];
    for (int i = 0; i < 64; i++) {
      for (int j = 0; j < 384; j++) {
        permuted[i][j] = HEALTHY[i][(j + 1) % 384];
        mirrored[i][j] = -HEALTHY[i][j];
      }
    }

    assertThat(compared(permuted).change()).isEqualTo(ProbeChange.ROTATED);
    assertThat(compared(mirrored).change()).isEqualTo(ProbeChange.ROTATED);
    assertThat(figures(compared(mirrored)).rotation().getAsDouble()).isCloseTo(2, within(1e-6));
  }

  @ParameterizedTest(name = "angle {0}")
  @ValueSource(doubles = {0.05, 0.2, 1})
  void aTurnOfAFewPlanesIsRotated(double angle) {
    double[][] rows = GaussianRows.copy(HEALTHY);
    for (double[] row : rows) {
      for (int j = 0; j < 384; j += 2) {
        double x = row[j];
        double y = row[j + 1];
        row[j] = Math.cos(angle) * x - Math.sin(angle) * y;
        row[j + 1] = Math.sin(angle) * x + Math.cos(angle) * y;
      }
    }

    assertThat(compared(rows).change()).isEqualTo(ProbeChange.ROTATED);
    assertThat(figures(compared(rows)).cosineMin()).isCloseTo(Math.cos(angle), within(1e-6));
  }

  /** The trap: after the best rotation hardly anything is left of it. */
  @ParameterizedTest(name = "distance {0}")
  @ValueSource(doubles = {0.02, 0.05, 0.1, 0.3, 1})
  void aDisturbanceIsNoRotationHoweverMuchOfItARotationCouldFollow(double distance) {
    ProbeComparison noisy = compared(disturbed(HEALTHY, distance, 5));

    assertThat(noisy.change()).as(noisy.reason()).isEqualTo(ProbeChange.DIVERGED);
    double deviation = 1 - figures(noisy).cosineMean();
    assertThat(figures(noisy).residual().getAsDouble()).isLessThan(0.5 * 2 * deviation);
    assertThat(figures(noisy).gramShare().getAsDouble()).isGreaterThan(0.7);
  }

  @ParameterizedTest(name = "{0} probes of {1} dimensions, inner products about {2}")
  @CsvSource({"8,384,0.5", "64,384,0", "64,384,0.95", "64,768,0.5", "128,384,0.5"})
  void theShareOfAnIsotropicDisturbanceIsOne(int n, int d, double cosine) {
    double[][] rows = cone(n, d, cosine, 7);
    double sum = 0;
    for (int seed = 1_000; seed < 1_020; seed++) {
      sum +=
          figures(ProbeComparison.of(quiet(rows), cycle(disturbed(rows, 0.003, seed))))
              .gramShare()
              .getAsDouble();
    }

    assertThat(sum / 20).isCloseTo(1, within(0.15));
  }

  @ParameterizedTest(name = "inner products about {0}")
  @ValueSource(doubles = {0, 0.5, 0.8, 0.95})
  void anUnrelatedSpaceIsDivergedAlsoWhereAllInnerProductsAreHigh(double cosine) {
    ProbeComparison other =
        ProbeComparison.of(quiet(cone(64, 384, cosine, 8)), cycle(cone(64, 384, cosine, 9)));

    assertThat(other.change()).as(other.reason()).isEqualTo(ProbeChange.DIVERGED);
    assertThat(figures(other).gramChange().getAsDouble()).isGreaterThan(1);
  }

  @Test
  void aRotationIsSeenThroughTheNoiseOfTheModel() {
    ProbeBaseline noisy = noisy(0.05);
    double[][] turned = turned(disturbed(HEALTHY, 0.05, 99));

    assertThat(ProbeComparison.of(noisy, cycle(turned)).change()).isEqualTo(ProbeChange.ROTATED);
  }

  @ParameterizedTest(name = "distance {0}")
  @ValueSource(doubles = {0, 0.005, 0.05, 0.12})
  void theNoiseOfTheRepeatsIsNoChange(double distance) {
    ProbeBaseline baseline = noisy(distance);

    for (int seed = 100; seed < 140; seed++) {
      ProbeComparison later =
          ProbeComparison.of(baseline, cycle(disturbed(HEALTHY, distance, seed)));
      assertThat(later.change()).as(later.reason()).isEqualTo(ProbeChange.UNCHANGED);
    }
  }

  @Test
  void threeTimesTheNoiseOfTheRepeatsIsAChange() {
    ProbeComparison later = ProbeComparison.of(noisy(0.05), cycle(disturbed(HEALTHY, 0.15, 100)));

    assertThat(later.change()).isEqualTo(ProbeChange.DIVERGED);
  }

  @Test
  void oneProbeThatMovedIsAChange() {
    double[][] rows = GaussianRows.copy(HEALTHY);
    rows[17] = HEALTHY[18];

    ProbeComparison one = compared(rows);

    assertThat(one.change()).isEqualTo(ProbeChange.DIVERGED);
    assertThat(figures(one).moved()).isEqualTo(1);
    assertThat(figures(one).deviations().get(17).key()).isEqualTo(ProbeVectors.key(17));
    assertThat(figures(one).deviations().get(17).deviation())
        .isCloseTo(1 - figures(one).cosineMin(), within(1e-12));
  }

  @Test
  void otherLengthsInTheSameDirectionsAreRescaled() {
    ProbeComparison longer = compared(GaussianRows.affine(HEALTHY, 3, 0));

    assertThat(longer.change()).isEqualTo(ProbeChange.RESCALED);
    assertThat(figures(longer).normRatio()).isCloseTo(3, within(1e-6));
    assertThat(longer.reason()).endsWith("lengths are 3.0000 of before");
  }

  @Test
  void aModelThatAnswersEveryTextAlikeIsDiverged() {
    double[][] rows = new double[64][];
    Arrays.fill(rows, HEALTHY[0]);

    ProbeComparison collapsed = compared(rows);

    assertThat(collapsed.change()).isEqualTo(ProbeChange.DIVERGED);
    assertThat(figures(collapsed).rotation()).isEmpty();
  }

  @Test
  void anotherWidthIsDivergedWithoutFigures() {
    ProbeComparison wider = compared(cone(64, 768, 0.5, 1));

    assertThat(wider.change()).isEqualTo(ProbeChange.DIVERGED);
    assertThat(wider.figures()).isEmpty();
    assertThat(wider.reason()).isEqualTo("vectors of width 768, of width 384 on the baseline");
  }

  @Test
  void probesThatAreMissingAreCountedAndTooFewSayNothing() {
    ProbeComparison some = compared(Arrays.copyOf(HEALTHY, 8));
    ProbeComparison few = compared(Arrays.copyOf(HEALTHY, 7));

    assertThat(some.change()).isEqualTo(ProbeChange.UNCHANGED);
    assertThat(some.missing()).isEqualTo(56);
    assertThat(few.change()).isEqualTo(ProbeChange.TOO_FEW);
    assertThat(few.figures()).isEmpty();
  }

  @Test
  void theOrderOfTheAnswersMakesNoDifferenceToTheBit() {
    double[][] rows = disturbed(HEALTHY, 0.1, 6);
    Map<InputKey, float[]> ascending = new TreeMap<>();
    for (int i = 0; i < rows.length; i++) {
      ascending.put(ProbeVectors.key(i), ProbeVectors.floats(rows[i]));
    }

    assertThat(ProbeComparison.of(BASELINE, ProbeCycle.of(ascending))).isEqualTo(compared(rows));
  }

  private static ProbeBaseline noisy(double distance) {
    return ProbeBaseline.of(
        "set",
        List.of(
            cycle(disturbed(HEALTHY, distance, 10)),
            cycle(disturbed(HEALTHY, distance, 11)),
            cycle(disturbed(HEALTHY, distance, 12))));
  }
}
