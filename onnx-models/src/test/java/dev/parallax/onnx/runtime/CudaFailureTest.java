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
                + " libcurand.so.10 (CUDA 12), libcudnn.so.9 (cuDNN 9)");
  }

  @Test
  void librariesThatAreThereAreNotNamed() {
    Set<String> there = Set.of("libcuda.so.1", "libcudart.so.12", "libcublas.so.12");
    assertThat(CudaFailure.reason(ON_A_BARE_MACHINE, there::contains))
        .endsWith("is missing, and so are libcurand.so.10 (CUDA 12), libcudnn.so.9 (cuDNN 9)");
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

  /** What onnxruntime_gpu 1.28.0 said beside CUDA 12.6. */
  @Test
  void aLibraryOfAnEarlierCudaIsTooOld() {
    String older =
        "FAIL : Failed to load library /cache/natives/libonnxruntime_providers_cuda.so with error:"
            + " /cache/natives/libonnxruntime_providers_cuda.so: undefined symbol:"
            + " cudaLibraryGetKernel, version libcudart.so.12";
    assertThat(CudaFailure.reason(older, library -> true))
        .isEqualTo(
            "the library libcudart.so.12 is too old, it has no cudaLibraryGetKernel: CUDA 12.8 or"
                + " a later 12 is needed");
  }

  /** What it said of cuda:7 on a machine with one device. */
  @Test
  void aDeviceThatIsNotThereIsSaidToBeMissing() {
    String seventh =
        "FAIL : provider_options_utils.h:187 Parse Failed to parse provider option \"device_id\":"
            + " cuda_execution_provider_info.cc:70 operator() Invalid device ID: 7, must be"
            + " between 0 (inclusive) and 1 (exclusive).";
    assertThat(CudaFailure.reason(seventh, library -> true))
        .isEqualTo("there is no such device, the driver shows 1, counted from 0");
  }

  /** What it said on a device whose memory was taken. */
  @Test
  void ofAFailureOfTheDriverTheDetailsStayWithTheCause() {
    String full =
        "std::conditional_t<THRW, void, common::Status> onnxruntime::CudaCall(ERRTYPE, const char*)"
            + " CUDA failure 2: out of memory ; GPU=0 ; hostname=vm ; file=/onnxruntime_src/"
            + "cuda_execution_provider.cc ; line=341 ; expr=cudaSetDevice(info_.device_id);\n\n";
    assertThat(CudaFailure.reason(full, library -> true))
        .isEqualTo("CUDA failure 2: out of memory");
  }

  @Test
  void anythingElseIsHandedOnInOneLine() {
    assertThat(CudaFailure.reason("cuDNN is not\n available. ", library -> true))
        .isEqualTo("cuDNN is not available.");
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
