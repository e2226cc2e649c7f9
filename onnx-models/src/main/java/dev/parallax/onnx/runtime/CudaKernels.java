package dev.parallax.onnx.runtime;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The operators of the standard ONNX domain that ONNX Runtime 1.28 has CUDA kernels for, by name;
 * whether for every type and version is for the runtime to say.
 *
 * @see <a href="https://github.com/microsoft/onnxruntime/blob/main/docs/OperatorKernels.md">the
 *     runtime's list of kernels</a>
 */
final class CudaKernels {

  private static final Set<String> NAMES =
      Set.of(
          """
          Abs Add Affine And ArgMax ArgMin Attention AveragePool BatchNormalization Cast Ceil Clip \
          Compress Concat ConcatFromSequence ConstantOfShape Conv ConvTranspose Cos Crop CumSum \
          DepthToSpace DequantizeLinear Div Dropout DynamicSlice Einsum Elu Equal Erf Exp Expand \
          EyeLike Flatten Floor GRU Gather GatherElements GatherND Gelu Gemm GlobalAveragePool \
          GlobalMaxPool Greater GreaterOrEqual GridSample HardSigmoid HardSwish Identity If \
          ImageScaler InstanceNormalization IsInf IsNaN LRN LSTM LayerNormalization LeakyRelu \
          Less LessOrEqual Log LogSoftmax Loop MatMul MatMulInteger Max MaxPool Min Mod Mul Neg \
          NonZero Not OneHot Or PRelu Pad ParametricSoftplus Pow QuantizeLinear RMSNormalization \
          RNN RandomNormal RandomNormalLike RandomUniform RandomUniformLike Range Reciprocal \
          ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin \
          ReduceProd ReduceSum ReduceSumSquare Relu Reshape Resize ReverseSequence RoiAlign \
          RotaryEmbedding Round ScaledTanh Scan ScatterElements ScatterND Selu SequenceAt \
          SequenceConstruct SequenceEmpty SequenceErase SequenceInsert SequenceLength Shape \
          Shrink Sigmoid Sign SimplifiedLayerNormalization Sin Size Slice Softmax Softplus \
          Softsign SpaceToDepth Split Sqrt Squeeze Sub Sum Tanh TensorScatter ThresholdedRelu \
          Tile TopK Transpose Trilu Unsqueeze Upsample Where Xor"""
              .split(" "));

  /** Becomes an initializer when the model is loaded and is placed nowhere. */
  private static final String CONSTANT = "Constant";

  private CudaKernels() {}

  /**
   * Which operators have no CUDA kernel. Those of other domains, named {@code domain:operator}, are
   * not judged.
   */
  static SortedSet<String> missing(Set<String> operators) {
    SortedSet<String> missing = new TreeSet<>();
    for (String operator : operators) {
      if (!operator.contains(":") && !operator.equals(CONSTANT) && !NAMES.contains(operator)) {
        missing.add(operator);
      }
    }
    return missing;
  }
}
