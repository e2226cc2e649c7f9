package dev.parallax.onnx.model;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether a model computes with the sizes of its values, as exported models do, rather than only
 * hand them to operators that ask for a size. ONNX Runtime keeps the former on the processor even
 * when the rest of the model is on a device.
 */
public final class ShapeArithmetic {

  private static final Set<String> SIZES = Set.of("Shape", "Size");

  /** Operators that ask for sizes, indices or a count in all inputs but the first. */
  private static final Set<String> ASKING =
      Set.of("Expand", "Reshape", "ReduceSum", "Slice", "Squeeze", "Tile", "TopK", "Unsqueeze");

  private ShapeArithmetic() {}

  /**
   * Looks at the graph of the model, not at graphs inside its nodes.
   *
   * @throws ModelRefusedException when the bytes are not an ONNX model
   */
  public static boolean isIn(PinnedBytes model) {
    return isIn(SelfContained.parse(model).getGraph());
  }

  private static boolean isIn(GraphProto graph) {
    Set<String> sizes = new HashSet<>();
    for (NodeProto node : graph.getNodeList()) {
      if (SIZES.contains(node.getOpType())) {
        sizes.addAll(node.getOutputList());
      }
    }
    return graph.getNodeList().stream().anyMatch(node -> computes(node, sizes));
  }

  private static boolean computes(NodeProto node, Set<String> sizes) {
    for (int i = 0; i < node.getInputCount(); i++) {
      if (sizes.contains(node.getInput(i)) && !asks(node, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean asks(NodeProto node, int input) {
    return input == 0
        ? node.getOpType().equals("ConstantOfShape")
        : ASKING.contains(node.getOpType());
  }
}
