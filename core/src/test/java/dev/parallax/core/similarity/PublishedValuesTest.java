package dev.parallax.core.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every definition against the values of the papers' own code; see {@code oracle/README.md}. */
class PublishedValuesTest {

  static List<PublishedCase> cases() throws IOException {
    return PublishedCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void linearCkaIsThePublishedOne(PublishedCase published) {
    LinearCka cka = LinearCka.of(published.x(), published.y());
    assertStatistic(cka.biased(), published.biased(), published.tolerance());
    assertStatistic(cka.debiased(), published.debiased(), published.tolerance());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void linearCkaOfNormalisedRowsIsThePublishedOne(PublishedCase published) {
    LinearCka cka =
        LinearCka.of(
            published.x().normalised(RowNormalisation.L2),
            published.y().normalised(RowNormalisation.L2));
    assertStatistic(cka.biased(), published.biasedL2(), published.tolerance());
    assertStatistic(cka.debiased(), published.debiasedL2(), published.tolerance());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void debiasedHsicIsThePublishedOne(PublishedCase published) {
    HsicTriple hsic = DebiasedHsic.of(published.x(), published.y());
    HsicTriple expected = published.hsic();
    double relative = 1e-9;
    assertThat(hsic.xx()).isCloseTo(expected.xx(), within(relative * expected.xx()));
    assertThat(hsic.yy()).isCloseTo(expected.yy(), within(relative * expected.yy()));
    double scale = Math.sqrt(expected.xx() * expected.yy());
    assertThat(hsic.xy()).isCloseTo(expected.xy(), within(relative * scale));
  }

  private static void assertStatistic(Statistic actual, OptionalDouble expected, double tolerance) {
    if (expected.isEmpty()) {
      assertThat(actual)
          .isInstanceOfSatisfying(
              Statistic.Undefined.class,
              undefined -> assertThat(undefined.cause()).isEqualTo(Statistic.Cause.NO_VARIANCE));
    } else {
      assertThat(actual.asOptional().orElseThrow())
          .isCloseTo(expected.getAsDouble(), within(tolerance));
    }
  }
}
