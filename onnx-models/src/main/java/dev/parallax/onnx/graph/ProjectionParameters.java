package dev.parallax.onnx.graph;

import dev.parallax.core.consensus.ConsensusSpace;
import dev.parallax.core.consensus.Projection;

/**
 * A {@link Projection} in the form the graph takes: of one encoder of a {@link ConsensusSpace}, or
 * of all of them side by side by {@link ConsensusSpace#consensus()}. Immutable.
 */
public final class ProjectionParameters {

  private final double[] mean;
  private final float[] map;
  private final int dimension;

  private ProjectionParameters(double[] mean, float[] map, int dimension) {
    this.mean = mean;
    this.map = map;
    this.dimension = dimension;
  }

  /** Rounds the map to single precision; the mean stays in double. */
  public static ProjectionParameters of(Projection projection) {
    int d = projection.dimension();
    double[] mean = new double[projection.width()];
    float[] map = new float[Math.multiplyExact(mean.length, d)];
    for (int j = 0; j < mean.length; j++) {
      mean[j] = projection.mean(j);
      double[] weights = projection.weights(j);
      for (int c = 0; c < d; c++) {
        map[j * d + c] = (float) weights[c];
      }
    }
    return new ProjectionParameters(mean, map, d);
  }

  /** p. */
  int width() {
    return mean.length;
  }

  /** d. */
  int dimension() {
    return dimension;
  }

  double[] mean() {
    return mean;
  }

  /** p by d, by rows. */
  float[] map() {
    return map;
  }
}
