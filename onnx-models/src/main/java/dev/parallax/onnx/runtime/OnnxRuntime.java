package dev.parallax.onnx.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.ExecutionMode;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import dev.parallax.onnx.cache.ParallaxCache;
import dev.parallax.onnx.model.PinnedBytes;
import org.jspecify.annotations.Nullable;

/**
 * The process's one ONNX Runtime: telemetry off, only errors logged, native libraries under the
 * {@link ParallaxCache}. Started on first use and never stopped; the runtime ends with the JVM.
 *
 * <p>It has no threads of its own. A session has those of its settings beside the caller's, so none
 * by default, and they sleep when there is nothing to do: slots of a stream job share the
 * processors with them. A pool for all sessions would let one operator wait for another's work.
 *
 * <p>A session on the processor takes its working memory from an arena that it keeps until it is
 * closed. Arenas stay bounded because what is fed again and again has few sizes; for other sizes
 * there is {@link GraphSession#runOnceInto}.
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
            OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "parallax");
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
   * Options under which a model's session repeats its results; the caller closes them.
   *
   * @throws ProviderUnavailableException when CUDA is asked for and cannot start
   */
  SessionOptions options(SessionSettings settings, PinnedBytes model) {
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
        new CudaProvider(settings.provider()).addTo(options, model);
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
}
