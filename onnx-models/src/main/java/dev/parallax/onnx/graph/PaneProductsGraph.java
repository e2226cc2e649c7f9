package dev.parallax.onnx.graph;

import ai.onnxruntime.OnnxTensor;
import dev.parallax.core.translation.TranslationSums;
import dev.parallax.onnx.runtime.GraphSession;
import dev.parallax.onnx.runtime.SessionSettings;
import dev.parallax.onnx.runtime.SharedSessions;
import dev.parallax.onnx.sharing.SharedHandles.Lease;
import java.util.Map;

/**
 * The sums RᵀR and RᵀX that a translation map is fitted from, by ONNX Runtime.
 *
 * <p>Products of blocks of 64 rows are in single precision and added in double, in order, so that
 * long sums lose nothing; the last block is filled up with zero rows, which add nothing. One
 * instance is for one thread; the session behind it is shared.
 */
public final class PaneProductsGraph implements AutoCloseable {

  private static final int BLOCK = StatisticsGraph.BLOCK;

  private final Lease<GraphSession> session;
  private final FloatBlock blockX = new FloatBlock();
  private final FloatBlock blockR = new FloatBlock();
  private final FloatBlock productRr = new FloatBlock();
  private final FloatBlock productRx = new FloatBlock();

  private PaneProductsGraph(Lease<GraphSession> session) {
    this.session = session;
  }

  /** Joins the users of the shared session. */
  public static PaneProductsGraph open(SessionSettings settings) {
    return new PaneProductsGraph(
        SharedSessions.acquire(StatisticsGraph.PANE_PRODUCTS.source(), settings));
  }

  /**
   * Adds rows to the sums of a fit, relative to the sums' origins, block by block in the given
   * order.
   *
   * @param live rows of width p, finite
   * @param reference rows of width q, row i of the same input as row i of {@code live}
   * @throws IllegalArgumentException when the counts differ or a row has another width
   */
  public void addTo(TranslationSums sums, float[][] live, float[][] reference) {
    int count = PaneShape.of(live, reference).count();
    float[] liveOrigin = sums.liveOrigin();
    float[] referenceOrigin = sums.referenceOrigin();
    int p = liveOrigin.length;
    int q = referenceOrigin.length;
    double[] liveSum = new double[p];
    double[] referenceSum = new double[q];
    double[] squares = new double[q * q];
    double[] byLive = new double[q * p];
    try (OnnxTensor tensorRr = productRr.target(q, q);
        OnnxTensor tensorRx = productRx.target(q, p)) {
      Map<String, OnnxTensor> outputs = Map.of("rr", tensorRr, "rx", tensorRx);
      for (int from = 0; from < count; from += BLOCK) {
        int to = Math.min(count, from + BLOCK);
        blockX.reset(BLOCK * p);
        blockX.putRows(live, from, to, BLOCK, liveOrigin);
        blockR.reset(BLOCK * q);
        blockR.putRows(reference, from, to, BLOCK, referenceOrigin);
        try (OnnxTensor tensorX = blockX.tensor(BLOCK, p);
            OnnxTensor tensorR = blockR.tensor(BLOCK, q)) {
          session.value().runInto(Map.of("x", tensorX, "r", tensorR), outputs);
        }
        addRowsInPlace(liveSum, blockX, to - from);
        addRowsInPlace(referenceSum, blockR, to - from);
        addInPlace(squares, productRr);
        addInPlace(byLive, productRx);
      }
    }
    sums.add(count, liveSum, referenceSum, squares, byLive);
  }

  private static void addRowsInPlace(double[] sums, FloatBlock block, int rows) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < sums.length; j++) {
        sums[j] += block.get(i * sums.length + j);
      }
    }
  }

  private static void addInPlace(double[] sums, FloatBlock product) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += product.get(i);
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
