package dev.parallax.onnx.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.ExecutionMode;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.parallax.onnx.cache.ParallaxCache;
import org.jspecify.annotations.Nullable;

/**
 * The process's one ONNX Runtime: telemetry off, only errors logged, native libraries under the
 * {@link ParallaxCache}. Started on first use and never stopped; the runtime ends with the JVM.
 */
public final class OnnxRuntime {

  /** The library allows one environment in a process, so this is one by nature. */
  private static @Nullable OnnxRuntime instance;

  private final OrtEnvironment environment;

  private OnnxRuntime(OrtEnvironment environment) {
    this.environment = environment;
  }

  /** Starts the runtime on first use. */
  public static synchronized OnnxRuntime get() {
    if (instance == null) {
      NativeLibraries.prepareOnnxRuntime(ParallaxCache.locate());
      try {
        OrtEnvironment environment =
            OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        environment.setTelemetry(false);
        instance = new OnnxRuntime(environment);
      } catch (OrtException e) {
        throw new OnnxFailure("ONNX Runtime cannot start", e);
      }
    }
    return instance;
  }

  public OrtEnvironment environment() {
    return environment;
  }

  public String version() {
    return environment.getVersion();
  }

  /**
   * Options under which a session repeats its results; the caller closes them.
   *
   * @throws ProviderUnavailableException when CUDA is asked for and cannot start
   */
  SessionOptions options(SessionSettings settings) {
    SessionOptions options = new SessionOptions();
    try {
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      options.setExecutionMode(ExecutionMode.SEQUENTIAL);
      options.setInterOpNumThreads(1);
      options.setIntraOpNumThreads(settings.threads());
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.setDeterministicCompute(true);
      // The next level up rewrites graphs for the processor at hand.
      options.setOptimizationLevel(OptLevel.EXTENDED_OPT);
      if (settings.provider().kind() == ExecutionProvider.Kind.CUDA) {
        addCuda(options, settings.provider());
      }
      return options;
    } catch (OrtException e) {
      options.close();
      throw new OnnxFailure("ONNX Runtime refused its session options", e);
    } catch (RuntimeException e) {
      options.close();
      throw e;
    }
  }

  private static void addCuda(SessionOptions options, ExecutionProvider provider) {
    if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
      throw new ProviderUnavailableException(
          provider,
          "this build carries ONNX Runtime for processors only; it needs the artifact"
              + " com.microsoft.onnxruntime:onnxruntime_gpu in place of onnxruntime");
    }
    NativeLibraries.prepareCuda();
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(provider.device())) {
      cuda.add("use_tf32", "0");
      cuda.add("cudnn_conv_algo_search", "DEFAULT");
      cuda.add("arena_extend_strategy", "kSameAsRequested");
      options.addCUDA(cuda);
    } catch (OrtException e) {
      throw new ProviderUnavailableException(
          provider, "needs an NVIDIA driver, CUDA 12 and cuDNN 9: " + firstLine(e), e);
    }
  }

  private static String firstLine(OrtException e) {
    return e.getMessage().lines().findFirst().orElse("no reason given").strip();
  }
}
