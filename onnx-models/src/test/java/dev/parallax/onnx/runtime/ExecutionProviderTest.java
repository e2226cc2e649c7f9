package dev.parallax.onnx.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionProviderTest {

  @ParameterizedTest
  @CsvSource({"cpu, cpu", "cuda, cuda:0", "cuda:0, cuda:0", "cuda:3, cuda:3"})
  void isReadAndWritten(String value, String written) {
    assertThat(ExecutionProvider.parse(value)).hasToString(written);
    assertThat(ExecutionProvider.parse(written)).isEqualTo(ExecutionProvider.parse(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "CPU", "cuda:", "cuda:-1", "cuda:x", "cuda:0 ", "gpu", "cpu:0"})
  void anythingElseIsRefused(String value) {
    assertThatThrownBy(() -> ExecutionProvider.parse(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("provider=" + value + ": expected cpu, cuda or cuda:<device number>");
  }

  @Test
  void cudaWithoutItsRuntimeIsAnErrorThatNamesWhatIsMissing() {
    OnnxRuntime runtime = OnnxRuntime.get();
    Assumptions.assumeFalse(
        OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA),
        "this build carries CUDA");
    SessionSettings cuda = SessionSettings.on(ExecutionProvider.parse("cuda:1"));

    assertThatThrownBy(() -> runtime.options(cuda))
        .isInstanceOf(ProviderUnavailableException.class)
        .hasMessageStartingWith("provider=cuda:1 cannot start: ")
        .hasMessageContaining("onnxruntime_gpu");
  }
}
