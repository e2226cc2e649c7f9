package dev.parallax.onnx.graph;

import static dev.parallax.onnx.graph.GraphBuilder.Type.BOOL;
import static dev.parallax.onnx.graph.GraphBuilder.Type.DOUBLE;
import static dev.parallax.onnx.graph.GraphBuilder.Type.FLOAT;

/**
 * The nearest neighbours of n rows by inner product, as values of a graph that is being built.
 *
 * <p>Rows are compared by ⟨xᵢ, xⱼ − x̄⟩, which orders the rows j as ⟨xᵢ, xⱼ⟩ does and keeps its
 * digits under a large offset: the mean is taken and subtracted in double precision, the product is
 * single precision.
 *
 * @param rows [n, p] doubles
 * @param mean [1, p] doubles
 * @param relative [n, n] floats ⟨xᵢ, xⱼ − x̄⟩
 * @param indices [n, k] the nearest first; never the row itself, of equal ones the lowest
 * @param mask [n, n] doubles, 1 where row j is a neighbour of row i, else 0
 */
record NeighbourSide(String rows, String mean, String relative, String indices, String mask) {

  /**
   * Adds the nodes.
   *
   * @param x floats [n, p]
   * @param k one whole number from 1 to n − 1
   */
  static NeighbourSide of(GraphBuilder g, String x, String k) {
    String rows = g.cast(x, DOUBLE);
    String mean = g.divide(g.sum(rows, true, 0), g.length(x, 0));
    String shifted = g.cast(g.subtract(rows, mean), FLOAT);
    String relative = g.product(x, g.transpose(shifted, 1, 0));
    String self = g.cast(g.identityLike(relative), BOOL);
    String others = g.where(self, g.floatConstant(Float.NEGATIVE_INFINITY), relative);
    String indices = g.topIndices(others, k);
    String mask = g.scatter(g.filledLike(relative, 0), indices, g.filledLike(indices, 1));
    return new NeighbourSide(rows, mean, relative, indices, mask);
  }

  /** Adds the inner products ⟨xᵢ, xⱼ⟩, [n, n] doubles. */
  String products(GraphBuilder g) {
    return g.add(g.cast(relative, DOUBLE), g.product(rows, g.transpose(mean, 1, 0)));
  }
}
