package dev.parallax.onnx.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the shipped graphs and their manifests; run it after changing {@link StatisticsGraph}. */
public final class GraphExport {

  private GraphExport() {}

  /**
   * @param args the folder to write to, {@code src/main/resources/dev/parallax/onnx/graphs}
   */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    for (StatisticsGraph graph : StatisticsGraph.values()) {
      byte[] bytes = graph.build();
      GraphManifest manifest = GraphManifest.of(graph, bytes);
      Files.write(folder.resolve(manifest.model()), bytes);
      Files.write(folder.resolve(graph.id() + ".json"), manifest.toBytes());
    }
  }
}
