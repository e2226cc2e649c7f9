package dev.parallax.onnx.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.parallax.onnx.encoder.BundledEncoders;
import dev.parallax.onnx.graph.GraphSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeArithmeticTest {

  /** So a CUDA session of them may leave no node to the processor. */
  @Test
  void noStatisticsGraphComputesWithSizes() {
    assertThat(GraphSet.sources())
        .isNotEmpty()
        .noneMatch(source -> ShapeArithmetic.isIn(source.load()));
  }

  @Test
  void exportedEncodersDo() {
    assertThat(ShapeArithmetic.isIn(BundledEncoders.manifest("all-minilm-l6-v2").model().load()))
        .isTrue();
  }

  @Test
  void handingASizeToAnOperatorThatAsksForOneIsNoArithmetic() {
    assertThat(isIn(node("Shape", "n", "x"), node("ConstantOfShape", "y", "n"))).isFalse();
    assertThat(isIn(node("Shape", "n", "x"), node("Reshape", "y", "x", "n"))).isFalse();
    assertThat(isIn(node("Shape", "n", "x"), node("Gather", "y", "n", "i"))).isTrue();
    assertThat(isIn(node("Size", "n", "x"), node("Reshape", "y", "n", "x"))).isTrue();
    assertThat(isIn(node("Size", "n", "x"), node("Add", "y", "a", "n"))).isTrue();
  }

  private static boolean isIn(NodeProto... nodes) {
    GraphProto graph = GraphProto.newBuilder().addAllNode(List.of(nodes)).build();
    byte[] bytes = ModelProto.newBuilder().setGraph(graph).build().toByteArray();
    return ShapeArithmetic.isIn(PinnedBytes.of("m.onnx", bytes, PinnedBytes.sha256(bytes)));
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .addOutput(output)
        .addAllInput(List.of(inputs))
        .build();
  }
}
