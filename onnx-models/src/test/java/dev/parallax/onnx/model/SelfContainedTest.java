package dev.parallax.onnx.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import org.junit.jupiter.api.Test;

class SelfContainedTest {

  private static final TensorProto OUTSIDE =
      TensorProto.newBuilder()
          .setName("weights")
          .setDataLocation(TensorProto.DataLocation.EXTERNAL)
          .addExternalData(
              StringStringEntryProto.newBuilder().setKey("location").setValue("/etc/passwd"))
          .build();

  @Test
  void aModelWithAllItsWeightsPasses() {
    GraphProto graph =
        GraphProto.newBuilder()
            .addInitializer(TensorProto.newBuilder().setName("weights").addFloatData(1))
            .build();
    assertThatCode(() -> check(graph)).doesNotThrowAnyException();
  }

  @Test
  void anInitializerInAnotherFileIsRefused() {
    assertRefused(GraphProto.newBuilder().addInitializer(OUTSIDE).build());
  }

  @Test
  void aTensorAttributeInAnotherFileIsRefused() {
    assertRefused(graphWith(AttributeProto.newBuilder().setT(OUTSIDE)));
    assertRefused(graphWith(AttributeProto.newBuilder().addTensors(OUTSIDE)));
  }

  @Test
  void aWeightOfABranchInAnotherFileIsRefused() {
    GraphProto branch = GraphProto.newBuilder().addInitializer(OUTSIDE).build();
    assertRefused(graphWith(AttributeProto.newBuilder().setG(branch)));
    assertRefused(graphWith(AttributeProto.newBuilder().addGraphs(branch)));
  }

  @Test
  void whatIsNoOnnxModelIsRefused() {
    byte[] garbage = {1, 2, 3, 4, 5};
    assertThatThrownBy(() -> check(garbage))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessage("m.onnx refused: not an ONNX model");
    assertThatThrownBy(() -> check(new byte[0]))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessage("m.onnx refused: it holds no ONNX graph");
  }

  private static GraphProto graphWith(AttributeProto.Builder attribute) {
    return GraphProto.newBuilder()
        .addNode(NodeProto.newBuilder().setOpType("If").addAttribute(attribute))
        .build();
  }

  private static void assertRefused(GraphProto graph) {
    assertThatThrownBy(() -> check(graph))
        .isInstanceOf(ExternalDataException.class)
        .hasMessage(
            "m.onnx refused: tensor 'weights' is stored in another file, expected every weight"
                + " inside the model");
  }

  private static void check(GraphProto graph) {
    check(ModelProto.newBuilder().setGraph(graph).build().toByteArray());
  }

  private static void check(byte[] model) {
    SelfContained.require(PinnedBytes.of("m.onnx", model, PinnedBytes.sha256(model)));
  }
}
