package dev.parallax.onnx.graph;

import static dev.parallax.onnx.graph.GraphBuilder.Type.DOUBLE;
import static dev.parallax.onnx.graph.GraphBuilder.Type.FLOAT;
import static dev.parallax.onnx.graph.GraphBuilder.Type.INT64;

import java.util.List;

/**
 * The sums of CKNNA as {@link dev.parallax.core.neighbour.Cknna} defines it, between the sides and
 * of each with itself, under the mask of the neighbours that both sides share. Products are single
 * precision, sums double.
 *
 * <p>{@code debiased}: the estimator of Song et al. (2012), equation 5, of the masked Gram
 * matrices. A masked one is not symmetric (being a neighbour is not mutual), so it is {@code (Σ Aᵢⱼ
 * Bⱼᵢ + ΣA ΣB / ((n−1)(n−2)) − 2 Σⱼ (Σᵢ Aᵢⱼ)(Σₗ Bⱼₗ) / (n−2)) / (n(n−3))}. When all rows are
 * neighbours it does not depend on where the rows' origin is; their mean is then taken for it, or
 * an offset would leave nothing but rounding.
 *
 * <p>{@code published}: the sum of products of ⟨xᵢ, xⱼ⟩ less its mean over j, which is ⟨xᵢ, xⱼ −
 * x̄⟩, by which the neighbours are found too.
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
    String n = g.length(x, 0);
    String others = g.subtract(n, g.constant(1));
    String all = g.lessOrEqual(others, g.cast(k, DOUBLE));
    String offset = g.where(all, g.constant(0), g.constant(1));
    String kernelX = g.multiply(sideX.products(g, offset), sideX.mask());
    String kernelY = g.multiply(sideY.products(g, offset), sideY.mask());
    String sharedX = g.multiply(kernelX, sideY.mask());
    String sharedY = g.multiply(kernelY, sideX.mask());
    g.output(debiased(g, n, sharedX, sharedY), "debiased_xy", DOUBLE, List.of());
    g.output(debiased(g, n, kernelX, kernelX), "debiased_xx", DOUBLE, List.of());
    g.output(debiased(g, n, kernelY, kernelY), "debiased_yy", DOUBLE, List.of());
    String centredX = g.multiply(sideX.relative(), sideX.mask());
    String centredY = g.multiply(sideY.relative(), sideY.mask());
    g.output(sumOfProducts(g, centredX, centredY), "published_xy", DOUBLE, List.of());
    g.output(sumOfProducts(g, centredX, centredX), "published_xx", DOUBLE, List.of());
    g.output(sumOfProducts(g, centredY, centredY), "published_yy", DOUBLE, List.of());
    return g.toBytes();
  }

  /** The estimator of two matrices whose diagonals are zero. */
  private static String debiased(GraphBuilder g, String n, String a, String b) {
    String less1 = g.subtract(n, g.constant(1));
    String less2 = g.subtract(n, g.constant(2));
    String less3 = g.subtract(n, g.constant(3));
    String products = sumOfProducts(g, a, g.transpose(b, 1, 0));
    String sums = g.multiply(g.sum(a, false, 0, 1), g.sum(b, false, 0, 1));
    String paths = g.sum(g.multiply(g.sum(a, false, 0), g.sum(b, false, 1)), false, 0);
    String total =
        g.subtract(
            g.add(products, g.divide(sums, g.multiply(less1, less2))),
            g.divide(g.multiply(g.constant(2), paths), less2));
    return g.divide(total, g.multiply(n, less3));
  }

  private static String sumOfProducts(GraphBuilder g, String a, String b) {
    return g.sum(g.multiply(a, b), false, 0, 1);
  }
}
