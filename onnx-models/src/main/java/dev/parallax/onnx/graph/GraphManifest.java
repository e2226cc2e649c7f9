package dev.parallax.onnx.graph;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.parallax.onnx.model.ModelRefusedException;
import dev.parallax.onnx.model.PinnedBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What lies beside a shipped graph.
 *
 * @param model file name of the graph, in the same folder
 * @param sha256 of that file
 * @param computes what goes in and what comes out
 */
record GraphManifest(
    String id, int version, String model, String sha256, int opset, String computes) {

  /** Folder of the shipped graphs on the class path. */
  static final String FOLDER = "dev/parallax/onnx/graphs/";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT);

  static GraphManifest of(StatisticsGraph graph, byte[] bytes) {
    return new GraphManifest(
        graph.id(),
        1,
        graph.id() + ".onnx",
        PinnedBytes.sha256(bytes),
        GraphBuilder.OPSET,
        graph.computes());
  }

  static GraphManifest read(String id) {
    String resource = FOLDER + id + ".json";
    try (InputStream in = GraphManifest.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new ModelRefusedException(
            "classpath:" + resource + " refused: not on the class path");
      }
      return JSON.readValue(in, GraphManifest.class);
    } catch (IOException e) {
      throw new ModelRefusedException("classpath:" + resource + " refused: not a manifest", e);
    }
  }

  byte[] toBytes() {
    try {
      String json = JSON.writeValueAsString(this).replace(System.lineSeparator(), "\n");
      return (json + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("a manifest is plain JSON", e);
    }
  }
}
