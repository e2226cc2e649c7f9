package dev.parallax.core.drift;

/**
 * A number that is read off every usable pane of a series whose baseline is fitted, and compared
 * with what it was on the hold-out panes.
 *
 * <p>{@link #margin} is the smallest move that is worth a word, in the units of the reading: a
 * difference below it is never called a move, however certain it is.
 */
enum Reading {
  /** Mean translation residual, adjusted for the inputs ({@code ExpectedResidual}). */
  RESIDUAL(0, Unit.RELATIVE, 0.05),
  /** Median translation residual. */
  RESIDUAL_MEDIAN(1, Unit.RELATIVE, 0.05),
  /**
   * The systematic part of the residual, ‖x̄ − x̄₀ − (r̄ − r̄₀)W‖², without the bias of finite
   * panes: 0 where the model is the baseline's, also when answers are mixed up.
   */
  OFFSET(2, Unit.ABSOLUTE, 0),
  /** Mean of the natural logarithm of the norm before normalising. */
  LOG_NORM(3, Unit.ABSOLUTE, 0.1),
  /** Mini-batch debiased CKA of the pane. */
  CKA(4, Unit.ABSOLUTE, 0.02),
  /**
   * Squared length of the mean live vector, minus that of its translation from the reference: how
   * much all vectors point the same way. No rotation changes it.
   */
  MEAN_LENGTH(5, Unit.ABSOLUTE, 0.004),
  /** Participation ratio of the live covariance: dimensions in use. No rotation changes it. */
  DIMENSIONS(6, Unit.RELATIVE, 0.1),
  /** Mutual 10-nearest-neighbour overlap with the reference, adjusted for chance. */
  MUTUAL_KNN(7, Unit.ABSOLUTE, 0.03),
  /** Effective rank of the live vectors. */
  EFFECTIVE_RANK(8, Unit.RELATIVE, 0.1),
  /** Overlap of the leading directions with the baseline's. */
  SUBSPACE_OVERLAP(9, Unit.ABSOLUTE, 0.1),
  /** Orthogonal Procrustes similarity to the reference. */
  PROCRUSTES(10, Unit.ABSOLUTE, 0.03),
  /** Squared maximum mean discrepancy of the reference vectors against the baseline's. */
  TRAFFIC(11, Unit.ABSOLUTE, 0.004),
  /** Mean leverage of the inputs over that of the hold-out. */
  NOVELTY(12, Unit.ABSOLUTE, 0.05),
  /** Share of the sampled events that repeat an input of the pane. */
  REPEATS(13, Unit.ABSOLUTE, 0.1),
  /** Share of the sampled inputs that got no reference vector. */
  UNMATCHED(14, Unit.ABSOLUTE, 0.1),
  /**
   * Squared length of the mean live vector as it is. Answers that are mixed up among the inputs
   * leave it as it was, in the mean and in its spread, which {@link #MEAN_LENGTH} does not.
   */
  LIVE_LENGTH(15, Unit.ABSOLUTE, 0.004);

  private enum Unit {
    ABSOLUTE,
    RELATIVE
  }

  private final int code;
  private final Unit unit;
  private final double margin;

  Reading(int code, Unit unit, double margin) {
    this.code = code;
    this.unit = unit;
    this.margin = margin;
  }

  /** Number in stored records; never changes. */
  int code() {
    return code;
  }

  /** The smallest move worth a word where the healthy mean is {@code mean}. */
  double margin(double mean) {
    return unit == Unit.RELATIVE ? margin * Math.abs(mean) : margin;
  }

  static Reading ofCode(int code) {
    for (Reading reading : values()) {
      if (reading.code == code) {
        return reading;
      }
    }
    throw new IllegalArgumentException("reading: expected a known code, got " + code);
  }
}
