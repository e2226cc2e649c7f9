package dev.parallax.onnx.runtime;

import ai.onnxruntime.OrtException;
import com.sun.jna.NativeLibrary;
import dev.parallax.onnx.cache.ParallaxCache;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says why CUDA did not start in terms of what an operator can install. */
final class CudaFailure {

  /**
   * What the CUDA provider of ONNX Runtime 1.28 links to or opens for our models, and what brings
   * it. It opens cuFFT too, for operators that none of them has.
   */
  private static final Map<String, String> LIBRARIES = libraries();

  private static final Pattern MISSING =
      Pattern.compile(
          "(?:error: |depends on \")([A-Za-z0-9_.+-]+)"
              + "(?:: cannot open shared object file|\" which is missing)");

  private static final Pattern TOO_OLD =
      Pattern.compile("undefined symbol: (\\w+), version ([A-Za-z0-9_.+-]+)");

  private static final Pattern NO_SUCH_DEVICE =
      Pattern.compile("Invalid device ID: \\d+, must be between 0 \\(inclusive\\) and (\\d+)");

  /** How ONNX Runtime reports that the driver, a device or cuDNN failed, up to the details. */
  private static final Pattern AT_FIRST_USE =
      Pattern.compile("(?i)\\b(?:cuda|cudnn|cublas) failure[^;]*");

  private CudaFailure() {}

  private static Map<String, String> libraries() {
    Map<String, String> libraries = new LinkedHashMap<>();
    libraries.put("libcuda.so.1", "the NVIDIA driver");
    libraries.put("libcudart.so.12", "CUDA 12");
    libraries.put("libcublas.so.12", "CUDA 12");
    libraries.put("libcublasLt.so.12", "CUDA 12");
    libraries.put("libcurand.so.10", "CUDA 12");
    libraries.put("libcudnn.so.9", "cuDNN 9");
    return libraries;
  }

  /** The provider's library did not load, or it refused an option. */
  static ProviderUnavailableException toStart(ExecutionProvider provider, OrtException e) {
    String message = String.valueOf(e.getMessage());
    Predicate<String> loadable = isLinux() ? CudaFailure::loads : library -> true;
    return new ProviderUnavailableException(provider, reason(message, loadable), e);
  }

  /** Whether a session failed because of the driver, the device or cuDNN, not of its model. */
  static boolean isAtFirstUse(OrtException e) {
    String message = String.valueOf(e.getMessage());
    return AT_FIRST_USE.matcher(message).find() || message.contains("cuDNN is not available");
  }

  /**
   * One line that names what is missing, the library that the runtime stumbled over first. The
   * runtime's own message, with its functions and source files, stays with the cause.
   *
   * @param message of ONNX Runtime
   * @param loadable whether a library can be loaded in this process
   */
  static String reason(String message, Predicate<String> loadable) {
    Matcher stumbled = MISSING.matcher(message);
    if (stumbled.find()) {
      return missing(stumbled.group(1), loadable);
    }
    Matcher old = TOO_OLD.matcher(message);
    if (old.find()) {
      return String.format(
          "the library %s is too old, it has no %s: CUDA 12.8 or a later 12 is needed",
          old.group(2), old.group(1));
    }
    Matcher devices = NO_SUCH_DEVICE.matcher(message);
    if (devices.find()) {
      return "there is no such device, the driver shows " + devices.group(1) + ", counted from 0";
    }
    Matcher failure = AT_FIRST_USE.matcher(message);
    return oneLine(failure.find() ? failure.group() : message);
  }

  private static String missing(String first, Predicate<String> loadable) {
    List<String> others = new ArrayList<>();
    for (String library : LIBRARIES.keySet()) {
      if (!library.equals(first) && !loadable.test(library)) {
        others.add(described(library));
      }
    }
    String reason = "the library " + described(first) + " is missing";
    return others.isEmpty() ? reason : reason + ", and so are " + String.join(", ", others);
  }

  private static String described(String library) {
    String origin = LIBRARIES.get(library);
    return origin == null ? library : library + " (" + origin + ")";
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s+", " ");
  }

  private static boolean isLinux() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
  }

  private static boolean loads(String library) {
    NativeLibraries.prepareJna(ParallaxCache.locate());
    try {
      NativeLibrary.getInstance(library);
      return true;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }
}
