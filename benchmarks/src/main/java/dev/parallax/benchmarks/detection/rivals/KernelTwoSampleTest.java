package dev.parallax.benchmarks.detection.rivals;

import dev.parallax.core.matrix.OrderStatistic;
import java.util.Random;

/**
 * Maximum mean discrepancy with a permutation test, as alibi-detect's {@code MMDDrift} has it: the
 * unbiased MMD² of a pane and a reference sample under a Gaussian kernel, whose σ² is half of the
 * median squared distance of the reference, against {@value #PERMUTATIONS} random ways to part the
 * same rows; an alarm where fewer than {@value #P_VALUE} of these come as high.
 *
 * <p>One kernel matrix serves all permutations: with the sum over all of it, and over the rows of
 * one part, the sum within that part gives the other two. A test that is decided is not carried to
 * its end, which changes no decision. Cost O((n + m)² p), n + m squared halved for each
 * permutation.
 *
 * @see <a
 *     href="https://github.com/SeldonIO/alibi-detect/blob/052e6b1fb7ec57332508e33d0a932f3c7c1e3204/alibi_detect/cd/pytorch/mmd.py">alibi-detect:
 *     cd/pytorch/mmd.py</a>
 * @see <a href="https://jmlr.org/papers/v13/gretton12a.html">Gretton et al. (2012)</a>
 */
final class KernelTwoSampleTest implements Rule {

  static final int PERMUTATIONS = 100;
  private static final double P_VALUE = 0.05;

  private static final int FUSED = 4;

  private final float[][] reference;

  /** A row a dimension. */
  private final float[][] referenceColumns;

  /** Twice σ². */
  private final double bandwidth;

  private final float[][] referenceKernel;
  private final long seed;

  KernelTwoSampleTest(float[][] reference, long seed) {
    this.reference = reference.clone();
    this.referenceColumns = columns(reference);
    this.seed = seed;
    float[][] distances = squaredDistances(reference, reference, referenceColumns, true);
    this.bandwidth = lowerMedian(distances);
    this.referenceKernel = kernel(distances);
  }

