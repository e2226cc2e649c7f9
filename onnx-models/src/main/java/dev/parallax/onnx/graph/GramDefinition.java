package dev.parallax.onnx.graph;

import static dev.parallax.onnx.graph.GraphBuilder.Type.DOUBLE;
import static dev.parallax.onnx.graph.GraphBuilder.Type.FLOAT;

import java.util.List;

/**
 * All inner products of n rows. The mean, which {@code centred} times is subtracted first, is taken
 * and subtracted in double precision, so that a large offset costs no digits and rows that are all
 * equal become exact zeros; products are single precision.
 */
final class GramDefinition {

  private GramDefinition() {}

  static byte[] build() {
    GraphBuilder g = new GraphBuilder("gram");
    String x = g.input("x", FLOAT, List.of("n", "p"));
    String centred = g.input("centred", DOUBLE, List.of(1));
    String wide = g.cast(x, DOUBLE);
    String mean = g.divide(g.sum(wide, true, 0), g.length(x, 0));
    String rows = g.cast(g.subtract(wide, g.multiply(mean, centred)), FLOAT);
    g.output(g.product(rows, g.transpose(rows, 1, 0)), "gram", FLOAT, List.of("n", "n"));
    return g.toBytes();
  }
}
