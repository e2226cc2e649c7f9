package dev.parallax.core.similarity;

import dev.parallax.core.matrix.RowMatrix;
import java.util.Optional;

/**
 * Mini-batch debiased CKA with a fixed mix of strata: the batches are made up in given shares,
 * whatever the mix of the rows is. CKA depends on the mix of its inputs; this figure does not, so
 * where it holds and plain CKA moves, the traffic has moved.
 *
 * <p>Rows of a stratum are taken in their order and from the start again when they run out, but
 * never twice in a batch, so each batch is an unbiased sample of the fixed mix. A stratum with
 * fewer than {@value #MIN_ROWS} rows, or with fewer than a batch takes of it, is skipped, and the
 * shares of the others grow: the figure then speaks for less of the mix, and says of how much.
 *
 * <p>At most {@value #MAX_BATCHES} batches of {@value MiniBatchCka#DEFAULT_BATCH} rows, and no more
 * than the rows would make: the cost, O(512 · 64 · (p + q)) at most, is below that of the
 * neighbours of 256 rows, and the error that of a pane of 512 pairs.
 */
public final class StratifiedCka {

  /** Fewest rows of a stratum that is used. */
  public static final int MIN_ROWS = 20;

  private static final int MAX_BATCHES = 8;
  private static final int BATCH = MiniBatchCka.DEFAULT_BATCH;

  private final int[][] rows;
  private final double[] shares;
  private final double covered;

  private StratifiedCka(int[][] rows, double[] shares, double covered) {
    this.rows = rows;
    this.shares = shares;
    this.covered = covered;
  }

  /**
   * The estimate.
   *
   * @param live n rows
   * @param reference n rows, of the same inputs
   * @param strata index of the stratum of each row
   * @param weights of the strata in the fixed mix, not negative; they need not add up to 1
   * @return empty where no batch can be made or a space has no variance in them
   */
  public static Optional<Mixed> of(
      float[][] live, float[][] reference, int[] strata, double[] weights) {
    StratifiedCka mix = mix(strata, weights);
    int batches = Math.min(MAX_BATCHES, live.length / BATCH);
    if (mix.covered == 0 || batches == 0) {
      return Optional.empty();
    }
    int[] order = mix.order(batches * BATCH);
    PairedRows drawn = new PairedRows(rows(live, order), rows(reference, order));
    return MiniBatchCka.moments(drawn, BATCH).estimate() instanceof Estimate.Stated stated
        ? Optional.of(new Mixed(stated.cka(), mix.covered))
        : Optional.empty();
  }

  private static RowMatrix rows(float[][] all, int[] order) {
    float[][] rows = new float[order.length][];
    for (int i = 0; i < order.length; i++) {
      rows[i] = all[order[i]];
    }
    return RowMatrix.of(rows);
  }

  private static StratifiedCka mix(int[] strata, double[] weights) {
    int[][] rows = new int[weights.length][];
    int[] counts = new int[weights.length];
    for (int stratum : strata) {
      counts[stratum]++;
    }
    for (int s = 0; s < rows.length; s++) {
      rows[s] = new int[counts[s]];
      counts[s] = 0;
    }
    for (int i = 0; i < strata.length; i++) {
      rows[strata[i]][counts[strata[i]]++] = i;
    }
    double[] kept = new double[weights.length];
    double all = 0;
    for (int s = 0; s < kept.length; s++) {
      kept[s] = rows[s].length < MIN_ROWS ? 0 : weights[s];
      all += weights[s];
    }
    double sum = sum(kept);
    for (int s = lacking(rows, kept, sum); s >= 0; s = lacking(rows, kept, sum)) {
      kept[s] = 0;
      sum = sum(kept);
    }
    for (int s = 0; s < kept.length && sum > 0; s++) {
      kept[s] /= sum;
    }
    return new StratifiedCka(rows, kept, sum > 0 ? sum / all : 0);
  }

  /** A stratum with fewer rows than a batch may take of it, one more than its share; −1 if none. */
  private static int lacking(int[][] rows, double[] kept, double sum) {
    for (int s = 0; s < kept.length; s++) {
      if (kept[s] > 0 && rows[s].length < Math.ceil(BATCH * kept[s] / sum) + 1) {
        return s;
      }
    }
    return -1;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  /** Rows such that every stretch has the shares as nearly as can be: always the most wanting. */
  private int[] order(int count) {
    int[] order = new int[count];
    int[] taken = new int[shares.length];
    for (int i = 0; i < count; i++) {
      int wanting = 0;
      double most = Double.NEGATIVE_INFINITY;
      for (int s = 0; s < shares.length; s++) {
        double lack = shares[s] * (i + 1) - taken[s];
        if (shares[s] > 0 && lack > most) {
          wanting = s;
          most = lack;
        }
      }
      order[i] = rows[wanting][taken[wanting]++ % rows[wanting].length];
    }
    return order;
  }

  /**
   * CKA of the fixed mix.
   *
   * @param cka from −1 to 1 up to rounding, not clipped
   * @param covered share of the mix that strata with enough rows have, above 0 to 1
   */
  public record Mixed(double cka, double covered) {}
}