  private static float[][] columns(float[][] rows) {
    float[][] columns = new float[rows[0].length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        columns[j][i] = rows[i][j];
      }
    }
    return columns;
  }

  /**
   * Of all rows of {@code a} from all rows of {@code b}, given as columns.
   *
   * @param same whether both are the same rows, which takes half as long
   */
  private static float[][] squaredDistances(
      float[][] a, float[][] b, float[][] columnsOfB, boolean same) {
    float[][] out = new float[a.length][b.length];
    float[] squaresOfA = squares(a);
    float[] squaresOfB = squares(b);
    for (int i = 0; i < a.length; i++) {
      int from = same ? i : 0;
      int k = 0;
      for (; k + FUSED <= columnsOfB.length; k += FUSED) {
        addFour(
            out[i],
            from,
            a[i][k],
            columnsOfB[k],
            a[i][k + 1],
            columnsOfB[k + 1],
            a[i][k + 2],
            columnsOfB[k + 2],
            a[i][k + 3],
            columnsOfB[k + 3]);
      }
      for (; k < columnsOfB.length; k++) {
        for (int j = from; j < b.length; j++) {
          out[i][j] += a[i][k] * columnsOfB[k][j];
        }
      }
      for (int j = from; j < b.length; j++) {
        out[i][j] = Math.max(0, squaresOfA[i] + squaresOfB[j] - 2 * out[i][j]);
      }
      for (int j = 0; j < from; j++) {
        out[i][j] = out[j][i];
      }
    }
    return out;
  }

  private static void addFour(
      float[] sum,
      int from,
      float w0,
      float[] v0,
      float w1,
      float[] v1,
      float w2,
      float[] v2,
      float w3,
      float[] v3) {
    for (int j = from; j < sum.length; j++) {
      sum[j] += w0 * v0[j] + w1 * v1[j] + w2 * v2[j] + w3 * v3[j];
    }
  }

  private static float[] squares(float[][] rows) {
    float[] squares = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (float entry : rows[i]) {
        squares[i] += entry * entry;
      }
    }
    return squares;
  }

  /** Of the pairs of different rows. */
  private static double lowerMedian(float[][] distances) {
    int n = distances.length;
    double[] pairs = new double[n * (n - 1) / 2];
    int next = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        pairs[next++] = distances[i][j];
      }
    }
    return OrderStatistic.select(pairs, (pairs.length - 1) / 2);
  }

  private float[][] kernel(float[][] distances) {
    for (float[] row : distances) {
      for (int j = 0; j < row.length; j++) {
        row[j] = (float) Math.exp(-row[j] / bandwidth);
      }
    }
    return distances;
  }

  /** The kernel of the reference rows followed by those of a pane, its diagonal zero. */
  private float[][] joint(float[][] vectors) {
    int n = reference.length;
    float[][] cross = kernel(squaredDistances(vectors, reference, referenceColumns, false));
    float[][] within = kernel(squaredDistances(vectors, vectors, columns(vectors), true));
    float[][] joint = new float[n + vectors.length][n + vectors.length];
    for (int i = 0; i < n; i++) {
      System.arraycopy(referenceKernel[i], 0, joint[i], 0, n);
      joint[i][i] = 0;
    }
    for (int i = 0; i < vectors.length; i++) {
      System.arraycopy(cross[i], 0, joint[n + i], 0, n);
      System.arraycopy(within[i], 0, joint[n + i], n, vectors.length);
      joint[n + i][n + i] = 0;
      for (int j = 0; j < n; j++) {
        joint[j][n + i] = cross[i][j];
      }
    }
    return joint;
  }

  /** MMD² of a pane and the reference. */
  double statistic(RivalPane pane) {
    Parting parting = new Parting(joint(pane.vectors()), pane.vectors().length);
    return parting.statistic(parting.order());
  }

  /** The share of permutations whose MMD² is as high as that of the pane. */
  double pValue(RivalPane pane) {
    return (double) asHigh(pane, PERMUTATIONS, new Random(seed)) / PERMUTATIONS;
  }

  /** Permutations that come as high as the pane, counted up to {@code enough}. */
  private int asHigh(RivalPane pane, int enough, Random random) {
    Parting parting = new Parting(joint(pane.vectors()), pane.vectors().length);
    int[] order = parting.order();
    double observed = parting.statistic(order);
    int asHigh = 0;
    for (int b = 0; b < PERMUTATIONS && asHigh < enough; b++) {
      for (int i = 0; i < pane.vectors().length; i++) {
        int j = i + random.nextInt(order.length - i);
        int chosen = order[j];
        order[j] = order[i];
        order[i] = chosen;
      }
      asHigh += parting.statistic(order) >= observed ? 1 : 0;
    }
    return asHigh;
  }

  @Override
  public Watch watch() {
    Random random = new Random(seed);
    int enough = (int) Math.ceil(P_VALUE * PERMUTATIONS);
    return pane -> asHigh(pane, enough, random) < enough;
  }

  /** A kernel matrix whose rows are parted in two. */
  private static final class Parting {

    private final float[][] kernel;
    private final double[] rowSums;
    private final double total;
    private final int count;

    /**
     * A parting into {@code count} rows and the rest.
     *
     * @param kernel with a diagonal of zeros
     */
    Parting(float[][] kernel, int count) {
      this.kernel = kernel;
      this.count = count;
      this.rowSums = new double[kernel.length];
      double sum = 0;
      for (int i = 0; i < kernel.length; i++) {
        for (float entry : kernel[i]) {
          rowSums[i] += entry;
        }
        sum += rowSums[i];
      }
      this.total = sum;
    }

    /** The rows of the pane, then those of the reference: as they are. */
    int[] order() {
      int[] order = new int[kernel.length];
      for (int i = 0; i < order.length; i++) {
        order[i] = (kernel.length - count + i) % kernel.length;
      }
      return order;
    }

    /** MMD² of the first rows of an order and its others. */
    double statistic(int[] order) {
      double within = 0;
      double all = 0;
      for (int i = 0; i < count; i++) {
        float[] row = kernel[order[i]];
        all += rowSums[order[i]];
        double sum = 0;
        for (int j = 0; j < i; j++) {
          sum += row[order[j]];
        }
        within += 2 * sum;
      }
      double between = all - within;
      double rest = total - within - 2 * between;
      double others = kernel.length - count;
      return within / count / (count - 1.0)
          + rest / others / (others - 1)
          - 2 * between / count / others;
    }
  }
}
