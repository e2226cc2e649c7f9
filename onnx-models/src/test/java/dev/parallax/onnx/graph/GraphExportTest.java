package dev.parallax.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphExportTest {

  @Test
  void exportingAgainGivesTheShippedFilesByteForByte(@TempDir Path folder) throws IOException {
    GraphExport.main(new String[] {folder.toString()});

    List<Path> written;
    try (Stream<Path> files = Files.list(folder)) {
      written = files.toList();
    }
    assertThat(written).hasSize(2 * StatisticsGraph.values().length);
    for (Path file : written) {
      String resource = GraphManifest.FOLDER + file.getFileName();
      try (InputStream shipped = getClass().getClassLoader().getResourceAsStream(resource)) {
        assertThat(shipped).as(resource).isNotNull();
        assertThat(Files.readAllBytes(file)).as(resource).isEqualTo(shipped.readAllBytes());
      }
    }
  }

  @Test
  void everyShippedGraphIsTheOneItsManifestPins() {
    for (StatisticsGraph graph : StatisticsGraph.values()) {
      assertThat(graph.source().load().bytes()).isEqualTo(graph.build());
    }
  }

  /** A change here is a change of what scores mean: say so in the changelog. */
  @Test
  void theGraphsTogetherAreTheseOnes() {
    assertThat(GraphSet.digest())
        .isEqualTo("39b0c1618fe26f5dde869798a45af955d540aca9fb14f2ef218a29d1374dddc0");
  }
}
