package dev.parallax.onnx.graph;

import static dev.parallax.onnx.graph.GraphBuilder.Type.BOOL;
import static dev.parallax.onnx.graph.GraphBuilder.Type.DOUBLE;
import static dev.parallax.onnx.graph.GraphBuilder.Type.FLOAT;

/**
 * The nearest neighbours of n rows by inner product, as values of a graph that is being built.
 *
 * <p>Rows are compared by ⟨xᵢ, xⱼ − x̄⟩, which orders the rows j as ⟨xᵢ, xⱼ⟩ does. It is taken as
 * ⟨xᵢ − x̄, xⱼ − x̄⟩ + ⟨x̄, xⱼ − x̄⟩, the n² products of the first in single precision and all else
 * in double, so that an offset of the rows costs no digits.
 *
 * @param gram [n, n] doubles ⟨xᵢ − x̄, xⱼ − x̄⟩
 * @param offsets [n, 1] doubles ⟨x̄, xᵢ − x̄⟩
 * @param mean [1, p] doubles
 * @param relative [n, n] doubles ⟨xᵢ, xⱼ − x̄⟩
 * @param indices [n, k] the nearest first; never the row itself, of equal ones the lowest
 * @param mask [n, n] doubles, 1 where row j is a neighbour of row i, else 0
 */
record NeighbourSide(
    String gram, String offsets, String mean, String relative, String indices, String mask) {

  /**
   * Adds the nodes.
   *
   * @param x floats [n, p]
   * @param k one whole number from 1 to n − 1
   */
  static NeighbourSide of(GraphBuilder g, String x, String k) {
    String rows = g.cast(x, DOUBLE);
    String mean = g.divide(g.sum(rows, true, 0), g.length(x, 0));
    String centred = g.subtract(rows, mean);
    String single = g.cast(centred, FLOAT);
    String gram = g.cast(g.product(single, g.transpose(single, 1, 0)), DOUBLE);
    String offsets = g.product(centred, g.transpose(mean, 1, 0));
    String relative = g.add(gram, g.transpose(offsets, 1, 0));
    String self = g.cast(g.identityLike(relative), BOOL);
    String others = g.where(self, g.constant(Double.NEGATIVE_INFINITY), relative);
    String indices = g.topIndices(others, k);
    String mask = g.scatter(g.filledLike(relative, 0), indices, g.filledLike(indices, 1));
    return new NeighbourSide(gram, offsets, mean, relative, indices, mask);
  }

  /**
   * Adds the inner products ⟨xᵢ, xⱼ⟩ about the rows' origin, or about their mean.
   *
   * @param share of the offset that is kept: 1 for the origin, 0 for the mean
   * @return [n, n] doubles
   */
  String products(GraphBuilder g, String share) {
    String squaredMean = g.product(mean, g.transpose(mean, 1, 0));
    String ofRow = g.multiply(g.add(offsets, squaredMean), share);
    String ofColumn = g.multiply(g.transpose(offsets, 1, 0), share);
    return g.add(g.add(gram, ofRow), ofColumn);
  }
}
