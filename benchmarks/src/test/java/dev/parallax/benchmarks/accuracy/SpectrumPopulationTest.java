package dev.parallax.benchmarks.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowNormalisation;
import dev.parallax.core.similarity.Estimate;
import dev.parallax.core.similarity.MiniBatchMoments;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SpectrumPopulationTest {

  private static final double[] VARIANCES = {4, 2, 1, 0.5};
  private static final int BATCH = 32;

  @Test
  void closedFormIsThatOfTheCovariances() {
    Population population =
        SpectrumPopulation.shared("", VARIANCES, 2, 0.5, RowNormalisation.NONE, BATCH);
    double xy = 16 + 4;
    double xx = 16 + 4 + 1 + 0.25;
    double yy = 4.25 * 4.25 + 2.25 * 2.25;
    assertThat(population.truths()[0]).isCloseTo(xy / Math.sqrt(xx * yy), within(1e-15));
  }

  @Test
  void unrelatedSpacesHaveNoAlignment() {
    Population population = SpectrumPopulation.unrelated("", VARIANCES, 3, BATCH);
    assertThat(population.truths()[0]).isZero();
    assertDrawsAgree(population, 4);
  }

  @Test
  void drawsHaveTheTruthAsTheirLimit() {
    assertDrawsAgree(
        SpectrumPopulation.shared("", VARIANCES, 2, 0.5, RowNormalisation.NONE, BATCH), 5);
    assertDrawsAgree(
        SpectrumPopulation.shared("", VARIANCES, 2, 0.5, RowNormalisation.L2, BATCH), 6);
  }

  /** Within two widths of an interval, of which the sample is large. */
  private static void assertDrawsAgree(Population population, long seed) {
    RandomGenerator random = CoverageStudy.random(seed);
    MiniBatchMoments moments = MiniBatchMoments.none();
    for (int batch = 0; batch < 4000; batch++) {
      moments = moments.plus(population.draw(random)[0]);
    }
    Estimate.Stated estimate = (Estimate.Stated) moments.estimate();
    double halfWidth = estimate.high().orElseThrow() - estimate.cka();
    assertThat(halfWidth).isLessThan(0.01);
    assertThat(estimate.cka()).isCloseTo(population.truths()[0], within(2 * halfWidth));
  }
}
