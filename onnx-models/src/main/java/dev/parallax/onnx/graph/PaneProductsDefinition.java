package dev.parallax.onnx.graph;

import static dev.parallax.onnx.graph.GraphBuilder.Type.FLOAT;
import static dev.parallax.onnx.graph.StatisticsGraph.BLOCK;

import java.util.List;

/** RᵀR and RᵀX of a block, from whose sums a translation map is fitted; single precision. */
final class PaneProductsDefinition {

  private PaneProductsDefinition() {}

  static byte[] build() {
    GraphBuilder g = new GraphBuilder("pane-products");
    String x = g.input("x", FLOAT, List.of(BLOCK, "p"));
    String r = g.input("r", FLOAT, List.of(BLOCK, "q"));
    String transposed = g.transpose(r, 1, 0);
    g.output(g.product(transposed, r), "rr", FLOAT, List.of("q", "q"));
    g.output(g.product(transposed, x), "rx", FLOAT, List.of("q", "p"));
    return g.toBytes();
  }
}
