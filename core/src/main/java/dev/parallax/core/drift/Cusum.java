package dev.parallax.core.drift;

/**
 * A one-sided CUSUM of standardised excesses over the tested mean: S ← max(0, S + z). It is fast
 * and promises nothing, so it only warns.
 *
 * @param sum S
 * @see <a href="https://doi.org/10.2307/2333009">Page (1954)</a>
 */
record Cusum(double sum) {

  /** Warns from here on, in standard deviations of a healthy pane. */
  private static final double LIMIT = 5;

  /** Keeps a very large excess from being remembered for hours. */
  private static final double CEILING = 10;

  static final Cusum START = new Cusum(0);

  /**
   * After one more pane.
   *
   * @param excess of its figure over the tested mean
   * @param sd of a healthy pane, above 0
   */
  Cusum next(double excess, double sd) {
    return new Cusum(Math.min(CEILING, Math.max(0, sum + excess / sd)));
  }

  /** Whether it warns. */
  boolean warns() {
    return sum > LIMIT;
  }
}
