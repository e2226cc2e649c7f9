package dev.parallax.onnx.graph;

import static dev.parallax.onnx.graph.GraphBuilder.Type.DOUBLE;
import static dev.parallax.onnx.graph.GraphBuilder.Type.FLOAT;
import static dev.parallax.onnx.graph.StatisticsGraph.BLOCK;

import java.util.Arrays;
import java.util.List;

/**
 * Debiased HSIC of each batch of {@value #BLOCK} pairs, as defined by {@link
 * dev.parallax.core.similarity.DebiasedHsic}: rows centred and Gram matrices in single precision,
 * U-centring and sums in double.
 *
 * <p>U-centring is done times (m−1)(m−2): then all its coefficients are whole numbers, every step
 * of it is exact for equal rows, and such a side has the value 0 and no rounding. A side below the
 * share {@value #NEGLIGIBLE} of the size of its kernel is set to 0 too, which the plain definition
 * does at its own, finer, rounding.
 */
final class PaneHsicDefinition {

  private static final double M = BLOCK;

  /**
   * Share of the mean product of squared norms of two different rows below which the mean squared
   * U-centred entry is rounding of the single-precision Gram matrix, which leaves about 1e-14.
   */
  private static final double NEGLIGIBLE = 1e-12;

  private PaneHsicDefinition() {}

  static byte[] build() {
    GraphBuilder g = new GraphBuilder("pane-hsic");
    String mask = g.constant(offDiagonal(), BLOCK, BLOCK);
    String diagonal = g.subtract(g.constant(1), mask);
    Side x = side(g, g.input("x", FLOAT, List.of("B", BLOCK, "p")), mask, diagonal);
    Side y = side(g, g.input("y", FLOAT, List.of("B", BLOCK, "q")), mask, diagonal);
    String zero = g.constant(0);
    String xy = meanProduct(g, x.centred(), y.centred());
    List<Object> perBatch = List.of("B");
    g.output(g.where(g.or(x.flat(), y.flat()), zero, xy), "xy", DOUBLE, perBatch);
    g.output(g.where(x.flat(), zero, x.hsic()), "xx", DOUBLE, perBatch);
    g.output(g.where(y.flat(), zero, y.hsic()), "yy", DOUBLE, perBatch);
    return g.toBytes();
  }

  /**
   * What the graph needs of one side.
   *
   * @param centred U-centred Gram matrix times (m−1)(m−2)
   * @param hsic of the side with itself
   * @param flat whether that is rounding only
   */
  private record Side(String centred, String hsic, String flat) {}

  private static Side side(GraphBuilder g, String rows, String mask, String diagonal) {
    // A product, not a mean: the runtime's means take another way for a single batch.
    double[] shares = new double[BLOCK * BLOCK];
    Arrays.fill(shares, 1 / M);
    String mean = g.product(g.cast(g.constant(shares, BLOCK, BLOCK), FLOAT), rows);
    String shifted = g.subtract(rows, mean);
    String gram = g.cast(g.product(shifted, g.transpose(shifted, 0, 2, 1)), DOUBLE);
    String kernel = g.multiply(gram, mask);
    String rowSums = g.sum(kernel, true, 2);
    String total = g.sum(rowSums, true, 1);
    String pairSums = g.add(rowSums, g.transpose(rowSums, 0, 2, 1));
    String scaled = g.multiply(kernel, g.constant((M - 1) * (M - 2)));
    String uncut = g.add(g.subtract(scaled, g.multiply(pairSums, g.constant(M - 1))), total);
    String centred = g.multiply(uncut, mask);
    String hsic = meanProduct(g, centred, centred);

    String norms = g.sum(g.multiply(gram, diagonal), false, 2);
    String others = g.subtract(g.sum(norms, true, 1), norms);
    String size = g.sum(g.multiply(norms, others), false, 1);
    String floor = g.multiply(size, g.constant(NEGLIGIBLE / (M * (M - 3))));
    return new Side(centred, hsic, g.lessOrEqual(hsic, floor));
  }

  private static String meanProduct(GraphBuilder g, String a, String b) {
    double unscale = (M - 1) * (M - 2);
    String sum = g.sum(g.multiply(a, b), false, 1, 2);
    return g.divide(sum, g.constant(M * (M - 3) * unscale * unscale));
  }

  private static double[] offDiagonal() {
    double[] mask = new double[BLOCK * BLOCK];
    Arrays.fill(mask, 1);
    for (int i = 0; i < BLOCK; i++) {
      mask[i * BLOCK + i] = 0;
    }
    return mask;
  }
}
