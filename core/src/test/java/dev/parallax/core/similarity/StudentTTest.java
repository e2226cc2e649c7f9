package dev.parallax.core.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudentTTest {

  /** Roots of the incomplete beta function at 40 decimal digits. */
  @ParameterizedTest(name = "{0} of {1} degrees of freedom")
  @CsvSource({
    "0.975, 1, 12.706204736174704646",
    "0.975, 2, 4.3026527297494638523",
    "0.975, 3, 3.1824463052837095927",
    "0.975, 4, 2.7764451051977943578",
    "0.975, 7, 2.3646242515927853417",
    "0.975, 8, 2.3060041352041666833",
    "0.975, 9, 2.2621571627982055426",
    "0.975, 15, 2.1314495455597756821",
    "0.975, 30, 2.04227245630123831",
    "0.975, 60, 2.0002978220142605045",
    "0.975, 100, 1.9839715185235522866",
    "0.975, 119, 1.9800998764569398887",
    "0.975, 1000, 1.962339080826408485",
    "0.975, 1000000, 1.9599663568141070353",
    "0.75, 1, 1.0",
    "0.75, 5, 0.72668684380042265302",
    "0.9995, 1, 636.61924876871961621",
    "0.9995, 2, 31.599054576443620733",
    "0.9995, 7, 5.4078825208617252403",
    "0.9995, 40, 3.5509657608633111848"
  })
  void quantileIsTheTableValue(double probability, double degreesOfFreedom, double expected) {
    double quantile = StudentT.quantile(probability, degreesOfFreedom);
    assertThat(quantile).isCloseTo(expected, withinPercentage(1e-8));
    assertThat(StudentT.quantile(1 - probability, degreesOfFreedom))
        .isCloseTo(-expected, withinPercentage(1e-8));
  }

  @ParameterizedTest(name = "{0} degrees of freedom")
  @ValueSource(ints = {1, 2, 3, 10, 500})
  void medianIsZeroAndTheTailAtTheQuantileIsTheProbability(int degreesOfFreedom) {
    assertThat(StudentT.quantile(0.5, degreesOfFreedom)).isZero();
    for (double probability : new double[] {0.55, 0.8, 0.99, 0.99999}) {
      double quantile = StudentT.quantile(probability, degreesOfFreedom);
      assertThat(1 - StudentT.upperTail(quantile, degreesOfFreedom))
          .isCloseTo(probability, within(1e-13));
    }
  }

  @Test
  void refusesWhatIsNoProbabilityAndNoDegreesOfFreedom() {
    assertThatIllegalArgumentException().isThrownBy(() -> StudentT.quantile(1, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> StudentT.quantile(Double.NaN, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> StudentT.quantile(0.9, 0));
  }
}
