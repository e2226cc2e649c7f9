package dev.parallax.onnx.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.parallax.onnx.model.ModelRefusedException;
import dev.parallax.onnx.model.PinnedBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightMatricesTest {

  private static final WeightEdit ADD_TEN =
      (values, grid, random) -> {
        for (int i = 0; i < values.length; i++) {
          values[i] += 10;
        }
      };

  private static TensorProto tensor(String name, DataType type, byte[] raw, long... dims) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(raw));
    for (long dim : dims) {
      tensor.addDims(dim);
    }
    return tensor.build();
  }

  private static byte[] floats(float... values) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      raw.putFloat(value);
    }
    return raw.array();
  }

  private static NodeProto node(String operator, String... inputs) {
    return NodeProto.newBuilder().setOpType(operator).addAllInput(List.of(inputs)).build();
  }

  private static PinnedBytes model(GraphProto.Builder graph) {
    byte[] bytes = ModelProto.newBuilder().setGraph(graph).build().toByteArray();
    return PinnedBytes.of("m.onnx", bytes, PinnedBytes.sha256(bytes));
  }

  private static List<ByteString> edited(PinnedBytes model, WeightEdit edit)
      throws InvalidProtocolBufferException {
    return ModelProto.parseFrom(WeightMatrices.edited(model, edit))
        .getGraph()
        .getInitializerList()
        .stream()
        .map(TensorProto::getRawData)
        .toList();
  }

  @Test
  void onlyConstantRightHandSidesOfProductsAreEdited() throws InvalidProtocolBufferException {
    PinnedBytes model =
        model(
            GraphProto.newBuilder()
                .addNode(node("Gather", "table", "ids"))
                .addNode(node("MatMul", "x", "w"))
                .addNode(node("MatMul", "x", "y"))
                .addNode(node("Add", "x", "b"))
                .addInitializer(tensor("table", DataType.FLOAT, floats(1, 2), 1, 2))
                .addInitializer(tensor("w", DataType.FLOAT, floats(1.5f, -2), 1, 2))
                .addInitializer(tensor("b", DataType.FLOAT, floats(3), 1)));

    assertThat(edited(model, ADD_TEN))
        .containsExactly(
            ByteString.copyFrom(floats(1, 2)),
            ByteString.copyFrom(floats(11.5f, 8)),
            ByteString.copyFrom(floats(3)));
  }

  @Test
  void bytesStayWithinTheirRange() throws InvalidProtocolBufferException {
    PinnedBytes model =
        model(
            GraphProto.newBuilder()
                .addNode(node("MatMulInteger", "x", "signed", "xz"))
                .addNode(node("MatMulInteger", "x", "unsigned", "xz"))
                .addInitializer(tensor("signed", DataType.INT8, new byte[] {-128, 120}, 2, 1))
                .addInitializer(tensor("unsigned", DataType.UINT8, new byte[] {0, -1}, 2, 1)));

    assertThat(edited(model, ADD_TEN))
        .containsExactly(
            ByteString.copyFrom(new byte[] {-118, 127}), ByteString.copyFrom(new byte[] {10, -1}));
  }

  /** Both ways of storing one number are in use. */
  @ParameterizedTest(name = "as bytes: {0}")
  @ValueSource(booleans = {true, false})
  void theZeroOfAQuantisedMatrixIsThatOfItsProduct(boolean asBytes)
      throws InvalidProtocolBufferException {
    TensorProto zero =
        asBytes
            ? tensor("wz", DataType.UINT8, new byte[] {100})
            : tensor("wz", DataType.UINT8, new byte[0]).toBuilder().addInt32Data(100).build();
    PinnedBytes model =
        model(
            GraphProto.newBuilder()
                .addNode(node("MatMulInteger", "x", "w", "xz", "wz"))
                .addInitializer(tensor("w", DataType.UINT8, new byte[] {100, 107, 109}, 3, 1))
                .addInitializer(zero));

    assertThat(edited(model, WeightEdit.rounding(4)).get(0))
        .isEqualTo(ByteString.copyFrom(new byte[] {100, 100, 116}));
  }

  @Test
  void aModelWithoutWeightMatricesIsRefused() {
    PinnedBytes model = model(GraphProto.newBuilder().addNode(node("MatMul", "x", "y")));

    assertThatThrownBy(() -> WeightMatrices.edited(model, ADD_TEN))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessage("m.onnx refused: it has no weight matrix that could be edited");
  }
}
