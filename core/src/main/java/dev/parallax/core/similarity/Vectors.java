package dev.parallax.core.similarity;

import static dev.parallax.core.matrix.Products.dot;

import dev.parallax.core.matrix.Products;
import java.util.Arrays;

/** Sums of vectors, and of their products, that {@link FeatureMoments} is made of. */
final class Vectors {

  private Vectors() {}

  static double[] squaredNorms(double[][] rows) {
    return Arrays.stream(rows).mapToDouble(row -> dot(row, row)).toArray();
  }

  static double[][] product(double[][] a, double[][] b, int p, int q) {
    double[][] product = new double[p][q];
    Products.transposed(a, b, 0, p, 0, product);
    return product;
  }

  static double[] weightedSum(double[][] rows, double[] weights, int width) {
    double[] sum = new double[width];
    for (int i = 0; i < rows.length; i++) {
      addInPlace(sum, weights[i], rows[i]);
    }
    return sum;
  }

  static double[] difference(double[] from, double[] to) {
    if (from.length != to.length) {
      throw new IllegalArgumentException("expected width " + from.length + ", got " + to.length);
    }
    double[] difference = from.clone();
    addInPlace(difference, -1, to);
    return difference;
  }

  static double[] sum(double[] a, double[] b) {
    double[] sum = a.clone();
    addInPlace(sum, 1, b);
    return sum;
  }

  static double[][] sum(double[][] a, double[][] b) {
    double[][] sum = new double[a.length][];
    for (int i = 0; i < a.length; i++) {
      sum[i] = sum(a[i], b[i]);
    }
    return sum;
  }

  static double[][] copy(double[][] matrix) {
    double[][] copy = new double[matrix.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = matrix[i].clone();
    }
    return copy;
  }

  static void addInPlace(double[] target, double weight, double[] vector) {
    for (int j = 0; j < target.length; j++) {
      target[j] += weight * vector[j];
    }
  }

  static double[] times(double[][] matrix, double[] vector) {
    return Arrays.stream(matrix).mapToDouble(row -> dot(row, vector)).toArray();
  }

  static double[] transposedTimes(double[][] matrix, double[] vector) {
    return weightedSum(matrix, vector, matrix.length == 0 ? 0 : matrix[0].length);
  }

  static double squaredNorm(double[][] matrix) {
    double sum = 0;
    for (double[] row : matrix) {
      sum += dot(row, row);
    }
    return sum;
  }
}
