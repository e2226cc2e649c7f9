package dev.parallax.onnx.graph;

import static dev.parallax.onnx.graph.GraphBuilder.Type.DOUBLE;
import static dev.parallax.onnx.graph.GraphBuilder.Type.FLOAT;
import static dev.parallax.onnx.graph.GraphBuilder.Type.INT64;

import java.util.List;

/**
 * The three sums of CKNNA as its authors' code takes them: the estimator of Song et al. (2012),
 * equation 5, of the two Gram matrices masked by the neighbours that both sides share, and of each
 * Gram matrix with itself masked by its own. Products are single precision, sums double.
 *
 * <p>A masked Gram matrix A is not symmetric (being a neighbour is not mutual), so the estimator is
 * {@code (Σ Aᵢⱼ Bⱼᵢ + ΣA ΣB / ((n−1)(n−2)) − 2 Σⱼ (Σᵢ Aᵢⱼ)(Σₗ Bⱼₗ) / (n−2)) / (n(n−3))}.
 */
final class CknnaDefinition {

  private CknnaDefinition() {}

  static byte[] build() {
    GraphBuilder g = new GraphBuilder("cknna");
    String x = g.input("x", FLOAT, List.of("n", "p"));
    String y = g.input("y", FLOAT, List.of("n", "q"));
    String k = g.input("k", INT64, List.of(1));
    NeighbourSide sideX = NeighbourSide.of(g, x, k);
    NeighbourSide sideY = NeighbourSide.of(g, y, k);
    String kernelX = g.multiply(sideX.products(g), sideX.mask());
    String kernelY = g.multiply(sideY.products(g), sideY.mask());
    String n = g.length(x, 0);
    String sharedX = g.multiply(kernelX, sideY.mask());
    String sharedY = g.multiply(kernelY, sideX.mask());
    g.output(debiased(g, n, sharedX, sharedY), "released_xy", DOUBLE, List.of());
    g.output(debiased(g, n, kernelX, kernelX), "released_xx", DOUBLE, List.of());
    g.output(debiased(g, n, kernelY, kernelY), "released_yy", DOUBLE, List.of());
    return g.toBytes();
  }

  /** The estimator of two matrices whose diagonals are zero. */
  private static String debiased(GraphBuilder g, String n, String a, String b) {
    String less1 = g.subtract(n, g.constant(1));
    String less2 = g.subtract(n, g.constant(2));
    String less3 = g.subtract(n, g.constant(3));
    String products = g.sum(g.multiply(a, g.transpose(b, 1, 0)), false, 0, 1);
    String sums = g.multiply(g.sum(a, false, 0, 1), g.sum(b, false, 0, 1));
    String paths = g.sum(g.multiply(g.sum(a, false, 0), g.sum(b, false, 1)), false, 0);
    String total =
        g.subtract(
            g.add(products, g.divide(sums, g.multiply(less1, less2))),
            g.divide(g.multiply(g.constant(2), paths), less2));
    return g.divide(total, g.multiply(n, less3));
  }
}
