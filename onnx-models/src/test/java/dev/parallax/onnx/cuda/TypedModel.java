package dev.parallax.onnx.cuda;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.parallax.onnx.model.PinnedBytes;
import dev.parallax.onnx.runtime.OnnxRuntime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A model with the element type of every value in it, as the runtime itself infers them: every
 * value is made an output, and a session then says the types of its outputs.
 */
final class TypedModel {

  /** Initializers up to this size count as small, for the runtime too. */
  private static final long SMALL = 100;

  private final int opset;
  private final List<NodeProto> nodes = new ArrayList<>();
  private final Map<String, String> types = new HashMap<>();
  private final Set<String> inputs = new HashSet<>();
  private final Set<String> smallInitializers = new HashSet<>();

  private TypedModel(ModelProto model) {
    opset =
        model.getOpsetImportList().stream()
            .filter(set -> set.getDomain().isEmpty())
            .mapToInt(set -> (int) set.getVersion())
            .findFirst()
            .orElseThrow();
    GraphProto graph = model.getGraph();
    graph.getInputList().forEach(input -> inputs.add(input.getName()));
    graph.getInitializerList().forEach(tensor -> addInitializer(tensor.getName(), tensor));
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("Constant")) {
        addInitializer(node.getOutput(0), node.getAttribute(0).getT());
      } else {
        nodes.add(node);
      }
    }
  }

  private void addInitializer(String name, TensorProto tensor) {
    types.put(
        name,
        Objects.requireNonNull(TensorProto.DataType.forNumber(tensor.getDataType()))
            .name()
            .toLowerCase(Locale.ROOT));
    if (tensor.getDimsList().stream().reduce(1L, (a, b) -> a * b) <= SMALL) {
      smallInitializers.add(name);
    }
  }

  static TypedModel of(PinnedBytes model) throws InvalidProtocolBufferException, OrtException {
    ModelProto proto = ModelProto.parseFrom(model.bytes());
    TypedModel typed = new TypedModel(proto);
    ModelProto.Builder open = proto.toBuilder();
    open.getGraphBuilder().clearOutput();
    typed.nodes.stream()
        .flatMap(node -> node.getOutputList().stream())
        .filter(output -> !output.isEmpty())
        .forEach(
            output ->
                open.getGraphBuilder()
                    .addOutput(ValueInfoProto.newBuilder().setName(output).build()));
    try (SessionOptions options = new SessionOptions()) {
      options.setOptimizationLevel(SessionOptions.OptLevel.NO_OPT);
      try (OrtSession session =
          OnnxRuntime.get().environment().createSession(open.build().toByteArray(), options)) {
        typed.addTypes(session.getInputInfo());
        typed.addTypes(session.getOutputInfo());
      }
    }
    return typed;
  }

  private void addTypes(Map<String, NodeInfo> values) {
    values.forEach(
        (name, info) ->
            types.put(name, ((TensorInfo) info.getInfo()).type.name().toLowerCase(Locale.ROOT)));
  }

  /** In an order in which each comes after what it needs; constants are initializers. */
  List<NodeProto> nodes() {
    return nodes;
  }

  /** Version of the standard operators. */
  int opset() {
    return opset;
  }

  List<String> types(List<String> values) {
    return values.stream()
        .map(value -> Objects.requireNonNull(types.get(value), "no type of " + value))
        .toList();
  }

  boolean isInput(String value) {
    return inputs.contains(value);
  }

  boolean isSmallInitializer(String value) {
    return smallInitializers.contains(value);
  }
}
