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

  private static final int BLOCK = 4;

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
    float[][] distances = squaredDistances(reference, reference, referenceColumns);
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

  /** Of all rows of {@code a} from all rows of {@code b}. */
  private static float[][] squaredDistances(float[][] a, float[][] b, float[][] columnsOfB) {
    float[][] out = new float[a.length][b.length];
    int i = 0;
    for (; i + BLOCK <= a.length; i += BLOCK) {
      for (int k = 0; k < columnsOfB.length; k++) {
        addProducts(
            columnsOfB[k],
            a[i][k],
            out[i],
            a[i + 1][k],
            out[i + 1],
            a[i + 2][k],
            out[i + 2],
            a[i + 3][k],
            out[i + 3]);
      }
    }
    for (; i < a.length; i++) {
      for (int k = 0; k < columnsOfB.length; k++) {
        for (int j = 0; j < b.length; j++) {
          out[i][j] += a[i][k] * columnsOfB[k][j];
        }
      }
    }
    float[] squaresOfA = squares(a);
    float[] squaresOfB = squares(b);
    for (i = 0; i < a.length; i++) {
      for (int j = 0; j < b.length; j++) {
        out[i][j] = Math.max(0, squaresOfA[i] + squaresOfB[j] - 2 * out[i][j]);
      }
    }
    return out;
  }

  private static void addProducts(
      float[] column,
      float a0,
      float[] out0,
      float a1,
      float[] out1,
      float a2,
      float[] out2,
      float a3,
      float[] out3) {
    for (int j = 0; j < column.length; j++) {
      float entry = column[j];
      out0[j] += a0 * entry;
      out1[j] += a1 * entry;
      out2[j] += a2 * entry;
      out3[j] += a3 * entry;
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
    float[][] cross = kernel(squaredDistances(vectors, reference, referenceColumns));
    float[][] within = kernel(squaredDistances(vectors, vectors, columns(vectors)));
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
