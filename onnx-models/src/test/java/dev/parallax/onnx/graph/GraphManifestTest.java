package dev.parallax.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.onnx.encoder.BundledEncoders;
import dev.parallax.onnx.model.ModelRefusedException;
import dev.parallax.onnx.model.PinnedBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GraphManifestTest {

  @ParameterizedTest
  @EnumSource(StatisticsGraph.class)
  void describesTheGraphThatLiesBesideIt(StatisticsGraph graph) {
    GraphManifest manifest = GraphManifest.read(graph.id());

    assertThatCode(() -> manifest.requireSignature(pinned(graph.build())))
        .doesNotThrowAnyException();
    assertThat(manifest.opset()).isEqualTo(GraphBuilder.OPSET);
    assertThat(manifest.inputs()).isNotEmpty();
    assertThat(manifest.outputs()).isNotEmpty();
    assertThat(manifest.computes()).isNotBlank().doesNotContain("\n");
  }

  @Test
  void aGraphWithOtherInputsOrOutputsIsRefusedNamingBoth() {
    GraphManifest gram = GraphManifest.read("gram");
    PinnedBytes projection = pinned(StatisticsGraph.PROJECTION.build());
    assertThatThrownBy(() -> gram.requireSignature(projection))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageStartingWith("graph.onnx refused: expected ")
        .hasMessageContaining("name=centred")
        .hasMessageContaining("name=map");
  }

  @Test
  void oneOtherNameTypeSizeOrderOrOperatorSetIsEnough() {
    GraphManifest gram = GraphManifest.read("gram");
    PinnedBytes graph = pinned(StatisticsGraph.GRAM.build());
    GraphSignature.Value x = gram.inputs().get(0);
    GraphSignature.Value centred = gram.inputs().get(1);
    for (List<GraphSignature.Value> inputs :
        List.of(
            List.of(x),
            List.of(centred, x),
            List.of(new GraphSignature.Value("y", "float", List.of("n", "p")), centred),
            List.of(new GraphSignature.Value("x", "double", List.of("n", "p")), centred),
            List.of(new GraphSignature.Value("x", "float", List.of("n", 64)), centred),
            List.of(new GraphSignature.Value("x", "float", List.of("n")), centred))) {
      assertRefused(with(gram, gram.opset(), inputs, gram.outputs()), graph);
    }
    assertRefused(with(gram, gram.opset(), gram.inputs(), new ArrayList<>()), graph);
    assertRefused(with(gram, 18, gram.inputs(), gram.outputs()), graph);
  }

  private static GraphManifest with(
      GraphManifest of,
      int opset,
      List<GraphSignature.Value> inputs,
      List<GraphSignature.Value> outputs) {
    return new GraphManifest(
        of.id(), of.version(), of.model(), of.sha256(), opset, of.computes(), inputs, outputs);
  }

  private static void assertRefused(GraphManifest manifest, PinnedBytes graph) {
    assertThatThrownBy(() -> manifest.requireSignature(graph))
        .isInstanceOf(ModelRefusedException.class);
  }

  @Test
  void whatIsNoGraphOrNotThereIsRefused() {
    GraphManifest gram = GraphManifest.read("gram");
    assertThatThrownBy(() -> gram.requireSignature(pinned(new byte[] {1, 2, 3})))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessage("graph.onnx refused: not an ONNX model");
    assertThatThrownBy(() -> GraphManifest.read("nothing"))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("nothing.json refused: not on the class path");
  }

  @Test
  void theReadmeHasALineForEachGraphAndEncoder() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("README.md"));
    for (StatisticsGraph graph : StatisticsGraph.values()) {
      assertThat(lines).anyMatch(line -> line.startsWith("| `" + graph.id() + "` |"));
    }
    for (String encoder : BundledEncoders.ids()) {
      assertThat(lines).anyMatch(line -> line.startsWith("| `" + encoder + "` |"));
    }
  }

  @Test
  void noGraphCarriesBigConstants() {
    for (StatisticsGraph graph : StatisticsGraph.values()) {
      assertThat(graph.build()).as(graph.id()).hasSizeLessThan(16 * 1024);
    }
  }

  private static PinnedBytes pinned(byte[] bytes) {
    return PinnedBytes.of("graph.onnx", bytes, PinnedBytes.sha256(bytes));
  }
}
