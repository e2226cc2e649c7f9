package dev.parallax.benchmarks.detection.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.Statistic;
import dev.parallax.core.twosample.MaximumMeanDiscrepancy;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KernelTwoSampleTestTest {

  private static double stated(Statistic statistic) {
    return ((Statistic.Stated) statistic).value();
  }

  @Test
  void theStatisticIsTheUnbiasedDiscrepancyWithTheReferencesOwnBandwidth() {
    Random random = new Random(1);
    float[][] reference = Panes.gaussian(41, 7, 0, random);
    float[][] vectors = Panes.gaussian(30, 7, 0.3, random);
    double sigma =
        stated(
            MaximumMeanDiscrepancy.of(
                    RowMatrix.of(reference).rows(0, 20), RowMatrix.of(reference).rows(20, 41))
                .sigma());

    double expected =
        stated(
            MaximumMeanDiscrepancy.of(RowMatrix.of(vectors), RowMatrix.of(reference), sigma)
                .squared());

    // Kernels are kept in single precision.
    assertThat(new KernelTwoSampleTest(reference, 1).statistic(Panes.of(vectors)))
        .isCloseTo(expected, within(1e-6));
  }

  @Test
  void withoutAChangeThePValueIsUniform() {
    Random random = new Random(2);
    int small = 0;
    double sum = 0;
    int panes = 200;
    for (int i = 0; i < panes; i++) {
      KernelTwoSampleTest test = new KernelTwoSampleTest(Panes.gaussian(40, 5, 0, random), i);
      double p = test.pValue(Panes.gaussianPane(40, 5, 0, random));
      small += p < 0.25 ? 1 : 0;
      sum += p;
    }

    // Four standard errors of a mean of 200 uniform values, and of a binomial share of a quarter.
    assertThat(sum / panes).isCloseTo(0.5, within(4 * Math.sqrt(1.0 / 12 / panes)));
    assertThat((double) small / panes).isCloseTo(0.25, within(4 * Math.sqrt(0.25 * 0.75 / panes)));
  }

  @Test
  void afterAShiftThePValueIsTiny() {
    Random random = new Random(3);
    KernelTwoSampleTest test = new KernelTwoSampleTest(Panes.gaussian(60, 5, 0, random), 3);

    assertThat(test.pValue(Panes.gaussianPane(60, 5, 1, random))).isZero();
    assertThat(test.watch().alarms(Panes.gaussianPane(60, 5, 1, random))).isTrue();
  }

  @Test
  void aTestThatEndsEarlyDecidesAsOneThatIsCarriedToItsEnd() {
    Random random = new Random(4);
    KernelTwoSampleTest test = new KernelTwoSampleTest(Panes.gaussian(40, 5, 0, random), 4);
    int alarms = 0;
    for (int i = 0; i < 40; i++) {
      RivalPane pane = Panes.gaussianPane(40, 5, 0.02 * (i % 10), random);
      boolean alarm = test.watch().alarms(pane);
      alarms += alarm ? 1 : 0;
      assertThat(alarm).isEqualTo(test.pValue(pane) < 0.05);
    }

    assertThat(alarms).isBetween(1, 39);
  }
}
