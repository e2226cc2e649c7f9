package dev.parallax.onnx.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionProviderTest {

  @ParameterizedTest
  @CsvSource({
    "cpu, cpu",
    "cuda, cuda:0",
    "cuda:0, cuda:0",
    "cuda:3, cuda:3",
    "cuda:1+tf32, cuda:1+tf32",
    "cuda+tf32, cuda:0+tf32"
  })
  void isReadAndWritten(String value, String written) {
    assertThat(ExecutionProvider.parse(value)).hasToString(written);
    assertThat(ExecutionProvider.parse(written)).isEqualTo(ExecutionProvider.parse(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "CPU", "cuda:", "cuda:-1", "cuda:x", "cuda:0 ", "gpu", "cpu:0", "cpu+tf32"})
  void anythingElseIsRefused(String value) {
    assertThatThrownBy(() -> ExecutionProvider.parse(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "provider=" + value + ": expected cpu, cuda or cuda:<device>, on CUDA also with +tf32");
  }

  @Test
  void theProcessorHasNoTf32() {
    assertThatThrownBy(() -> new ExecutionProvider(ExecutionProvider.Kind.CPU, 0, true))
        .hasMessage("tf32=true: expected a CUDA device");
  }
}
