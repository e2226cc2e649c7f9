package dev.parallax.benchmarks.kernel;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.parallax.onnx.model.PinnedBytes;
import dev.parallax.onnx.runtime.GraphSession;
import dev.parallax.onnx.runtime.OnnxRuntime;
import dev.parallax.onnx.runtime.SessionSettings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;

/**
 * A stack of float32 matrix products {@code a [stack, rows, inner] · b [stack, inner, columns]} by
 * one ONNX Runtime operator on one thread, over buffers outside the heap that are filled once: what
 * the machine can do, with nothing around it.
 */
final class BareProduct implements AutoCloseable {

  private final int rows;
  private final int inner;
  private final int columns;
  private final FloatBuffer a;
  private final FloatBuffer b;
  private final FloatBuffer product;
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxTensor> outputs;
  private final GraphSession session;
  private boolean unchecked;

  BareProduct(int stack, int rows, int inner, int columns) {
    this.rows = rows;
    this.inner = inner;
    this.columns = columns;
    this.a = filled(stack * rows * inner, 1);
    this.b = filled(stack * inner * columns, 2);
    this.product = direct(stack * rows * columns);
    byte[] model = model();
    this.session =
        GraphSession.open(
            PinnedBytes.of("memory:product", model, PinnedBytes.sha256(model)),
            SessionSettings.CPU);
    this.inputs = Map.of("a", tensor(a, stack, rows, inner), "b", tensor(b, stack, inner, columns));
    this.outputs = Map.of("product", tensor(product, stack, rows, columns));
  }

  private static FloatBuffer filled(int floats, long seed) {
    Random random = new Random(seed);
    FloatBuffer buffer = direct(floats);
    for (int i = 0; i < floats; i++) {
      buffer.put(i, random.nextFloat() - 0.5f);
    }
    return buffer;
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  private static OnnxTensor tensor(FloatBuffer buffer, long... shape) {
    try {
      return OnnxTensor.createTensor(OnnxRuntime.get().environment(), buffer, shape);
    } catch (OrtException e) {
      throw new IllegalStateException("no tensor can be made", e);
    }
  }

  private static byte[] model() {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .setGraph(
            GraphProto.newBuilder()
                .setName("product")
                .addInput(value("a"))
                .addInput(value("b"))
                .addOutput(value("product"))
                .addNode(
                    NodeProto.newBuilder()
                        .setOpType("MatMul")
                        .addInput("a")
                        .addInput("b")
                        .addOutput("product")))
        .build()
        .toByteArray();
  }

  /** A float tensor of three open dimensions. */
  private static ValueInfoProto value(String name) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int dimension = 0; dimension < 3; dimension++) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(name + dimension).build());
    }
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(shape)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /** Multiplies once more. */
  FloatBuffer run() {
    session.runInto(inputs, outputs);
    unchecked = true;
    return product;
  }

  /**
   * Compares the last entry of the last product, if there is a new one, with the same sum in double
   * precision.
   *
   * @throws IllegalStateException when they differ by more than rounding
   */
  void check() {
    if (!unchecked) {
      return;
    }
    unchecked = false;
    int rowStart = a.capacity() - inner;
    int matrixStart = b.capacity() - inner * columns;
    double expected = 0;
    for (int k = 0; k < inner; k++) {
      expected += (double) a.get(rowStart + k) * b.get(matrixStart + k * columns + columns - 1);
    }
    double found = product.get(product.capacity() - 1);
    if (!(Math.abs(found - expected) <= 1e-6 * inner)) {
      throw new IllegalStateException(
          "product of " + rows + " by " + columns + ": expected " + expected + ", got " + found);
    }
  }

  @Override
  public void close() {
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxTensor::close);
    session.close();
  }
}
