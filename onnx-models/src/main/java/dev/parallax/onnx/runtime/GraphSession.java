package dev.parallax.onnx.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.parallax.onnx.model.PinnedBytes;
import dev.parallax.onnx.model.SelfContained;
import java.util.Map;
import java.util.Set;

/**
 * A loaded ONNX model, ready to run. Made only of bytes whose digest was checked and that hold all
 * of the model's weights. Safe for use by several threads at once.
 */
public final class GraphSession implements AutoCloseable {

  private final String location;
  private final String sha256;
  private final SessionSettings settings;
  private final OrtSession session;

  private GraphSession(
      String location, String sha256, SessionSettings settings, OrtSession session) {
    this.location = location;
    this.sha256 = sha256;
    this.settings = settings;
    this.session = session;
  }

  /**
   * Loads a model; prefer {@link SharedSessions} where several operators use the same one.
   *
   * @throws dev.parallax.onnx.model.ModelRefusedException for a model with weights elsewhere
   * @throws ProviderUnavailableException when CUDA is asked for and cannot start
   */
  public static GraphSession open(PinnedBytes model, SessionSettings settings) {
    SelfContained.require(model);
    OnnxRuntime runtime = OnnxRuntime.get();
    try (SessionOptions options = runtime.options(settings, model)) {
      OrtSession session = runtime.environment().createSession(model.bytes(), options);
      return new GraphSession(model.location(), model.sha256(), settings, session);
    } catch (OrtException e) {
      if (CudaFailure.isAtFirstUse(e)) {
        throw CudaFailure.toStart(settings.provider(), e);
      }
      throw new OnnxFailure(model.location() + " cannot be loaded", e);
    }
  }

  /**
   * Runs the model.
   *
   * @param inputs by name; still the caller's to close
   * @param outputs names, in the order of the result, which the caller closes
   */
  public OrtSession.Result run(Map<String, OnnxTensor> inputs, Set<String> outputs) {
    try {
      return session.run(inputs, outputs);
    } catch (OrtException e) {
      throw new OnnxFailure(location + " failed", e);
    }
  }

  /**
   * Runs the model into tensors that the caller owns.
   *
   * @param outputs tensors over buffers of the right shapes, by name
   */
  public void runInto(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {
    try {
      session.run(inputs, outputs).close();
    } catch (OrtException e) {
      throw new OnnxFailure(location + " failed", e);
    }
  }

  /**
   * As {@link #runInto}, for a size that is not fed again and again: afterwards the session gives
   * back the working memory that nothing uses, which it would else keep until it is closed.
   */
  public void runOnceInto(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {
    if (settings.provider().kind() == ExecutionProvider.Kind.CUDA) {
      // The memory on a device is bounded by the provider's own limit.
      runInto(inputs, outputs);
      return;
    }
    try (RunOptions options = new RunOptions()) {
      options.addRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");
      session.run(inputs, Set.of(), outputs, options).close();
    } catch (OrtException e) {
      throw new OnnxFailure(location + " failed", e);
    }
  }

  public Set<String> inputNames() {
    return session.getInputNames();
  }

  public String sha256() {
    return sha256;
  }

  public SessionSettings settings() {
    return settings;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new OnnxFailure(location + " cannot be closed", e);
    }
  }
}
