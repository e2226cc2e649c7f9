package dev.parallax.onnx.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import dev.parallax.onnx.encoder.BundledEncoders;
import dev.parallax.onnx.model.Operators;
import dev.parallax.onnx.model.PinnedBytes;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class CudaProviderTest {

  @Test
  void productsAreFullSinglePrecisionMemoryIsBoundedAndNothingIsChosenByTiming() {
    assertThat(new CudaProvider(ExecutionProvider.parse("cuda:1")).options(90))
        .containsExactly(
            entry("use_tf32", "0"),
            entry("cudnn_conv_algo_search", "DEFAULT"),
            entry("arena_extend_strategy", "kSameAsRequested"),
            entry("gpu_mem_limit", Long.toString((2L << 30) + 90)));
  }

  @Test
  void tensorCoresRoundOnlyWhenAsked() {
    assertThat(new CudaProvider(ExecutionProvider.parse("cuda+tf32")).options(0))
        .containsEntry("use_tf32", "1");
  }

  @Test
  void withoutTheGpuBuildTheErrorSaysWhichArtifactIsMissing() {
    Assumptions.assumeFalse(carriesCuda(), "this build carries CUDA");
    PinnedBytes model = model(BundledEncoders.MINILM);
    SessionSettings cuda = SessionSettings.on(ExecutionProvider.parse("cuda:1"));

    assertThatThrownBy(() -> OnnxRuntime.get().options(cuda, model))
        .isInstanceOf(ProviderUnavailableException.class)
        .hasMessage(
            "provider=cuda:1 cannot start: this build carries ONNX Runtime for processors only;"
                + " build it with -Pgpu, which takes com.microsoft.onnxruntime:onnxruntime_gpu in"
                + " place of onnxruntime");
  }

  @Test
  void aFullPrecisionEncoderHasAKernelForEveryOperatorAndAQuantisedOneHasNot() {
    assertThat(CudaKernels.missing(operators(BundledEncoders.MINILM))).isEmpty();
    assertThat(CudaKernels.missing(operators(BundledEncoders.MINILM_QUANTISED)))
        .containsExactly("DynamicQuantizeLinear");
    assertThat(CudaKernels.missing(Set.of("Constant", "com.microsoft:FusedMatMul"))).isEmpty();
  }

  private static Set<String> operators(String encoder) {
    return Operators.of(model(encoder));
  }

  private static PinnedBytes model(String encoder) {
    return BundledEncoders.manifest(encoder).model().load();
  }

  private static boolean carriesCuda() {
    OnnxRuntime.get();
    return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
  }
}
