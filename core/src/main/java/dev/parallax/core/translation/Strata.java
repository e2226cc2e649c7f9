package dev.parallax.core.translation;

import java.util.Arrays;
import java.util.Random;

/**
 * Regions of the reference space, frozen on the baseline: k-means centroids. A row belongs to the
 * nearest, the lowest of equally near ones.
 *
 * <p>Comparing stratum by stratum with fixed weights takes out what a change of the traffic's mix
 * alone would do.
 */
public final class Strata {

  private static final int MAX_ROUNDS = 25;

  private final float[][] centroids;

  private Strata(float[][] centroids) {
    this.centroids = centroids;
  }

  /** Strata with these centroids, k rows of length q; not copied. */
  public static Strata of(float[][] centroids) {
    if (centroids.length == 0) {
      throw new IllegalArgumentException("strata: expected at least one centroid, got none");
    }
    return new Strata(centroids);
  }

  /**
   * Fits k-means (at most 25 of Lloyd's rounds from a k-means++ start) on reference rows. The draws
   * are those of {@link Random}, whose algorithm is part of its contract, so the same rows and seed
   * give the same strata on every Java platform. Cost O(n · k · q) a round.
   *
   * @param rows n rows of length q, n at least 1
   * @param strata wanted number of strata; fewer come out when there are fewer distinct rows
   * @param seed of the k-means++ draws
   * @throws IllegalArgumentException if there are no rows or no strata are wanted
   * @see <a href="https://dl.acm.org/doi/10.5555/1283383.1283494">Arthur and Vassilvitskii
   *     (2007)</a>
   */
  public static Strata fit(float[][] rows, int strata, long seed) {
    if (rows.length == 0 || strata < 1) {
      throw new IllegalArgumentException(
          "expected rows and at least one stratum, got "
              + rows.length
              + " rows and "
              + strata
              + " strata");
    }
    float[][] centroids = start(rows, strata, new Random(seed));
    Strata fitted = new Strata(centroids);
    int[] nearest = new int[rows.length];
    for (int round = 0; round < MAX_ROUNDS; round++) {
      boolean moved = round == 0;
      for (int i = 0; i < rows.length; i++) {
        int stratum = fitted.of(rows[i]);
        moved |= stratum != nearest[i];
        nearest[i] = stratum;
      }
      if (!moved) {
        break;
      }
      fitted.recentre(rows, nearest);
    }
    return fitted;
  }

  private static float[][] start(float[][] rows, int strata, Random random) {
    float[][] chosen = new float[Math.min(strata, rows.length)][];
    double[] distance = new double[rows.length];
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    chosen[0] = rows[random.nextInt(rows.length)].clone();
    for (int count = 1; count < chosen.length; count++) {
      double total = 0;
      for (int i = 0; i < rows.length; i++) {
        distance[i] = Math.min(distance[i], squaredDistance(rows[i], chosen[count - 1]));
        total += distance[i];
      }
      if (total == 0) {
        return Arrays.copyOf(chosen, count);
      }
      double draw = random.nextDouble() * total;
      int pick = 0;
      while (pick < rows.length - 1 && draw >= distance[pick]) {
        draw -= distance[pick++];
      }
      chosen[count] = rows[pick].clone();
    }
    return chosen;
  }

  private void recentre(float[][] rows, int[] nearest) {
    int q = rows[0].length;
    double[][] sums = new double[centroids.length][q];
    int[] counts = new int[centroids.length];
    for (int i = 0; i < rows.length; i++) {
      counts[nearest[i]]++;
      double[] sum = sums[nearest[i]];
      for (int j = 0; j < q; j++) {
        sum[j] += rows[i][j];
      }
    }
    for (int s = 0; s < centroids.length; s++) {
      // A stratum that lost its rows keeps its centroid.
      for (int j = 0; j < q && counts[s] > 0; j++) {
        centroids[s][j] = (float) (sums[s][j] / counts[s]);
      }
    }
  }

  /** The stratum of a reference row of length q. */
  public int of(float[] row) {
    int nearest = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (int s = 0; s < centroids.length; s++) {
      double distance = squaredDistance(row, centroids[s]);
      if (distance < smallest) {
        smallest = distance;
        nearest = s;
      }
    }
    return nearest;
  }

  private static double squaredDistance(float[] a, float[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      double difference = (double) a[j] - b[j];
      sum += difference * difference;
    }
    return sum;
  }

  /** Number of strata. */
  public int count() {
    return centroids.length;
  }

  /** The centroids, k rows of length q; shared, not to be changed. */
  public float[][] centroids() {
    return centroids;
  }
}
