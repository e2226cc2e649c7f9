package dev.parallax.onnx.drill;

import java.util.List;
import java.util.Random;

/**
 * A change of the values of a weight matrix.
 *
 * @see WeightMatrices where the values come from
 */
@FunctionalInterface
interface WeightEdit {

  /**
   * Changes {@code values} in place.
   *
   * @param values the matrix, row by row
   * @param grid what the values lie on
   * @param random the same sequence on every machine
   */
  void edit(double[] values, Grid grid, Random random);

  /**
   * How a matrix is stored.
   *
   * @param columns its columns
   * @param zero values that stand for zero, one for all or one a column
   * @param bits bits of a value; 0 where values are of single precision and any will do
   */
  record Grid(int columns, List<Double> zero, int bits) {

    double zeroOf(int index) {
      return zero.get(zero.size() == 1 ? 0 : index % columns);
    }
  }

  /** Gaussian noise of {@code relative} times the standard deviation of the matrix. */
  static WeightEdit noise(double relative) {
    return (values, grid, random) -> {
      double mean = 0;
      for (double value : values) {
        mean += value / values.length;
      }
      double squared = 0;
      for (double value : values) {
        squared += (value - mean) * (value - mean);
      }
      double sigma = relative * Math.sqrt(squared / values.length);
      for (int i = 0; i < values.length; i++) {
        values[i] += sigma * random.nextGaussian();
      }
    };
  }

  /**
   * Values rounded to {@code bits}: those of single precision to steps of their column, as many on
   * each side of zero; those of more bits by leaving out the lower ones.
   */
  static WeightEdit rounding(int bits) {
    return (values, grid, random) -> {
      double[] steps = grid.bits() == 0 ? columnSteps(values, grid.columns(), bits) : null;
      double common = 1 << Math.max(0, grid.bits() - bits);
      for (int i = 0; i < values.length; i++) {
        double zero = grid.zeroOf(i);
        double step = steps == null ? common : steps[i % grid.columns()];
        values[i] = step > 0 ? zero + Math.rint((values[i] - zero) / step) * step : zero;
      }
    };
  }

  private static double[] columnSteps(double[] values, int columns, int bits) {
    double[] steps = new double[columns];
    for (int i = 0; i < values.length; i++) {
      steps[i % columns] = Math.max(steps[i % columns], Math.abs(values[i]));
    }
    for (int column = 0; column < columns; column++) {
      steps[column] /= (1 << (bits - 1)) - 1;
    }
    return steps;
  }
}
