package dev.parallax.onnx.model;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.SortedSet;
import java.util.TreeSet;

/** The operators that an ONNX model is made of. */
public final class Operators {

  private Operators() {}

  /**
   * Names of the operators of a model's graph and of the graphs inside it, those of the standard
   * domain bare, others as {@code domain:operator}.
   *
   * @throws ModelRefusedException when the bytes are not an ONNX model
   */
  public static SortedSet<String> of(PinnedBytes model) {
    SortedSet<String> names = new TreeSet<>();
    add(SelfContained.parse(model).getGraph(), names);
    return names;
  }

  private static void add(GraphProto graph, SortedSet<String> names) {
    for (NodeProto node : graph.getNodeList()) {
      String domain = node.getDomain();
      boolean standard = domain.isEmpty() || domain.equals("ai.onnx");
      names.add(standard ? node.getOpType() : domain + ":" + node.getOpType());
      for (AttributeProto attribute : node.getAttributeList()) {
        if (attribute.hasG()) {
          add(attribute.getG(), names);
        }
        attribute.getGraphsList().forEach(inner -> add(inner, names));
      }
    }
  }
}
