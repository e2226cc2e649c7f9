package dev.parallax.onnx.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstructionSetTest {

  @ParameterizedTest
  @CsvSource({
    "amd64, flags : fpu avx2 avx512f avx512_vnni, avx512-vnni",
    "amd64, flags : fpu avx2 avx512f, avx512",
    "amd64, flags : fpu avx2 avx_vnni, avx2-vnni",
    "amd64, flags : fpu avx2, avx2",
    "amd64, flags : fpu sse2, baseline",
    "amd64, model : avx2, baseline",
    "amd64, '', baseline",
    "aarch64, '', neon",
  })
  void theWidestOneIsTold(String architecture, String cpuInfo, String label) {
    assertThat(InstructionSet.of(architecture, "model : x\n" + cpuInfo).label()).isEqualTo(label);
  }
}
