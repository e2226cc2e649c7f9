package dev.parallax.onnx.model;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.util.List;

/** What must hold of an ONNX file before a session may be made of it. */
public final class SelfContained {

  private SelfContained() {}

  /**
   * Refuses a model with weights in other files: the runtime would read whatever lies beside the
   * working directory under that name, and no digest covers it.
   *
   * @throws ExternalDataException naming the first such tensor
   * @throws ModelRefusedException when the bytes are not an ONNX model
   */
  public static void require(PinnedBytes model) {
    ModelProto proto = parse(model);
    checkGraph(model, proto.getGraph());
    proto.getFunctionsList().forEach(function -> checkNodes(model, function.getNodeList()));
    proto
        .getTrainingInfoList()
        .forEach(
            info -> {
              checkGraph(model, info.getInitialization());
              checkGraph(model, info.getAlgorithm());
            });
  }

  /**
   * Parses without copying the weights: they stay views of the checked bytes.
   *
   * @throws ModelRefusedException when the bytes are not an ONNX model
   */
  public static ModelProto parse(PinnedBytes model) {
    CodedInputStream in = UnsafeByteOperations.unsafeWrap(model.bytes()).newCodedInput();
    in.enableAliasing(true);
    try {
      ModelProto proto = ModelProto.parseFrom(in);
      if (!proto.hasGraph()) {
        throw new ModelRefusedException(model.location() + " refused: it holds no ONNX graph");
      }
      return proto;
    } catch (InvalidProtocolBufferException e) {
      throw new ModelRefusedException(model.location() + " refused: not an ONNX model", e);
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory cannot fail", e);
    }
  }

  private static void checkGraph(PinnedBytes model, GraphProto graph) {
    graph.getInitializerList().forEach(tensor -> checkTensor(model, tensor));
    graph.getSparseInitializerList().forEach(tensor -> checkSparse(model, tensor));
    checkNodes(model, graph.getNodeList());
  }

  private static void checkNodes(PinnedBytes model, List<NodeProto> nodes) {
    for (NodeProto node : nodes) {
      for (AttributeProto attribute : node.getAttributeList()) {
        if (attribute.hasT()) {
          checkTensor(model, attribute.getT());
        }
        attribute.getTensorsList().forEach(tensor -> checkTensor(model, tensor));
        if (attribute.hasSparseTensor()) {
          checkSparse(model, attribute.getSparseTensor());
        }
        attribute.getSparseTensorsList().forEach(tensor -> checkSparse(model, tensor));
        if (attribute.hasG()) {
          checkGraph(model, attribute.getG());
        }
        attribute.getGraphsList().forEach(graph -> checkGraph(model, graph));
      }
    }
  }

  private static void checkSparse(PinnedBytes model, SparseTensorProto tensor) {
    checkTensor(model, tensor.getValues());
    checkTensor(model, tensor.getIndices());
  }

  private static void checkTensor(PinnedBytes model, TensorProto tensor) {
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL
        || tensor.getExternalDataCount() > 0) {
      throw new ExternalDataException(model.location(), tensor.getName());
    }
  }
}
