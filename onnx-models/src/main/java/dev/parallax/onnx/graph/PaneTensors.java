package dev.parallax.onnx.graph;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.parallax.onnx.runtime.OnnxFailure;
import dev.parallax.onnx.runtime.OnnxRuntime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the pane score graph reads and writes for one number of batches: made once, and run again
 * and again over the same memory.
 */
final class PaneTensors implements AutoCloseable {

  private final List<OnnxTensor> open = new ArrayList<>();
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxTensor> outputs;
  private final DoubleBuffer xy;
  private final DoubleBuffer xx;
  private final DoubleBuffer yy;
  private final DoubleBuffer norms;

  PaneTensors(CentredBatches x, CentredBatches y, int batches, int m, int p, int q) {
    xy = doubles(batches);
    xx = doubles(batches);
    yy = doubles(batches);
    norms = doubles(2 * batches);
    try {
      inputs = Map.of("x", kept(x.tensor(batches, m, p)), "y", kept(y.tensor(batches, m, q)));
      outputs =
          Map.of(
              "xy", kept(tensor(xy, batches)),
              "xx", kept(tensor(xx, batches)),
              "yy", kept(tensor(yy, batches)),
              "norms", kept(tensor(norms, batches, 2)));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private static DoubleBuffer doubles(int count) {
    return ByteBuffer.allocateDirect(count * Double.BYTES)
        .order(ByteOrder.nativeOrder())
        .asDoubleBuffer();
  }

  private static OnnxTensor tensor(DoubleBuffer values, long... shape) {
    try {
      return OnnxTensor.createTensor(OnnxRuntime.get().environment(), values, shape);
    } catch (OrtException e) {
      throw new OnnxFailure("no tensor can be made", e);
    }
  }

  private OnnxTensor kept(OnnxTensor tensor) {
    open.add(tensor);
    return tensor;
  }

  Map<String, OnnxTensor> inputs() {
    return inputs;
  }

  Map<String, OnnxTensor> outputs() {
    return outputs;
  }

  double xy(int batch) {
    return xy.get(batch);
  }

  double xx(int batch) {
    return xx.get(batch);
  }

  double yy(int batch) {
    return yy.get(batch);
  }

  /** Sum of the squared norms of the rows of a batch as they were fed. */
  double norms(int batch, PaneScore.Side side) {
    return norms.get(2 * batch + side.ordinal());
  }

  @Override
  public void close() {
    open.forEach(OnnxTensor::close);
  }
}
