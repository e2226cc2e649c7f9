package dev.parallax.core.translation;

import java.util.OptionalDouble;

/**
 * Translation residuals of rows, summed per stratum. Additive.
 *
 * <p>Not thread-safe.
 */
public final class StratumResiduals {

  private final long[] counts;
  private final double[] sums;

  /** Residuals of no rows in {@code strata} strata. */
  public StratumResiduals(int strata) {
    this(new long[strata], new double[strata]);
  }

  private StratumResiduals(long[] counts, double[] sums) {
    this.counts = counts;
    this.sums = sums;
  }

  /** Residuals from counts and sums per stratum; not copied. */
  public static StratumResiduals of(long[] counts, double[] sums) {
    if (counts.length != sums.length) {
      throw new IllegalArgumentException(
          "expected as many sums as counts, got " + sums.length + " and " + counts.length);
    }
    return new StratumResiduals(counts, sums);
  }

  /** Adds one row. */
  public void add(int stratum, double squaredResidual) {
    counts[stratum]++;
    sums[stratum] += squaredResidual;
  }

  /**
   * Adds the rows of another.
   *
   * @throws IllegalArgumentException if it has another number of strata
   */
  public void add(StratumResiduals other) {
    requireStrata(other);
    for (int s = 0; s < sums.length; s++) {
      counts[s] += other.counts[s];
      sums[s] += other.sums[s];
    }
  }

  /** Number of strata. */
  public int strata() {
    return counts.length;
  }

  /** Rows of a stratum. */
  public long count(int stratum) {
    return counts[stratum];
  }

  /** Sum of the squared residuals of a stratum. */
  public double sum(int stratum) {
    return sums[stratum];
  }

  /** Rows of all strata. */
  public long count() {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    return total;
  }

  /** Mean squared residual of a stratum; empty without rows. */
  public OptionalDouble mean(int stratum) {
    return counts[stratum] == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(sums[stratum] / counts[stratum]);
  }

  /** Mean squared residual of all rows; empty without rows. */
  public OptionalDouble mean() {
    long total = count();
    double sum = 0;
    for (double value : sums) {
      sum += value;
    }
    return total == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / total);
  }

  /**
   * Mean squared residual with the weights and, where a stratum has no rows, the means of {@code
   * baseline}: what the mean would be had the traffic the baseline's mix. Empty if either has no
   * rows.
   *
   * <p>Rows in strata that the baseline has not seen have weight 0, and a stratum of the baseline
   * without rows here reads as healthy: where traffic has left the baseline's regions altogether,
   * this says nothing.
   *
   * @throws IllegalArgumentException if the baseline has another number of strata
   */
  public OptionalDouble stratifiedMean(StratumResiduals baseline) {
    requireStrata(baseline);
    long total = baseline.count();
    if (count() == 0 || total == 0) {
      return OptionalDouble.empty();
    }
    double weighted = 0;
    for (int s = 0; s < sums.length; s++) {
      if (baseline.counts[s] > 0) {
        StratumResiduals known = counts[s] > 0 ? this : baseline;
        weighted += known.sums[s] / known.counts[s] * ((double) baseline.counts[s] / total);
      }
    }
    return OptionalDouble.of(weighted);
  }

  private void requireStrata(StratumResiduals other) {
    if (other.counts.length != counts.length) {
      throw new IllegalArgumentException(
          "expected " + counts.length + " strata, got " + other.counts.length);
    }
  }

  /** A copy that shares nothing with this. */
  public StratumResiduals copy() {
    return new StratumResiduals(counts.clone(), sums.clone());
  }
}
