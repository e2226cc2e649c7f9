package dev.parallax.onnx.runtime;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a session computes on: the processor or one CUDA device.
 *
 * @param device number of the CUDA device; 0 for the processor
 * @param tf32 whether single-precision products may round their factors to 11 bits (TF32), which is
 *     several times faster on tensor cores and costs three decimal digits; never on the processor
 */
public record ExecutionProvider(Kind kind, int device, boolean tf32) {

  /** The supported providers. */
  public enum Kind {
    CPU,
    CUDA
  }

  /** The processor, the default. */
  public static final ExecutionProvider CPU = new ExecutionProvider(Kind.CPU, 0, false);

  private static final Pattern CUDA = Pattern.compile("cuda(?::([0-9]{1,3}))?(\\+tf32)?");

  public ExecutionProvider {
    if (device < 0 || (kind == Kind.CPU && device != 0)) {
      throw new IllegalArgumentException("device=" + device + ": expected 0 or a CUDA device");
    }
    if (kind == Kind.CPU && tf32) {
      throw new IllegalArgumentException("tf32=true: expected a CUDA device");
    }
  }

  /**
   * Reads {@code cpu}, {@code cuda} or {@code cuda:<device>}, the last two also with {@code +tf32}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static ExecutionProvider parse(String value) {
    if (value.equals("cpu")) {
      return CPU;
    }
    Matcher cuda = CUDA.matcher(value);
    if (!cuda.matches()) {
      throw new IllegalArgumentException(
          "provider=" + value + ": expected cpu, cuda or cuda:<device>, on CUDA also with +tf32");
    }
    String device = cuda.group(1);
    return new ExecutionProvider(
        Kind.CUDA, device == null ? 0 : Integer.parseInt(device), cuda.group(2) != null);
  }

  /** The form that {@link #parse} reads, the device always spelled out. */
  @Override
  public String toString() {
    return kind == Kind.CPU ? "cpu" : "cuda:" + device + (tf32 ? "+tf32" : "");
  }
}
