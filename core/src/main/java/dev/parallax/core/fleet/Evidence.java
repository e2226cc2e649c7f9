package dev.parallax.core.fleet;

import java.util.List;

/** Arithmetic of evidence, which is kept as decimal logarithms so that it cannot overflow. */
final class Evidence {

  private Evidence() {}

  /**
   * The decimal logarithm of the mean of evidences.
   *
   * <p>The mean of e-processes is one under any dependence between them; neither their product nor
   * their largest is. Summed in the order of the list, with {@link StrictMath}: the same bits
   * everywhere.
   *
   * @param logs decimal logarithms, at least one
   */
  static double meanLog10(List<Double> logs) {
    double largest = logs.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    double sum = 0;
    for (double log : logs) {
      sum += StrictMath.pow(10, log - largest);
    }
    return largest + StrictMath.log10(sum / logs.size());
  }
}
