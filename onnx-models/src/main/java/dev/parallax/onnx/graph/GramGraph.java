package dev.parallax.onnx.graph;

import ai.onnxruntime.OnnxTensor;
import dev.parallax.core.similarity.Statistic;
import dev.parallax.onnx.runtime.GraphSession;
import dev.parallax.onnx.runtime.SessionSettings;
import dev.parallax.onnx.runtime.SharedSessions;
import dev.parallax.onnx.sharing.SharedHandles.Lease;
import java.util.Map;

/**
 * All inner products of n rows, as they are or about their mean, by ONNX Runtime.
 *
 * <p>Equals the plain sums of products up to single-precision rounding: 1e-6 of the greatest entry
 * for n up to 2,048 and some hundred features. Rows that are all equal have exact zeros about their
 * mean. Memory n² floats and, on the heap, n² doubles. One instance is for one thread; the session
 * behind it is shared.
 */
public final class GramGraph implements AutoCloseable {

  private final Lease<GraphSession> session;
  private final ScaledRows rows = new ScaledRows();
  private final FloatBlock gram = new FloatBlock();

  private GramGraph(Lease<GraphSession> session) {
    this.session = session;
  }

  /** Joins the users of the shared session. */
  public static GramGraph open(SessionSettings settings) {
    return new GramGraph(SharedSessions.acquire(StatisticsGraph.GRAM.source(), settings));
  }

  /** ⟨xᵢ, xⱼ⟩ of all pairs of rows. */
  public GraphResult<double[][]> products(float[][] x) {
    return run(x, 0);
  }

  /** ⟨xᵢ − x̄, xⱼ − x̄⟩ of all pairs of rows. */
  public GraphResult<double[][]> centredProducts(float[][] x) {
    return run(x, 1);
  }

  /**
   * Runs the graph.
   *
   * @param x n rows of one width
   * @return n rows of width n; undefined when an entry is not finite
   * @throws IllegalArgumentException for rows of different widths
   */
  private GraphResult<double[][]> run(float[][] x, double centred) {
    if (!rows.fill(x)) {
      return new GraphResult.Undefined<>(
          Statistic.Cause.NOT_FINITE, "the matrix has NaN or infinite entries");
    }
    int n = rows.count();
    if (n == 0) {
      return new GraphResult.Stated<>(new double[0][]);
    }
    try (OnnxTensor tensorX = rows.tensor();
        OnnxTensor tensorCentred = Scalars.of(centred);
        OnnxTensor tensorGram = gram.target(n, n)) {
      session
          .value()
          .runInto(Map.of("x", tensorX, "centred", tensorCentred), Map.of("gram", tensorGram));
    }
    double[][] products = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        products[i][j] = Math.scalb((double) gram.get(i * n + j), 2 * rows.exponent());
      }
    }
    return new GraphResult.Stated<>(products);
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
