package dev.parallax.core.similarity;

import static dev.parallax.core.matrix.Products.dot;
import static dev.parallax.core.similarity.Vectors.addInPlace;
import static dev.parallax.core.similarity.Vectors.product;
import static dev.parallax.core.similarity.Vectors.times;
import static dev.parallax.core.similarity.Vectors.weightedSum;

import java.util.Arrays;

/**
 * The sums of one side of {@link FeatureMoments}.
 *
 * @param origin what rows are relative to
 * @param sum Σx
 * @param products Σxxᵀ
 * @param bySquares Σxa
 * @param squares Σa
 * @param fourths Σa²
 */
@SuppressWarnings("ArrayRecordComponent")
record SideMoments(
    double[] origin,
    double[] sum,
    double[][] products,
    double[] bySquares,
    double squares,
    double fourths) {

  static SideMoments of(double[][] rows, double[] origin, double[] a) {
    int width = origin.length;
    double[] ones = new double[rows.length];
    Arrays.fill(ones, 1);
    return new SideMoments(
        origin.clone(),
        weightedSum(rows, ones, width),
        product(rows, rows, width, width),
        weightedSum(rows, a, width),
        Arrays.stream(a).sum(),
        dot(a, a));
  }

  SideMoments plus(SideMoments other) {
    return new SideMoments(
        origin,
        Vectors.sum(sum, other.sum),
        Vectors.sum(products, other.products),
        Vectors.sum(bySquares, other.bySquares),
        squares + other.squares,
        fourths + other.fourths);
  }

  /** Of x + e for each of n rows x. */
  SideMoments movedBy(double[] e, double n, double[] newOrigin) {
    double ee = dot(e, e);
    double ex = dot(e, sum);
    double[] productsE = times(products, e);
    double newSquares = squares + 2 * ex + n * ee;
    double[] newSum = sum.clone();
    addInPlace(newSum, n, e);
    double[][] newProducts = new double[products.length][];
    for (int i = 0; i < products.length; i++) {
      newProducts[i] = products[i].clone();
      addInPlace(newProducts[i], newSum[i], e);
      addInPlace(newProducts[i], e[i], sum);
    }
    double[] newBySquares = bySquares.clone();
    addInPlace(newBySquares, 2, productsE);
    addInPlace(newBySquares, ee, sum);
    addInPlace(newBySquares, newSquares, e);
    double newFourths =
        fourths
            + 4 * dot(e, bySquares)
            + 2 * ee * squares
            + 4 * dot(e, productsE)
            + 4 * ee * ex
            + n * ee * ee;
    return new SideMoments(
        newOrigin.clone(), newSum, newProducts, newBySquares, newSquares, newFourths);
  }

  double[] mean(double n) {
    double[] mean = origin.clone();
    addInPlace(mean, 1 / n, sum);
    return mean;
  }
}
