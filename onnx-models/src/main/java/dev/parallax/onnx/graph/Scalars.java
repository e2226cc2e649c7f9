package dev.parallax.onnx.graph;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.parallax.onnx.runtime.OnnxFailure;
import dev.parallax.onnx.runtime.OnnxRuntime;

/** One number as a tensor; the caller closes it. */
final class Scalars {

  private Scalars() {}

  static OnnxTensor of(double value) {
    try {
      return OnnxTensor.createTensor(OnnxRuntime.get().environment(), new double[] {value});
    } catch (OrtException e) {
      throw new OnnxFailure("no tensor can be made", e);
    }
  }

  static OnnxTensor of(long value) {
    try {
      return OnnxTensor.createTensor(OnnxRuntime.get().environment(), new long[] {value});
    } catch (OrtException e) {
      throw new OnnxFailure("no tensor can be made", e);
    }
  }
}
