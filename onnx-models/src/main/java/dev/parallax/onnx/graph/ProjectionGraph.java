package dev.parallax.onnx.graph;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.parallax.core.similarity.Statistic;
import dev.parallax.onnx.runtime.GraphSession;
import dev.parallax.onnx.runtime.OnnxFailure;
import dev.parallax.onnx.runtime.OnnxRuntime;
import dev.parallax.onnx.runtime.SessionSettings;
import dev.parallax.onnx.runtime.SharedSessions;
import dev.parallax.onnx.sharing.SharedHandles.Lease;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of encoders mapped into their consensus space by ONNX Runtime.
 *
 * <p>Equals {@link dev.parallax.core.consensus.Projection#apply} within 1e-5 of what is added up,
 * {@code Σ|xⱼ − meanⱼ||mapⱼ|}: products are single precision. Rows are fed in blocks of 64, the
 * last one filled up with its first row, so a row's result depends on that row and the parameters
 * alone. One instance is for one thread; the session behind it is shared.
 */
public final class ProjectionGraph implements AutoCloseable {

  private static final int BLOCK = StatisticsGraph.BLOCK;

  private final Lease<GraphSession> session;
  private final FloatBlock block = new FloatBlock();
  private final FloatBlock map = new FloatBlock();
  private final FloatBlock shared = new FloatBlock();
  private DoubleBuffer mean = DoubleBuffer.allocate(0);
  private @Nullable ProjectionParameters loaded;

  private ProjectionGraph(Lease<GraphSession> session) {
    this.session = session;
  }

  /** Joins the users of the shared session. */
  public static ProjectionGraph open(SessionSettings settings) {
    return new ProjectionGraph(
        SharedSessions.acquire(StatisticsGraph.PROJECTION.source(), settings));
  }

  /**
   * Maps any number of rows.
   *
   * @param rows of width p; of a consensus the rows of all encoders side by side
   * @return as many rows of width d; undefined when an entry, or a result in single precision, is
   *     not finite
   * @throws IllegalArgumentException for a row of another width
   */
  public GraphResult<float[][]> project(ProjectionParameters parameters, float[][] rows) {
    load(parameters);
    int p = parameters.width();
    int d = parameters.dimension();
    float[][] result = new float[rows.length][d];
    try (OnnxTensor tensorMean = meanTensor(p);
        OnnxTensor tensorMap = map.tensor(p, d);
        OnnxTensor tensorShared = shared.target(BLOCK, d)) {
      for (int from = 0; from < rows.length; from += BLOCK) {
        int to = Math.min(rows.length, from + BLOCK);
        block.reset(BLOCK * p);
        block.putRows(rows, from, to, p);
        for (int i = to; i < from + BLOCK; i++) {
          block.put(rows[from]);
        }
        try (OnnxTensor tensorX = block.tensor(BLOCK, p)) {
          session
              .value()
              .runInto(
                  Map.of("x", tensorX, "mean", tensorMean, "map", tensorMap),
                  Map.of("shared", tensorShared));
        }
        for (int i = from; i < to; i++) {
          if (!read(result[i], (i - from) * d)) {
            return new GraphResult.Undefined<>(Statistic.Cause.NOT_FINITE, reason(rows[i], i));
          }
        }
      }
    }
    return new GraphResult.Stated<>(result);
  }

  /** Whether the row is finite. */
  private boolean read(float[] row, int at) {
    boolean finite = true;
    for (int c = 0; c < row.length; c++) {
      row[c] = shared.get(at + c);
      finite &= Float.isFinite(row[c]);
    }
    return finite;
  }

  private static String reason(float[] row, int i) {
    for (float value : row) {
      if (!Float.isFinite(value)) {
        return "row " + i + " has NaN or infinite entries";
      }
    }
    return "row " + i + " maps beyond single precision";
  }

  /** Calls with the same parameters in a row copy them once. */
  private void load(ProjectionParameters parameters) {
    if (loaded == parameters) {
      return;
    }
    map.reset(parameters.map().length);
    map.put(parameters.map());
    mean =
        ByteBuffer.allocateDirect(Math.multiplyExact(parameters.width(), Double.BYTES))
            .order(ByteOrder.nativeOrder())
            .asDoubleBuffer();
    mean.put(parameters.mean()).flip();
    loaded = parameters;
  }

  private OnnxTensor meanTensor(int p) {
    try {
      return OnnxTensor.createTensor(
          OnnxRuntime.get().environment(), mean.duplicate(), new long[] {p});
    } catch (OrtException e) {
      throw new OnnxFailure("no tensor can be made", e);
    }
  }

  /** SHA-256 of the graph, for provenance. */
  public String sha256() {
    return session.value().sha256();
  }

  @Override
  public void close() {
    session.close();
  }
}
