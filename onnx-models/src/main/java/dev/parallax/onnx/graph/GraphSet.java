package dev.parallax.onnx.graph;

import dev.parallax.onnx.model.PinnedBytes;
import dev.parallax.onnx.model.PinnedSource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** All statistics graphs together. */
public final class GraphSet {

  private GraphSet() {}

  /**
   * SHA-256 over the digests of all graphs, in lower-case hexadecimal: two scores with one digest
   * were computed by the same graphs.
   */
  public static String digest() {
    String digests = sources().stream().map(PinnedSource::sha256).collect(Collectors.joining());
    return PinnedBytes.sha256(digests.getBytes(StandardCharsets.US_ASCII));
  }

  /** Where each lies, in a fixed order; found to be as its manifest describes it. */
  public static List<PinnedSource> sources() {
    return Arrays.stream(StatisticsGraph.values()).map(StatisticsGraph::source).toList();
  }
}
