package dev.parallax.core.neighbour;

import static dev.parallax.core.matrix.Products.dot;

import java.util.Arrays;

/**
 * Two kernel matrices over the same items with all entries 0 but those of a mask, which need not be
 * symmetric: row i keeps the few items that it names.
 *
 * <p>The sums that HSIC is made of cost O(n k²).
 */
final class MaskedKernels {

  private final int[][] items;
  private final double[][] a;
  private final double[][] b;

  private MaskedKernels(int[][] items, double[][] a, double[][] b) {
    this.items = items;
    this.a = a;
    this.b = b;
  }

  /** Kernel values of two spaces where both name an item. */
  static MaskedKernels shared(Lists x, Lists y) {
    int n = x.items.length;
    int[][] items = new int[n][];
    double[][] a = new double[n][];
    double[][] b = new double[n][];
    for (int i = 0; i < n; i++) {
      int k = x.items[i].length;
      items[i] = new int[k];
      a[i] = new double[k];
      b[i] = new double[k];
      int kept = 0;
      for (int place = 0; place < k; place++) {
        int other = indexOf(y.items[i], x.items[i][place]);
        if (other >= 0) {
          items[i][kept] = x.items[i][place];
          a[i][kept] = x.values[i][place];
          b[i][kept] = y.values[i][other];
          kept++;
        }
      }
      items[i] = Arrays.copyOf(items[i], kept);
    }
    return new MaskedKernels(items, a, b);
  }

  private static int indexOf(int[] values, int value) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == value) {
        return i;
      }
    }
    return -1;
  }

  /** {@code Σ a_ij b_ij}. */
  double products() {
    double sum = 0;
    for (int i = 0; i < items.length; i++) {
      for (int place = 0; place < items[i].length; place++) {
        sum += a[i][place] * b[i][place];
      }
    }
    return sum;
  }

  /** {@code tr(A B) = Σ a_ij b_ji}. */
  private double trace() {
    double sum = 0;
    for (int i = 0; i < items.length; i++) {
      for (int place = 0; place < items[i].length; place++) {
        int j = items[i][place];
        int back = indexOf(items[j], i);
        if (back >= 0) {
          sum += a[i][place] * b[j][back];
        }
      }
    }
    return sum;
  }

  /** {@code HSIC_1} of Song et al., equation 5; no item names itself, and n ≥ 4. */
  double debiasedHsic() {
    double n = items.length;
    double sum =
        trace()
            + total(rowSums(a)) * total(rowSums(b)) / ((n - 1) * (n - 2))
            - 2 * dot(columnSums(a), rowSums(b)) / (n - 2);
    return sum / (n * (n - 3));
  }

  /** {@code tr(A H B H)}. */
  double biasedHsic() {
    double n = items.length;
    double crossed = dot(columnSums(b), rowSums(a)) + dot(columnSums(a), rowSums(b));
    return trace() - crossed / n + total(rowSums(a)) * total(rowSums(b)) / (n * n);
  }

  private double[] rowSums(double[][] values) {
    double[] sums = new double[items.length];
    for (int i = 0; i < items.length; i++) {
      for (int place = 0; place < items[i].length; place++) {
        sums[i] += values[i][place];
      }
    }
    return sums;
  }

  private double[] columnSums(double[][] values) {
    double[] sums = new double[items.length];
    for (int i = 0; i < items.length; i++) {
      for (int place = 0; place < items[i].length; place++) {
        sums[items[i][place]] += values[i][place];
      }
    }
    return sums;
  }

  private static double total(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  /** The items that each row names, with their kernel values. */
  static final class Lists {

    private final int[][] items;
    private final double[][] values;

    private Lists(int[][] items, double[][] values) {
      this.items = items;
      this.values = values;
    }

    /** The neighbours. */
    static Lists neighbours(NearestNeighbours neighbours) {
      Lists lists = empty(neighbours);
      for (int i = 0; i < neighbours.count(); i++) {
        lists.items[i] = neighbours.of(i);
        lists.values[i] = neighbours.similarities(i);
      }
      return lists;
    }

    /** The neighbours, their kernel values less the mean of their row. */
    static Lists centredNeighbours(NearestNeighbours neighbours) {
      Lists lists = empty(neighbours);
      for (int i = 0; i < neighbours.count(); i++) {
        lists.items[i] = neighbours.of(i);
        lists.values[i] = neighbours.similarities(i).clone();
        for (int place = 0; place < lists.values[i].length; place++) {
          lists.values[i][place] -= neighbours.mean(i);
        }
      }
      return lists;
    }

    /** The k nearest where an item may be near itself, ties by lowest index. */
    static Lists withSelf(NearestNeighbours neighbours) {
      int k = neighbours.k();
      Lists lists = empty(neighbours);
      for (int i = 0; i < neighbours.count(); i++) {
        int[] items = neighbours.of(i).clone();
        double[] values = neighbours.similarities(i).clone();
        int place = k;
        while (place > 0
            && comesBefore(neighbours.self(i), i, values[place - 1], items[place - 1])) {
          place--;
        }
        if (place < k) {
          System.arraycopy(items, place, items, place + 1, k - place - 1);
          System.arraycopy(values, place, values, place + 1, k - place - 1);
          items[place] = i;
          values[place] = neighbours.self(i);
        }
        lists.items[i] = items;
        lists.values[i] = values;
      }
      return lists;
    }

    private static boolean comesBefore(double value, int index, double other, int otherIndex) {
      return value > other || value == other && index < otherIndex;
    }

    private static Lists empty(NearestNeighbours neighbours) {
      return new Lists(new int[neighbours.count()][], new double[neighbours.count()][]);
    }
  }
}
