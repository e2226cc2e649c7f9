package dev.parallax.onnx.graph;

import static dev.parallax.onnx.graph.GraphBuilder.Type.DOUBLE;
import static dev.parallax.onnx.graph.GraphBuilder.Type.FLOAT;
import static dev.parallax.onnx.graph.GraphBuilder.Type.INT64;
import static dev.parallax.onnx.graph.StatisticsGraph.BLOCK;

import java.util.List;

/**
 * Per row the squared distance ‖x − rW‖² of the live row from its translation, and the stratum: the
 * nearest of k centroids, by the greatest r·c − ½‖c‖², the lowest index of equal ones. The
 * translation is in single precision, squares, sums and strata in double.
 */
final class TranslationDefinition {

  private TranslationDefinition() {}

  static byte[] build() {
    GraphBuilder g = new GraphBuilder("translation");
    String x = g.input("x", FLOAT, List.of(BLOCK, "p"));
    String r = g.input("r", FLOAT, List.of(BLOCK, "q"));
    String w = g.input("w", FLOAT, List.of("q", "p"));
    String c = g.input("c", FLOAT, List.of("q", "k"));
    String halfNorms = g.input("half_norms", FLOAT, List.of("k"));
    String difference = g.cast(g.subtract(x, g.product(r, w)), DOUBLE);
    // A product with ones, not a sum: the runtime's sums follow how a row lies in memory, and so
    // its place in the block.
    String squares = g.multiply(difference, difference);
    g.output(g.product(squares, g.ones(w, 1)), "residual", DOUBLE, List.of(BLOCK));
    String closeness =
        g.subtract(g.product(g.cast(r, DOUBLE), g.cast(c, DOUBLE)), g.cast(halfNorms, DOUBLE));
    g.output(g.argMax(closeness, 1), "stratum", INT64, List.of(BLOCK));
    return g.toBytes();
  }
}
