package dev.parallax.benchmarks.accuracy;

/**
 * Upper end of Clopper and Pearson's one-sided interval: the largest rate at which so few events
 * are not yet too unlikely. It promises its coverage for independent trials.
 *
 * @see <a href="https://doi.org/10.1093/biomet/26.4.404">Clopper and Pearson (1934)</a>
 */
public final class BinomialBound {

  private static final int BISECTIONS = 60;

  private BinomialBound() {}

  /**
   * The rate at which {@code events} or fewer of {@code trials} have probability {@code 1 −
   * confidence}.
   *
   * @param events 0 to {@code trials}
   * @param confidence such as 0.95
   */
  public static double upper(int events, int trials, double confidence) {
    if (events < 0 || events > trials || trials < 1) {
      throw new IllegalArgumentException(
          "expected 0 to " + trials + " events in 1 trial or more, got " + events);
    }
    if (events == trials) {
      return 1;
    }
    double low = 0;
    double high = 1;
    for (int i = 0; i < BISECTIONS; i++) {
      double rate = (low + high) / 2;
      if (atMost(events, trials, rate) > 1 - confidence) {
        low = rate;
      } else {
        high = rate;
      }
    }
    return high;
  }

  /** Probability of {@code events} or fewer. */
  private static double atMost(int events, int trials, double rate) {
    double odds = Math.log(rate) - Math.log1p(-rate);
    double log = trials * Math.log1p(-rate);
    double sum = Math.exp(log);
    for (int k = 1; k <= events; k++) {
      log += Math.log((trials - k + 1.0) / k) + odds;
      sum += Math.exp(log);
    }
    return sum;
  }
}
