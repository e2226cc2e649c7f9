package dev.parallax.onnx.runtime;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.ptr.IntByReference;
import dev.parallax.onnx.cache.ParallaxCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the maker calls the thing that a session computes on. */
public final class DeviceName {

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** The driver's library on Linux and on Windows. */
  private static final List<String> DRIVERS = List.of("libcuda.so.1", "nvcuda");

  private static final int SUCCESS = 0;
  private static final int LONGEST = 256;

  private DeviceName() {}

  /** The name, such as {@code NVIDIA H100 80GB HBM3}; empty when the system does not say. */
  public static Optional<String> of(ExecutionProvider provider) {
    return provider.kind() == ExecutionProvider.Kind.CPU
        ? processor()
        : DRIVERS.stream()
            .flatMap(driver -> device(driver, provider.device()).stream())
            .findFirst();
  }

  private static Optional<String> processor() {
    try {
      return Files.isReadable(CPU_INFO) ? processor(Files.readString(CPU_INFO)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Optional<String> processor(String cpuInfo) {
    return cpuInfo
        .lines()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }

  private static Optional<String> device(String driver, int number) {
    NativeLibraries.prepareJna(ParallaxCache.locate());
    NativeLibrary cuda;
    try {
      cuda = NativeLibrary.getInstance(driver);
    } catch (UnsatisfiedLinkError e) {
      return Optional.empty();
    }
    IntByReference device = new IntByReference();
    byte[] name = new byte[LONGEST];
    boolean told =
        call(cuda, "cuInit", 0)
            && call(cuda, "cuDeviceGet", device, number)
            && call(cuda, "cuDeviceGetName", name, name.length, device.getValue());
    return told ? Optional.of(Native.toString(name)) : Optional.empty();
  }

  private static boolean call(NativeLibrary library, String function, Object... arguments) {
    return library.getFunction(function).invokeInt(arguments) == SUCCESS;
  }
}
