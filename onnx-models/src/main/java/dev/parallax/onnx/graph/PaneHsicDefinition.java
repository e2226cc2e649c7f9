package dev.parallax.onnx.graph;

import static dev.parallax.onnx.graph.GraphBuilder.Type.DOUBLE;
import static dev.parallax.onnx.graph.GraphBuilder.Type.FLOAT;
import static dev.parallax.onnx.graph.GraphBuilder.Type.INT64;

import java.util.List;

/**
 * Debiased HSIC of each batch of m pairs, as defined by {@link
 * dev.parallax.core.similarity.DebiasedHsic}, for any m ≥ 4: Gram matrices in single precision, all
 * that follows in double.
 *
 * <p>With K and L the Gram matrices, and of each side the norms a (the diagonal), the sums r and s
 * of the rows' other entries and their totals t and u,
 *
 * <pre>{@code
 * m(m−3) HSIC = Σ K_ij L_ij − Σ a_i b_i − 2/(m−2) Σ r_i s_i + t u/((m−1)(m−2))
 * }</pre>
 *
 * <p>(Song et al., 2012, equation 5). With the sides stacked, the three values are one symmetric 2
 * × 2 matrix. It is exact algebra of the Gram matrices at hand, so what they lost in single
 * precision counts only where it is not removed by U-centring; but its terms cancel, so the rows
 * have to lie near their mean, and a side that hardly varies keeps no digits. {@link PaneHsicGraph}
 * sees to the first and, by the norms, notices the second.
 */
final class PaneHsicDefinition {

  private PaneHsicDefinition() {}

  static byte[] build() {
    GraphBuilder g = new GraphBuilder("pane-hsic");
    String x = g.input("x", FLOAT, List.of("B", "m", "p"));
    String y = g.input("y", FLOAT, List.of("B", "m", "q"));
    String m = g.sum(g.ones(x, 1), true, 0);
    String toDiagonal = g.cast(g.add(m, g.constant(1)), INT64);
    Side sideX = side(g, x, toDiagonal);
    Side sideY = side(g, y, toDiagonal);

    String lessOne = g.subtract(m, g.constant(1));
    String lessTwo = g.subtract(m, g.constant(2));
    String a = g.concatenate(1, sideX.norms(), sideY.norms());
    String r = g.subtract(g.concatenate(1, sideX.rowSums(), sideY.rowSums()), a);
    String offDiagonal = g.subtract(products(g, sideX, sideY), gram(g, a));
    String ofRows = g.divide(g.multiply(gram(g, r), g.constant(2)), lessTwo);
    String ofTotals = g.divide(gram(g, g.sum(r, true, 2)), g.multiply(lessOne, lessTwo));
    String sums = g.add(g.subtract(offDiagonal, ofRows), ofTotals);
    String hsic = g.divide(sums, g.multiply(m, g.subtract(m, g.constant(3))));

    String values = g.reshape(hsic, 0, -1);
    List<Object> perBatch = List.of("B");
    g.output(g.at(values, 1, 1), "xy", DOUBLE, perBatch);
    g.output(g.at(values, 1, 0), "xx", DOUBLE, perBatch);
    g.output(g.at(values, 1, 3), "yy", DOUBLE, perBatch);
    g.output(g.sum(a, false, 2), "norms", DOUBLE, List.of("B", 2));
    return g.toBytes();
  }

  /**
   * What the graph needs of one side.
   *
   * @param kernel Gram matrix as one row, [B, 1, m²]
   * @param norms its diagonal, [B, 1, m]
   * @param rowSums its rows' sums, the diagonal included, [B, 1, m]
   */
  private record Side(String kernel, String norms, String rowSums) {}

  private static Side side(GraphBuilder g, String rows, String toDiagonal) {
    String gram = g.cast(gram(g, rows), DOUBLE);
    String kernel = g.reshape(gram, 0, 1, -1);
    return new Side(kernel, g.everyOf(kernel, 2, toDiagonal), g.sum(gram, true, 1));
  }

  /** All inner products of the rows of each matrix. */
  private static String gram(GraphBuilder g, String rows) {
    return g.product(rows, g.transpose(rows, 0, 2, 1));
  }

  /** Σ K_ij L_ij of the pairs of sides, [B, 2, 2]. */
  private static String products(GraphBuilder g, Side x, Side y) {
    String xy = product(g, x, y);
    return g.reshape(g.concatenate(1, product(g, x, x), xy, xy, product(g, y, y)), 0, 2, 2);
  }

  private static String product(GraphBuilder g, Side a, Side b) {
    return g.sum(g.multiply(a.kernel(), b.kernel()), false, 2);
  }
}
