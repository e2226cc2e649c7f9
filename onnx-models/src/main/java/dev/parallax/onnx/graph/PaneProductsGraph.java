package dev.parallax.onnx.graph;

import ai.onnxruntime.OnnxTensor;
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
   * Adds the products of some rows to running sums, block by block in the given order.
   *
   * @param x live rows of width p, finite
   * @param r reference rows of width q, row i of the same input as row i of {@code x}
   * @param sumRr q·q sums by rows, added to
   * @param sumRx q·p sums by rows, added to
   * @throws IllegalArgumentException when counts, widths or lengths of the sums do not fit
   */
  public void addInPlace(float[][] x, float[][] r, double[] sumRr, double[] sumRx) {
    PaneShape shape = PaneShape.of(x, r);
    if (shape.count() == 0) {
      return;
    }
    int p = shape.widthX();
    int q = shape.widthR();
    if (sumRr.length != q * q || sumRx.length != q * p) {
      throw new IllegalArgumentException(
          "expected sums of lengths "
              + (q * q)
              + " and "
              + (q * p)
              + ", got "
              + sumRr.length
              + " and "
              + sumRx.length);
    }
    try (OnnxTensor tensorRr = productRr.target(q, q);
        OnnxTensor tensorRx = productRx.target(q, p)) {
      for (int from = 0; from < shape.count(); from += BLOCK) {
        int to = Math.min(shape.count(), from + BLOCK);
        blockX.reset(BLOCK * p);
        blockX.putRows(x, from, to, BLOCK, p);
        blockR.reset(BLOCK * q);
        blockR.putRows(r, from, to, BLOCK, q);
        try (OnnxTensor tensorX = blockX.tensor(BLOCK, p);
            OnnxTensor tensorR = blockR.tensor(BLOCK, q)) {
          session
              .value()
              .runInto(Map.of("x", tensorX, "r", tensorR), Map.of("rr", tensorRr, "rx", tensorRx));
        }
        addInPlace(sumRr, productRr);
        addInPlace(sumRx, productRx);
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
