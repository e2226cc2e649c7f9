package dev.parallax.onnx.drill;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import dev.parallax.onnx.drill.WeightEdit.Grid;
import dev.parallax.onnx.model.ModelRefusedException;
import dev.parallax.onnx.model.PinnedBytes;
import dev.parallax.onnx.model.SelfContained;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The weight matrices of an ONNX model: the constant right-hand sides, of two dimensions, of its
 * matrix products, in single precision or in 8 bits. Embedding tables, biases, norms and the scales
 * of quantised matrices are not among them.
 */
final class WeightMatrices {

  private static final long SEED = 7;

  /** Where each operator has the zero point of its right-hand side; none for floats. */
  private static final Map<String, Integer> ZERO_POINT =
      Map.of(
          "MatMul", -1,
          "Gemm", -1,
          "MatMulInteger", 3,
          "DynamicQuantizeMatMul", 3,
          "MatMulIntegerToFloat", 5);

  private WeightMatrices() {}

  /**
   * The model with {@code edit} done to every weight matrix, in the order of the file.
   *
   * @throws ModelRefusedException when there is none, or the bytes are not an ONNX model
   */
  static byte[] edited(PinnedBytes model, WeightEdit edit) {
    ModelProto proto = SelfContained.parse(model);
    GraphProto graph = proto.getGraph();
    Map<String, TensorProto> constants = new HashMap<>();
    graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
    Map<String, List<Double>> zeros = zeros(graph, constants);
    Random random = new Random(SEED);
    ModelProto.Builder changed = proto.toBuilder();
    boolean any = false;
    for (int i = 0; i < graph.getInitializerCount(); i++) {
      TensorProto tensor = graph.getInitializer(i);
      List<Double> zero = zeros.get(tensor.getName());
      if (zero != null && isMatrix(tensor)) {
        any = true;
        Grid grid = new Grid((int) tensor.getDims(1), zero, isFloat(tensor) ? 0 : Byte.SIZE);
        changed.getGraphBuilder().setInitializer(i, edited(tensor, edit, grid, random));
      }
    }
    if (!any) {
      throw new ModelRefusedException(
          model.location() + " refused: it has no weight matrix that could be edited");
    }
    return changed.build().toByteArray();
  }

  /** The zero points of the right-hand sides by their names. */
  private static Map<String, List<Double>> zeros(
      GraphProto graph, Map<String, TensorProto> constants) {
    Map<String, List<Double>> zeros = new HashMap<>();
    for (NodeProto node : graph.getNodeList()) {
      Integer index = ZERO_POINT.get(node.getOpType());
      if (index != null && node.getInputCount() > 1) {
        TensorProto zero =
            index > 0 && index < node.getInputCount() ? constants.get(node.getInput(index)) : null;
        zeros.put(node.getInput(1), zero == null ? List.of(0.0) : zeroPoint(zero));
      }
    }
    return zeros;
  }

  /** One value or one a column; a single one is often kept in a field of numbers, not of bytes. */
  private static List<Double> zeroPoint(TensorProto tensor) {
    List<Double> zeros = new ArrayList<>();
    tensor.getInt32DataList().forEach(value -> zeros.add((double) value));
    for (double value : values(tensor)) {
      zeros.add(value);
    }
    return zeros;
  }

  private static boolean isFloat(TensorProto tensor) {
    return tensor.getDataType() == DataType.FLOAT.getNumber();
  }

  private static boolean isUnsigned(TensorProto tensor) {
    return tensor.getDataType() == DataType.UINT8.getNumber();
  }

  private static boolean isMatrix(TensorProto tensor) {
    boolean known =
        isFloat(tensor) || isUnsigned(tensor) || tensor.getDataType() == DataType.INT8.getNumber();
    return known && tensor.getDimsCount() == 2 && !tensor.getRawData().isEmpty();
  }

  private static TensorProto edited(TensorProto tensor, WeightEdit edit, Grid grid, Random random) {
    double[] values = values(tensor);
    edit.edit(values, grid, random);
    return tensor.toBuilder().setRawData(raw(tensor, values)).build();
  }

  private static double[] values(TensorProto tensor) {
    byte[] raw = tensor.getRawData().toByteArray();
    double[] values;
    if (isFloat(tensor)) {
      ByteBuffer floats = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
      values = new double[raw.length / Float.BYTES];
      for (int i = 0; i < values.length; i++) {
        values[i] = floats.getFloat();
      }
    } else {
      values = new double[raw.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = isUnsigned(tensor) ? Byte.toUnsignedInt(raw[i]) : raw[i];
      }
    }
    return values;
  }

  private static ByteString raw(TensorProto tensor, double[] values) {
    if (isFloat(tensor)) {
      ByteBuffer floats =
          ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (double value : values) {
        floats.putFloat((float) value);
      }
      return ByteString.copyFrom(floats.flip());
    }
    int least = isUnsigned(tensor) ? 0 : Byte.MIN_VALUE;
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.min(least + 255, Math.max(least, Math.round(values[i])));
    }
    return ByteString.copyFrom(bytes);
  }
}
