package dev.parallax.core.translation;

/**
 * A linear map from the reference space to a model's space, fitted on a baseline: x ≈ x̄ + (r −
 * r̄)W.
 *
 * <p>What it misses, ‖x − x̄ − (r − r̄)W‖², is the <em>translation residual</em>. Unlike CKA it is
 * tied to the coordinates that stored vectors live in, so it sees rotations and swaps; and being
 * about pairs it hardly moves when only the traffic does.
 */
public final class Translation {

  private final float[] liveMean;
  private final float[] referenceMean;
  private final float[] map;
  private final double ridge;

  /**
   * A map.
   *
   * @param liveMean x̄, length p; not copied
   * @param referenceMean r̄, length q; not copied
   * @param map W, row-major q × p; not copied
   * @param ridge the relative penalty that it was fitted with
   */
  public Translation(float[] liveMean, float[] referenceMean, float[] map, double ridge) {
    if (map.length != liveMean.length * referenceMean.length) {
      throw new IllegalArgumentException(
          "expected a map of "
              + referenceMean.length
              + " by "
              + liveMean.length
              + ", got "
              + map.length
              + " elements");
    }
    this.liveMean = liveMean;
    this.referenceMean = referenceMean;
    this.map = map;
    this.ridge = ridge;
  }

  /** Width p of the live space. */
  public int liveWidth() {
    return liveMean.length;
  }

  /** Width q of the reference space. */
  public int referenceWidth() {
    return referenceMean.length;
  }

  /** x̄, length p; shared, not to be changed. */
  public float[] liveMean() {
    return liveMean;
  }

  /** r̄, length q; shared, not to be changed. */
  public float[] referenceMean() {
    return referenceMean;
  }

  /** W, row-major q × p; shared, not to be changed. */
  public float[] map() {
    return map;
  }

  /** The relative penalty of the fit. */
  public double ridge() {
    return ridge;
  }
}
