package dev.parallax.onnx.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Writes an ONNX graph node by node. Names are numbered in the order of the calls and nothing
 * depends on the clock or the machine, so the same calls give the same bytes.
 */
final class GraphBuilder {

  /** Operator set; all of its operators are in every ONNX Runtime of the last years. */
  static final int OPSET = 17;

  /** The file format version that goes with {@link #OPSET}. */
  private static final int IR_VERSION = 8;

  /** Element types that the graphs use. */
  enum Type {
    FLOAT(TensorProto.DataType.FLOAT),
    DOUBLE(TensorProto.DataType.DOUBLE),
    INT64(TensorProto.DataType.INT64),
    BOOL(TensorProto.DataType.BOOL);

    private final TensorProto.DataType onnx;

    Type(TensorProto.DataType onnx) {
      this.onnx = onnx;
    }
  }

  private final GraphProto.Builder graph;
  private int values;

  GraphBuilder(String name) {
    graph = GraphProto.newBuilder().setName(name);
  }

  /**
   * Declares an input.
   *
   * @param shape of each dimension either its size or, when open, its name
   */
  String input(String name, Type type, List<Object> shape) {
    graph.addInput(valueInfo(name, type, shape));
    return name;
  }

  /** Names a value as an output. */
  void output(String value, String name, Type type, List<Object> shape) {
    graph.addNode(
        NodeProto.newBuilder().setOpType("Identity").setName(name).addInput(value).addOutput(name));
    graph.addOutput(valueInfo(name, type, shape));
  }

  String constant(double value) {
    return constant(new double[] {value}, new long[0]);
  }

  String constant(double[] values, long... shape) {
    ByteBuffer raw = ByteBuffer.allocate(values.length * Double.BYTES);
    raw.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(values);
    return initializer(Type.DOUBLE, raw, shape);
  }

  String constant(long[] values) {
    ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES);
    raw.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(values);
    return initializer(Type.INT64, raw, values.length);
  }

  String add(String a, String b) {
    return node("Add", List.of(a, b));
  }

  String subtract(String a, String b) {
    return node("Sub", List.of(a, b));
  }

  String multiply(String a, String b) {
    return node("Mul", List.of(a, b));
  }

  String divide(String a, String b) {
    return node("Div", List.of(a, b));
  }

  /** Matrix product over the last two dimensions. */
  String product(String a, String b) {
    return node("MatMul", List.of(a, b));
  }

  String lessOrEqual(String a, String b) {
    return node("LessOrEqual", List.of(a, b));
  }

  String or(String a, String b) {
    return node("Or", List.of(a, b));
  }

  String where(String condition, String then, String otherwise) {
    return node("Where", List.of(condition, then, otherwise));
  }

  String transpose(String value, long... order) {
    return node("Transpose", List.of(value), ints("perm", order));
  }

  String cast(String value, Type to) {
    return node("Cast", List.of(value), integer("to", to.onnx.getNumber()));
  }

  /** Sum over the given dimensions, which stay with size 1 when asked for. */
  String sum(String value, boolean keep, long... axes) {
    return node("ReduceSum", List.of(value, constant(axes)), integer("keepdims", keep ? 1 : 0));
  }

  /** The same values in another shape, in which 0 keeps a size and −1 is what remains. */
  String reshape(String value, long... shape) {
    return node("Reshape", List.of(value, constant(shape)));
  }

  /** The first of every {@code step} values of a dimension. */
  String everyOf(String value, long axis, String step) {
    return node(
        "Slice",
        List.of(
            value,
            constant(new long[] {0}),
            constant(new long[] {Long.MAX_VALUE}),
            constant(new long[] {axis}),
            step));
  }

  /** Values one after the other along a dimension. */
  String concatenate(long axis, String... values) {
    return node("Concat", List.of(values), integer("axis", axis));
  }

  /** One value of a dimension, which goes. */
  String at(String value, long axis, long index) {
    return node("Gather", List.of(value, index(index)), integer("axis", axis));
  }

  private String index(long index) {
    ByteBuffer raw = ByteBuffer.allocate(Long.BYTES);
    raw.order(ByteOrder.LITTLE_ENDIAN).putLong(index);
    return initializer(Type.INT64, raw);
  }

  /** Double ones, as many as the given dimension of a value is long. */
  String ones(String value, int dimension) {
    String length =
        node("Shape", List.of(value), integer("start", dimension), integer("end", dimension + 1));
    return filled(length, 1);
  }

  /** Doubles of one value in the shape of another value. */
  String filledLike(String value, double fill) {
    return filled(node("Shape", List.of(value)), fill);
  }

  /**
   * A filled tensor.
   *
   * @param shape straight from a {@code Shape} node: whatever stands between the two is moved to
   *     the processor by the runtime when the rest is on a device
   */
  private String filled(String shape, double fill) {
    TensorProto value =
        TensorProto.newBuilder()
            .setDataType(Type.DOUBLE.onnx.getNumber())
            .addDims(1)
            .addDoubleData(fill)
            .build();
    AttributeProto attribute =
        AttributeProto.newBuilder()
            .setName("value")
            .setType(AttributeProto.AttributeType.TENSOR)
            .setT(value)
            .build();
    return node("ConstantOfShape", List.of(shape), attribute);
  }

  /** Length of a dimension as a double without dimensions. */
  String length(String value, int dimension) {
    return sum(ones(value, dimension), false, 0);
  }

  /** The identity in the shape of a matrix, as doubles. */
  String identityLike(String matrix) {
    return node("EyeLike", List.of(matrix), integer("dtype", Type.DOUBLE.onnx.getNumber()));
  }

  /**
   * Indices of the k greatest entries of each row, the greatest first.
   *
   * @param k one whole number
   */
  String topIndices(String matrix, String k) {
    String values = nextName();
    String indices = nextName();
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("TopK")
            .setName("TopK_" + indices)
            .addInput(matrix)
            .addInput(k)
            .addOutput(values)
            .addOutput(indices)
            .addAttribute(integer("axis", 1))
            .addAttribute(integer("largest", 1))
            .addAttribute(integer("sorted", 1)));
    return indices;
  }

  /** A matrix with {@code updates} at the given columns of each row. */
  String scatter(String matrix, String columns, String updates) {
    return node("ScatterElements", List.of(matrix, columns, updates), integer("axis", 1));
  }

  /** Index of the greatest entry of a dimension, which goes; the lowest index of equal ones. */
  String argMax(String value, long axis) {
    return node(
        "ArgMax",
        List.of(value),
        integer("axis", axis),
        integer("keepdims", 0),
        integer("select_last_index", 0));
  }

  byte[] toBytes() {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("parallax")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private String node(String operator, List<String> inputs, AttributeProto... attributes) {
    String output = nextName();
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(operator + "_" + output)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(List.of(attributes)));
    return output;
  }

  private String initializer(Type type, ByteBuffer raw, long... shape) {
    String name = nextName();
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.onnx.getNumber())
            .setRawData(ByteString.copyFrom(raw.array()));
    for (long size : shape) {
      tensor.addDims(size);
    }
    graph.addInitializer(tensor);
    return name;
  }

  private String nextName() {
    return "v" + values++;
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static AttributeProto ints(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  private static ValueInfoProto valueInfo(String name, Type type, List<Object> shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (Object size : shape) {
      TensorShapeProto.Dimension.Builder dimension = dimensions.addDimBuilder();
      if (size instanceof Integer known) {
        dimension.setDimValue(known);
      } else {
        dimension.setDimParam((String) size);
      }
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(type.onnx.getNumber())
                        .setShape(dimensions)))
        .build();
  }
}
