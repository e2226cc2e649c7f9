package dev.parallax.onnx.graph;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.parallax.onnx.model.ModelRefusedException;
import dev.parallax.onnx.model.PinnedBytes;
import java.util.List;
import java.util.Locale;

/**
 * What a graph takes and gives, in the order in which the file declares it.
 *
 * @param opset version of the standard operators
 */
record GraphSignature(int opset, List<Value> inputs, List<Value> outputs) {

  GraphSignature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * One input or output.
   *
   * @param type of its elements, such as {@code float} or {@code int64}
   * @param shape of each dimension its size or, when open, its name; equal names are equal sizes
   */
  record Value(String name, String type, List<Object> shape) {

    Value {
      shape = List.copyOf(shape);
    }
  }

  /**
   * Reads it off a file.
   *
   * @throws ModelRefusedException when the bytes are not an ONNX model
   */
  static GraphSignature of(PinnedBytes model) {
    try {
      return of(ModelProto.parseFrom(model.bytes()));
    } catch (InvalidProtocolBufferException e) {
      throw new ModelRefusedException(model.location() + " refused: not an ONNX model", e);
    }
  }

  private static GraphSignature of(ModelProto model) {
    int opset =
        model.getOpsetImportList().stream()
            .filter(set -> set.getDomain().isEmpty())
            .mapToInt(set -> Math.toIntExact(set.getVersion()))
            .findFirst()
            .orElse(0);
    return new GraphSignature(
        opset,
        model.getGraph().getInputList().stream().map(GraphSignature::value).toList(),
        model.getGraph().getOutputList().stream().map(GraphSignature::value).toList());
  }

  private static Value value(ValueInfoProto info) {
    TypeProto.Tensor tensor = info.getType().getTensorType();
    TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getElemType());
    return new Value(
        info.getName(),
        type == null ? "unknown" : type.name().toLowerCase(Locale.ROOT),
        tensor.getShape().getDimList().stream().map(GraphSignature::size).toList());
  }

  private static Object size(TensorShapeProto.Dimension dimension) {
    if (dimension.hasDimValue()) {
      return Math.toIntExact(dimension.getDimValue());
    }
    return dimension.getDimParam();
  }
}
