package dev.parallax.onnx.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InstructionSetTest {

  @Test
  void theWidestOneIsTold() {
    assertThat(InstructionSet.of("amd64", "flags\t\t: fpu sse2 avx2 avx512f"))
        .hasToString("AVX512");
    assertThat(InstructionSet.of("amd64", "model: x\nflags : fpu avx2")).hasToString("AVX2");
    assertThat(InstructionSet.of("amd64", "flags : fpu sse2")).hasToString("BASELINE");
    assertThat(InstructionSet.of("amd64", "")).hasToString("BASELINE");
    assertThat(InstructionSet.of("aarch64", "")).hasToString("NEON");
    assertThat(InstructionSet.AVX512.label()).isEqualTo("avx512");
  }
}
