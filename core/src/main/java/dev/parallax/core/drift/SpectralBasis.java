package dev.parallax.core.drift;

import dev.parallax.core.spectrum.PrincipalComponents;

/**
 * The leading directions of a model's vectors on its baseline.
 *
 * @param axes r orthonormal rows of length p; shared, not to be changed
 */
record SpectralBasis(double[][] axes) {

  private static final int DIRECTIONS = 8;

  /** The leading directions of {@code space}; fewer if it has fewer. */
  static SpectralBasis of(PrincipalComponents space) {
    int rank = space.undefined().isPresent() ? 0 : Math.min(DIRECTIONS, space.rank());
    double[][] axes = new double[rank][];
    for (int i = 0; i < rank; i++) {
      axes[i] = space.axis(i);
    }
    return new SpectralBasis(axes);
  }

  /**
   * Overlap with the leading directions of another space of the same width, ‖UVᵀ‖²/r: 1 for the
   * same subspace, r/p on average for unrelated ones. NaN where either has no direction.
   */
  double overlap(PrincipalComponents space) {
    int rank = space.undefined().isPresent() ? 0 : Math.min(axes.length, space.rank());
    double sum = 0;
    for (int i = 0; i < rank; i++) {
      double[] axis = space.axis(i);
      for (double[] own : axes) {
        double cosine = 0;
        for (int j = 0; j < axis.length; j++) {
          cosine += axis[j] * own[j];
        }
        sum += cosine * cosine;
      }
    }
    return rank == 0 ? Double.NaN : sum / axes.length;
  }
}
