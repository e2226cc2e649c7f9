package dev.parallax.onnx.runtime;

/**
 * What decided the bits of a result besides the model and the input.
 *
 * @param provider as {@link ExecutionProvider#toString()}
 * @param ort version of ONNX Runtime
 * @param isa see {@link InstructionSet#label()}
 * @param threads threads inside one operator of a graph
 */
public record OnnxProvenance(String provider, String ort, String isa, int threads) {

  /** Of sessions with these settings in this process. */
  public static OnnxProvenance of(SessionSettings settings) {
    return new OnnxProvenance(
        settings.provider().toString(),
        OnnxRuntime.get().version(),
        InstructionSet.detect().label(),
        settings.threads());
  }
}
