package dev.parallax.onnx.graph;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.parallax.onnx.model.ModelRefusedException;
import dev.parallax.onnx.model.PinnedBytes;
import dev.parallax.onnx.model.PinnedSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What lies beside a shipped graph.
 *
 * @param model file name of the graph, in the same folder
 * @param sha256 of that file
 * @param opset version of the standard operators
 * @param computes what it is for, in one sentence
 * @param inputs in the order of the file
 * @param outputs in the order of the file
 */
record GraphManifest(
    String id,
    int version,
    String model,
    String sha256,
    int opset,
    String computes,
    List<GraphSignature.Value> inputs,
    List<GraphSignature.Value> outputs) {

  /** Folder of the shipped graphs on the class path. */
  static final String FOLDER = "dev/parallax/onnx/graphs/";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT);

  static GraphManifest of(StatisticsGraph graph, byte[] bytes) {
    String file = graph.id() + ".onnx";
    String sha256 = PinnedBytes.sha256(bytes);
    GraphSignature signature = GraphSignature.of(PinnedBytes.of(file, bytes, sha256));
    return new GraphManifest(
        graph.id(),
        1,
        file,
        sha256,
        signature.opset(),
        graph.computes(),
        signature.inputs(),
        signature.outputs());
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

  /**
   * The graph beside this manifest, after it was found to be as described.
   *
   * @throws ModelRefusedException when its content, its inputs or its outputs are others
   */
  PinnedSource source() {
    PinnedSource source = new PinnedSource("classpath:" + FOLDER + model, sha256);
    requireSignature(source.load());
    return source;
  }

  /**
   * Holds a graph to the inputs, outputs and operator set stated here.
   *
   * @throws ModelRefusedException with both when they differ
   */
  void requireSignature(PinnedBytes graph) {
    GraphSignature stated = new GraphSignature(opset, inputs, outputs);
    GraphSignature found = GraphSignature.of(graph);
    if (!found.equals(stated)) {
      throw new ModelRefusedException(
          graph.location() + " refused: expected " + stated + ", got " + found);
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
