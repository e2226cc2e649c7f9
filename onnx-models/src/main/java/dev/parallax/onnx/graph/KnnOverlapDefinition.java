package dev.parallax.onnx.graph;

import static dev.parallax.onnx.graph.GraphBuilder.Type.DOUBLE;
import static dev.parallax.onnx.graph.GraphBuilder.Type.FLOAT;
import static dev.parallax.onnx.graph.GraphBuilder.Type.INT64;

import java.util.List;

/** The share of common neighbours of the same rows in two spaces, and the neighbours. */
final class KnnOverlapDefinition {

  private KnnOverlapDefinition() {}

  static byte[] build() {
    GraphBuilder g = new GraphBuilder("knn-overlap");
    String x = g.input("x", FLOAT, List.of("n", "p"));
    String y = g.input("y", FLOAT, List.of("n", "q"));
    String k = g.input("k", INT64, List.of(1));
    NeighbourSide sideX = NeighbourSide.of(g, x, k);
    NeighbourSide sideY = NeighbourSide.of(g, y, k);
    String shared = g.sum(g.multiply(sideX.mask(), sideY.mask()), false, 0, 1);
    String all = g.sum(sideX.mask(), false, 0, 1);
    g.output(g.divide(shared, all), "overlap", DOUBLE, List.of());
    g.output(sideX.indices(), "x_neighbours", INT64, List.of("n", "k"));
    g.output(sideY.indices(), "y_neighbours", INT64, List.of("n", "k"));
    return g.toBytes();
  }
}
