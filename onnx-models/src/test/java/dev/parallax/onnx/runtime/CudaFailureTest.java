package dev.parallax.onnx.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CudaFailureTest {

  /** What onnxruntime_gpu 1.28.0 said on a machine without CUDA. */
  private static final String ON_A_BARE_MACHINE =
      """
      Error code - ORT_FAIL - message: \
      /onnxruntime_src/onnxruntime/core/session/provider_bridge_ort.cc:1988 \
      onnxruntime::Provider& onnxruntime::ProviderLibrary::Get() [ONNXRuntimeError] : 1 : FAIL : \
      Failed to load library /cache/natives/onnxruntime/libonnxruntime_providers_cuda.so with \
      error: libcublasLt.so.12: cannot open shared object file: No such file or directory
      """;

  @Test
  void theLibraryThatTheRuntimeStumbledOverComesFirstAndTheOthersFollow() {
    assertThat(CudaFailure.reason(ON_A_BARE_MACHINE, library -> false))
        .isEqualTo(
            "the library libcublasLt.so.12 (CUDA 12) is missing, and so are libcuda.so.1 (the"
                + " NVIDIA driver), libcudart.so.12 (CUDA 12), libcublas.so.12 (CUDA 12),"
                + " libcurand.so.10 (CUDA 12), libcufft.so.11 (CUDA 12), libcudnn.so.9 (cuDNN 9)");
  }

  @Test
  void librariesThatAreThereAreNotNamed() {
    Set<String> there = Set.of("libcuda.so.1", "libcudart.so.12", "libcublas.so.12");
    assertThat(CudaFailure.reason(ON_A_BARE_MACHINE, there::contains))
        .endsWith(
            "is missing, and so are libcurand.so.10 (CUDA 12), libcufft.so.11 (CUDA 12),"
                + " libcudnn.so.9 (cuDNN 9)");
    assertThat(CudaFailure.reason(ON_A_BARE_MACHINE, library -> true))
        .isEqualTo("the library libcublasLt.so.12 (CUDA 12) is missing");
  }

  @Test
  void aLibraryThatIsNotOnTheListIsNamedToo() {
    String windows =
        "Error loading \"C:\\onnxruntime_providers_cuda.dll\" which depends on"
            + " \"cublasLt64_12.dll\" which is missing. (Error 126)";
    assertThat(CudaFailure.reason(windows, library -> true))
        .isEqualTo("the library cublasLt64_12.dll is missing");
  }

  @Test
  void anythingElseIsHandedOnInOneLine() {
    assertThat(CudaFailure.reason("CUDA failure 100: no CUDA-capable\n device ; GPU=0 ", l -> true))
        .isEqualTo("CUDA failure 100: no CUDA-capable device ; GPU=0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version ; GPU=0",
        "CUDNN failure 1001: CUDNN_STATUS_NOT_INITIALIZED ; GPU=0",
        "cuDNN is not available. Install cuDNN, update the system library search path"
      })
  void driverDeviceAndCudnnFailAtFirstUse(String message) {
    assertThat(CudaFailure.isAtFirstUse(new OrtException(message))).isTrue();
  }

  @Test
  void aModelsOwnFailureIsNotTheProviders() {
    assertThat(CudaFailure.isAtFirstUse(new OrtException("INVALID_GRAPH : no cuda in sight")))
        .isFalse();
  }
}
