package dev.parallax.onnx.runtime;

import ai.onnxruntime.OrtException;

/** ONNX Runtime failed where it should not: a defect of ours, of a model, or of the runtime. */
public final class OnnxFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public OnnxFailure(String what, OrtException cause) {
    super(what + ": " + cause.getMessage(), cause);
  }
}
