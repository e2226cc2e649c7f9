package dev.parallax.onnx.graph;

import dev.parallax.onnx.model.PinnedBytes;
import java.nio.charset.StandardCharsets;

/** All statistics graphs together. */
public final class GraphSet {

  private GraphSet() {}

  /**
   * SHA-256 over the digests of all graphs, in lower-case hexadecimal: two scores with one digest
   * were computed by the same graphs.
   */
  public static String digest() {
    StringBuilder digests = new StringBuilder();
    for (StatisticsGraph graph : StatisticsGraph.values()) {
      digests.append(graph.source().sha256());
    }
    return PinnedBytes.sha256(digests.toString().getBytes(StandardCharsets.US_ASCII));
  }
}
