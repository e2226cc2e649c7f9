package dev.parallax.onnx.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import dev.parallax.onnx.TestProvider;
import dev.parallax.onnx.graph.PaneHsicGraph;
import dev.parallax.onnx.graph.PaneSums;
import dev.parallax.onnx.graph.TranslationGraph;
import dev.parallax.onnx.model.PinnedBytes;
import org.junit.jupiter.api.Test;

class GraphSessionTest {

  @Test
  void operatorsShareASessionAndTheLastOneClosesIt() {
    int before = SharedSessions.open();
    PaneHsicGraph first = PaneHsicGraph.open(TestProvider.settings());
    PaneHsicGraph second = PaneHsicGraph.open(TestProvider.settings());
    TranslationGraph other = TranslationGraph.open(TestProvider.settings());
    assertThat(SharedSessions.open()).isEqualTo(before + 2);

    first.close();
    assertThat(second.score(new float[64][2], new float[64][2])).isInstanceOf(PaneSums.class);
    second.close();
    other.close();

    assertThat(SharedSessions.open()).isEqualTo(before);
  }

  @Test
  void aModelTheRuntimeCannotRunIsNamed() {
    byte[] empty =
        ModelProto.newBuilder().setGraph(GraphProto.getDefaultInstance()).build().toByteArray();
    PinnedBytes model = PinnedBytes.of("empty.onnx", empty, PinnedBytes.sha256(empty));

    assertThatThrownBy(() -> GraphSession.open(model, TestProvider.settings()))
        .isInstanceOf(OnnxFailure.class)
        .hasMessageStartingWith("empty.onnx cannot be loaded: ");
  }

  @Test
  void provenanceSaysWhatDecidedTheBits() {
    OnnxProvenance provenance = OnnxProvenance.of(SessionSettings.CPU);

    assertThat(provenance.provider()).isEqualTo("cpu");
    assertThat(provenance.ort()).isEqualTo("1.28.0");
    assertThat(provenance.isa()).isEqualTo(InstructionSet.detect().label());
    assertThat(provenance.threads()).isEqualTo(1);
  }

  @Test
  void fewerThanOneThreadIsRefused() {
    assertThatThrownBy(() -> new SessionSettings(ExecutionProvider.CPU, 0))
        .hasMessage("threads=0: expected 1 or more");
  }
}
