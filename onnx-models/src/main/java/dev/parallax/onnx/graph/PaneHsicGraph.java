package dev.parallax.onnx.graph;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import dev.parallax.core.similarity.HsicTriple;
import dev.parallax.onnx.runtime.GraphSession;
import dev.parallax.onnx.runtime.SessionSettings;
import dev.parallax.onnx.runtime.SharedSessions;
import dev.parallax.onnx.sharing.SharedHandles.Lease;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Debiased HSIC of a pane's mini-batches by ONNX Runtime.
 *
 * <p>Equals {@link dev.parallax.core.similarity.DebiasedHsic} on each batch up to the rounding of
 * single-precision products: within 1e-6 of √(xx·yy) for normalised rows. The bits of a batch
 * depend on its rows alone, not on how many batches come with it. One instance is for one thread,
 * made when an operator opens and closed with it; the session behind it is shared.
 */
public final class PaneHsicGraph implements AutoCloseable {

  /** Pairs in a batch. */
  public static final int BATCH = StatisticsGraph.BLOCK;

  /** Batches fed at once; bounds the memory a long sample takes. */
  private static final int BATCHES_PER_RUN = 16;

  private static final Set<String> OUTPUTS = new LinkedHashSet<>(List.of("xy", "xx", "yy"));

  private final Lease<GraphSession> session;
  private final FloatBlock blockX = new FloatBlock();
  private final FloatBlock blockY = new FloatBlock();

  private PaneHsicGraph(Lease<GraphSession> session) {
    this.session = session;
  }

  /** Joins the users of the shared session. */
  public static PaneHsicGraph open(SessionSettings settings) {
    return new PaneHsicGraph(SharedSessions.acquire(StatisticsGraph.PANE_HSIC.source(), settings));
  }

  /**
   * Scores consecutive batches of {@value #BATCH} pairs in the given order. Pairs after the last
   * full batch are left out.
   *
   * @param x live rows of one width, finite
   * @param y reference rows of one width, row i of the same input as row i of {@code x}
   * @return one triple per batch, in order; empty for fewer than {@value #BATCH} pairs
   * @throws IllegalArgumentException when the counts differ or a row has another width
   */
  public List<HsicTriple> score(float[][] x, float[][] y) {
    PaneShape shape = PaneShape.of(x, y);
    int batches = shape.count() / BATCH;
    List<HsicTriple> triples = new ArrayList<>(batches);
    for (int first = 0; first < batches; first += BATCHES_PER_RUN) {
      int count = Math.min(batches - first, BATCHES_PER_RUN);
      fill(blockX, x, shape.widthX(), first, count);
      fill(blockY, y, shape.widthR(), first, count);
      run(shape, count, triples);
    }
    return triples;
  }

  private void run(PaneShape shape, int batches, List<HsicTriple> triples) {
    try (OnnxTensor tensorX = blockX.tensor(batches, BATCH, shape.widthX());
        OnnxTensor tensorY = blockY.tensor(batches, BATCH, shape.widthR());
        OrtSession.Result result =
            session.value().run(Map.of("x", tensorX, "y", tensorY), OUTPUTS)) {
      DoubleBuffer xy = ((OnnxTensor) result.get(0)).getDoubleBuffer();
      DoubleBuffer xx = ((OnnxTensor) result.get(1)).getDoubleBuffer();
      DoubleBuffer yy = ((OnnxTensor) result.get(2)).getDoubleBuffer();
      for (int i = 0; i < batches; i++) {
        triples.add(new HsicTriple(xy.get(i), xx.get(i), yy.get(i)));
      }
    }
  }

  private static void fill(FloatBlock block, float[][] rows, int width, int first, int batches) {
    int count = batches * BATCH;
    block.reset(count * width);
    block.putRows(rows, first * BATCH, first * BATCH + count, width);
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
