package dev.parallax.core.similarity;

/**
 * Student's t distribution: upper tail and quantile, to about 1e-12 relative for up to a million
 * degrees of freedom.
 *
 * <p>The tail is half a regularised incomplete beta function, evaluated by its continued fraction
 * (NIST Digital Library of Mathematical Functions, section 8.17(v)). Logarithms are those of {@link
 * StrictMath}: intervals end up in records that are compared bit by bit.
 */
final class StudentT {

  private static final double[] LANCZOS = {
    0.99999999999980993,
    676.5203681218851,
    -1259.1392167224028,
    771.32342877765313,
    -176.61502916214059,
    12.507343278686905,
    -0.13857109526572012,
    9.9843695780195716e-6,
    1.5056327351493116e-7
  };
  private static final double LANCZOS_G = 7;
  private static final double LOG_ROOT_PI = 0.5 * StrictMath.log(Math.PI);

  private StudentT() {}

  /**
   * The t below which a share {@code probability} of the distribution lies.
   *
   * @param probability above 0 and below 1
   * @param degreesOfFreedom 1 or more
   */
  static double quantile(double probability, double degreesOfFreedom) {
    if (!(probability > 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "expected a probability above 0 and below 1, got " + probability);
    }
    if (!(degreesOfFreedom >= 1)) {
      throw new IllegalArgumentException(
          "expected 1 or more degrees of freedom, got " + degreesOfFreedom);
    }
    if (probability < 0.5) {
      return -quantile(1 - probability, degreesOfFreedom);
    }
    double tail = 1 - probability;
    // The tail is convex for t > 0, so Newton's steps from 0 rise to the root and never pass it.
    double t = 0;
    while (true) {
      double next = t + (upperTail(t, degreesOfFreedom) - tail) / density(t, degreesOfFreedom);
      if (!(next > t * (1 + 1e-15))) {
        return t;
      }
      t = next;
    }
  }

  /** Probability of a value above {@code t ≥ 0}. */
  static double upperTail(double t, double degreesOfFreedom) {
    double a = degreesOfFreedom / 2;
    double ratio = t * t / degreesOfFreedom;
    double x = 1 / (1 + ratio);
    double complement = ratio / (1 + ratio);
    if (complement == 0) {
      return 0.5;
    }
    // x^a (1 − x)^(1/2) / B(a, 1/2), with the logarithm of x taken where x is near 1.
    double front =
        StrictMath.exp(-a * StrictMath.log1p(ratio) - logBeta(a)) * Math.sqrt(complement);
    if (x < (a + 1) / (a + 2.5)) {
      return 0.5 * front * continuedFraction(x, a, 0.5) / a;
    }
    return 0.5 - front * continuedFraction(complement, 0.5, a);
  }

  private static double density(double t, double degreesOfFreedom) {
    double a = degreesOfFreedom / 2;
    double power = -(a + 0.5) * StrictMath.log1p(t * t / degreesOfFreedom);
    return StrictMath.exp(power - logBeta(a)) / Math.sqrt(degreesOfFreedom);
  }

  /** ln B(a, 1/2). */
  private static double logBeta(double a) {
    return logGamma(a) + LOG_ROOT_PI - logGamma(a + 0.5);
  }

  /** ln Γ(z) for z ≥ 1/2, by the approximation of Lanczos (g = 7, nine terms). */
  private static double logGamma(double z) {
    double sum = LANCZOS[0];
    for (int i = 1; i < LANCZOS.length; i++) {
      sum += LANCZOS[i] / (z - 1 + i);
    }
    double base = z + LANCZOS_G - 0.5;
    return 0.5 * StrictMath.log(2 * Math.PI)
        + (z - 0.5) * StrictMath.log(base)
        - base
        + StrictMath.log(sum);
  }

  /** The fraction of DLMF 8.17.22 without its front factor, by Lentz's method. */
  private static double continuedFraction(double x, double a, double b) {
    double c = 1;
    double d = 1 / (1 - (a + b) * x / (a + 1));
    double fraction = d;
    double change;
    int m = 1;
    do {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / (1 + even * d);
      c = 1 + even / c;
      fraction *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / (1 + odd * d);
      c = 1 + odd / c;
      change = d * c;
      fraction *= change;
      m++;
    } while (Math.abs(change - 1) > 1e-15 && m < 100_000);
    return fraction;
  }
}
