package dev.parallax.onnx.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.parallax.onnx.model.ModelRefusedException;
import dev.parallax.onnx.model.Operators;
import dev.parallax.onnx.model.PinnedBytes;
import dev.parallax.onnx.model.ShapeArithmetic;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Puts one session on a CUDA device, so that it computes there or does not start.
 *
 * <p>ONNX Runtime would give every node that the device has no kernel for to the processor and say
 * nothing. Here that is refused, but for one exception of its own design: nodes that compute with
 * sizes stay on the processor in any case, and the runtime's own switch against falling back
 * refuses those too. So the switch is set for models without such nodes, as our statistics graphs
 * are; of the others, exported encoders, every operator must have a kernel.
 */
final class CudaProvider {

  /** For what lies on the device beside the weights, per session. */
  private static final long WORKING_BYTES = 2L << 30;

  private final ExecutionProvider provider;

  /**
   * A provider for sessions on a device.
   *
   * @param provider of kind CUDA
   */
  CudaProvider(ExecutionProvider provider) {
    this.provider = provider;
  }

  /**
   * Adds the device to the options of a model's session.
   *
   * @throws ProviderUnavailableException when CUDA cannot start, naming what is missing
   * @throws ModelRefusedException when the model has an operator without a CUDA kernel
   */
  void addTo(SessionOptions options, PinnedBytes model) throws OrtException {
    if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
      throw new ProviderUnavailableException(
          provider,
          "this build carries ONNX Runtime for processors only; build it with -Pgpu, which takes"
              + " com.microsoft.onnxruntime:onnxruntime_gpu in place of onnxruntime");
    }
    requireKernels(model);
    NativeLibraries.prepareCuda();
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(provider.device())) {
      for (Map.Entry<String, String> option : options(model.bytes().length).entrySet()) {
        cuda.add(option.getKey(), option.getValue());
      }
      options.addCUDA(cuda);
    } catch (OrtException e) {
      throw CudaFailure.toStart(provider, e);
    }
    if (!ShapeArithmetic.isIn(model)) {
      options.addConfigEntry("session.disable_cpu_ep_fallback", "1");
    }
  }

  /**
   * The provider's options, in a fixed order.
   *
   * @param modelBytes size of the model's file, which its weights take on the device
   */
  Map<String, String> options(long modelBytes) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("use_tf32", provider.tf32() ? "1" : "0");
    // The other searches time the candidates, and so may choose differently at every start.
    options.put("cudnn_conv_algo_search", "DEFAULT");
    options.put("arena_extend_strategy", "kSameAsRequested");
    options.put("gpu_mem_limit", Long.toString(WORKING_BYTES + modelBytes));
    return options;
  }

  private void requireKernels(PinnedBytes model) {
    Set<String> missing = CudaKernels.missing(Operators.of(model));
    if (!missing.isEmpty()) {
      throw new ModelRefusedException(
          model.location()
              + " refused: provider="
              + provider
              + " has no kernel for its operators "
              + String.join(", ", missing)
              + "; take an unquantised model, or provider=cpu");
    }
  }
}
