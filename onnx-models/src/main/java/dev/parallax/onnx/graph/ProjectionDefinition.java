package dev.parallax.onnx.graph;

import static dev.parallax.onnx.graph.GraphBuilder.Type.DOUBLE;
import static dev.parallax.onnx.graph.GraphBuilder.Type.FLOAT;

import java.util.List;

/**
 * Rows mapped into a shared space: {@code (x − mean) · map}. The mean is subtracted in double
 * precision, so that an offset costs no digits; the product is single precision.
 */
final class ProjectionDefinition {

  private ProjectionDefinition() {}

  static byte[] build() {
    GraphBuilder g = new GraphBuilder("projection");
    String x = g.input("x", FLOAT, List.of("n", "p"));
    String mean = g.input("mean", DOUBLE, List.of("p"));
    String map = g.input("map", FLOAT, List.of("p", "d"));
    String centred = g.cast(g.subtract(g.cast(x, DOUBLE), mean), FLOAT);
    g.output(g.product(centred, map), "shared", FLOAT, List.of("n", "d"));
    return g.toBytes();
  }
}
