package dev.parallax.onnx.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The vector instructions of this processor by which numeric kernels are chosen: the widest, and
 * whether there are dot products of small integers (VNNI), which quantised models run on.
 */
public enum InstructionSet {
  AVX512_VNNI,
  AVX512,
  AVX2_VNNI,
  AVX2,
  NEON,
  /** None of the above, or this system does not say. */
  BASELINE;

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** Looks at this machine. */
  public static InstructionSet detect() {
    String cpuInfo;
    try {
      cpuInfo = Files.isReadable(CPU_INFO) ? Files.readString(CPU_INFO) : "";
    } catch (IOException e) {
      cpuInfo = "";
    }
    return of(System.getProperty("os.arch"), cpuInfo);
  }

  static InstructionSet of(String architecture, String cpuInfo) {
    if (architecture.equals("aarch64")) {
      return NEON;
    }
    Set<String> flags =
        cpuInfo
            .lines()
            .filter(line -> line.startsWith("flags"))
            .limit(1)
            .flatMap(line -> Arrays.stream(line.split("\\s+")))
            .collect(Collectors.toSet());
    if (flags.contains("avx512f")) {
      return flags.contains("avx512_vnni") ? AVX512_VNNI : AVX512;
    }
    if (flags.contains("avx2")) {
      return flags.contains("avx_vnni") ? AVX2_VNNI : AVX2;
    }
    return BASELINE;
  }

  /** Lower case, as written into provenance. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
