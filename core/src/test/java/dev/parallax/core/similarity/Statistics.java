package dev.parallax.core.similarity;

import static org.assertj.core.api.Assertions.assertThat;

/** What tests read from a statistic. */
public final class Statistics {

  private Statistics() {}

  /** The number of a statistic that must have one. */
  public static double value(Statistic statistic) {
    assertThat(statistic).isInstanceOf(Statistic.Stated.class);
    return statistic.asOptional().orElseThrow();
  }

  /** Asserts that there is no number, for this reason. */
  public static void assertUndefined(Statistic statistic, Statistic.Cause cause) {
    assertThat(statistic)
        .isInstanceOfSatisfying(
            Statistic.Undefined.class, it -> assertThat(it.cause()).isEqualTo(cause));
  }
}
