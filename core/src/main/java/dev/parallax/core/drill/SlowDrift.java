package dev.parallax.core.drill;

/**
 * {@link FaultKind#SLOW_DRIFT}: vectors on a straight way from the model's own to another family's
 * vector of the same input.
 */
public final class SlowDrift {

  private SlowDrift() {}

  /**
   * How far the drift has come, from 0 to 1.
   *
   * @param panes panes since it began, which may be a fraction of one
   */
  public static double share(double panes) {
    return Math.min(1, Math.max(0, panes / Strength.DRIFT_PANES));
  }

  /**
   * {@code (1 - share) own + share other}, scaled to the length of {@code own}; a new array.
   *
   * @throws IllegalArgumentException if the vectors differ in width
   */
  public static float[] mix(float[] own, float[] other, double share) {
    if (own.length != other.length) {
      throw new IllegalArgumentException(
          "expected two vectors of one width, got " + own.length + " and " + other.length);
    }
    double[] sum = new double[own.length];
    double squaredOwn = 0;
    double squaredSum = 0;
    for (int i = 0; i < sum.length; i++) {
      sum[i] = (1 - share) * own[i] + share * other[i];
      squaredOwn += (double) own[i] * own[i];
      squaredSum += sum[i] * sum[i];
    }
    double scale = squaredSum > 0 ? Math.sqrt(squaredOwn / squaredSum) : 1;
    float[] mixed = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      mixed[i] = (float) (scale * sum[i]);
    }
    return mixed;
  }
}
