package dev.parallax.onnx.graph;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** All statistics graphs together. */
public final class GraphSet {

  private GraphSet() {}

  /** SHA-256 over the digests of all graphs: two scores with one digest were computed by the same graphs. */
  public static String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (StatisticsGraph graph : StatisticsGraph.values()) {
        digest.update(graph.source().sha256().getBytes(StandardCharsets.US_ASCII));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
