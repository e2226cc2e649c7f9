package dev.parallax.core.matrix;

import java.util.Objects;

/** The k-th smallest of many numbers without sorting all of them (Hoare's selection). */
public final class OrderStatistic {

  private OrderStatistic() {}

  /**
   * The value that would stand at {@code rank} if the array were sorted; reorders the array. Cost
   * O(length) on average.
   *
   * @param values none of them NaN
   * @param rank from 0 to {@code values.length − 1}
   * @throws IndexOutOfBoundsException when the rank is outside
   */
  public static double select(double[] values, int rank) {
    Objects.checkIndex(rank, values.length);
    int low = 0;
    int high = values.length - 1;
    while (low < high) {
      double pivot = medianOfThree(values[low], values[low + (high - low) / 2], values[high]);
      int i = low;
      int j = high;
      while (i <= j) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
        if (i <= j) {
          double swapped = values[i];
          values[i] = values[j];
          values[j] = swapped;
          i++;
          j--;
        }
      }
      if (rank <= j) {
        high = j;
      } else if (rank >= i) {
        low = i;
      } else {
        return values[rank];
      }
    }
    return values[rank];
  }

  private static double medianOfThree(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
