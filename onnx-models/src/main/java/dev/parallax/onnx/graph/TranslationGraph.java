package dev.parallax.onnx.graph;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import dev.parallax.core.translation.RowResiduals;
import dev.parallax.core.translation.Translation;
import dev.parallax.onnx.runtime.GraphSession;
import dev.parallax.onnx.runtime.SessionSettings;
import dev.parallax.onnx.runtime.SharedSessions;
import dev.parallax.onnx.sharing.SharedHandles.Lease;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Translation residual and stratum of each row by ONNX Runtime.
 *
 * <p>Rows are fed in blocks of 64, the last one filled up with zero rows, so a row's result depends
 * on that row and the parameters alone. One instance is for one thread; the session behind it is
 * shared.
 */
public final class TranslationGraph implements AutoCloseable {

  private static final int BLOCK = StatisticsGraph.BLOCK;

  private static final Set<String> OUTPUTS = new LinkedHashSet<>(List.of("residual", "stratum"));

  private final Lease<GraphSession> session;
  private final FloatBlock blockX = new FloatBlock();
  private final FloatBlock blockR = new FloatBlock();
  private final FloatBlock map = new FloatBlock();
  private final FloatBlock centroids = new FloatBlock();
  private final FloatBlock halfNorms = new FloatBlock();
  private @Nullable TranslationParameters loaded;

  private TranslationGraph(Lease<GraphSession> session) {
    this.session = session;
  }

  /** Joins the users of the shared session. */
  public static TranslationGraph open(SessionSettings settings) {
    return new TranslationGraph(
        SharedSessions.acquire(StatisticsGraph.TRANSLATION.source(), settings));
  }

  /**
   * Scores any number of rows.
   *
   * @param live rows of width p, finite
   * @param reference rows of width q, row i of the same input as row i of {@code live}
   * @throws IllegalArgumentException when the counts differ or a row has another width
   */
  public RowResiduals score(TranslationParameters parameters, float[][] live, float[][] reference) {
    int count = PaneShape.of(live, reference).count();
    load(parameters);
    double[] residuals = new double[count];
    int[] strata = new int[count];
    Translation translation = parameters.translation();
    int p = translation.liveWidth();
    int q = translation.referenceWidth();
    int k = parameters.strata();
    try (OnnxTensor tensorW = map.tensor(q, p);
        OnnxTensor tensorC = centroids.tensor(q, k);
        OnnxTensor tensorHalfNorms = halfNorms.tensor(k)) {
      for (int from = 0; from < count; from += BLOCK) {
        int to = Math.min(count, from + BLOCK);
        blockX.reset(BLOCK * p);
        blockX.putRows(live, from, to, BLOCK, translation.liveMean());
        blockR.reset(BLOCK * q);
        blockR.putRows(reference, from, to, BLOCK, translation.referenceMean());
        try (OnnxTensor tensorX = blockX.tensor(BLOCK, p);
            OnnxTensor tensorR = blockR.tensor(BLOCK, q);
            OrtSession.Result result =
                session
                    .value()
                    .run(
                        Map.of(
                            "x", tensorX,
                            "r", tensorR,
                            "w", tensorW,
                            "c", tensorC,
                            "half_norms", tensorHalfNorms),
                        OUTPUTS)) {
          DoubleBuffer residual = ((OnnxTensor) result.get(0)).getDoubleBuffer();
          LongBuffer stratum = ((OnnxTensor) result.get(1)).getLongBuffer();
          for (int i = from; i < to; i++) {
            residuals[i] = residual.get(i - from);
            strata[i] = Math.toIntExact(stratum.get(i - from));
          }
        }
      }
    }
    return new RowResiduals(residuals, strata);
  }

  /** Many panes of one series in a row copy its map once. */
  private void load(TranslationParameters parameters) {
    if (loaded == parameters) {
      return;
    }
    fill(map, parameters.translation().map());
    fill(centroids, parameters.centroids());
    fill(halfNorms, parameters.halfNorms());
    loaded = parameters;
  }

  private static void fill(FloatBlock block, float[] values) {
    block.reset(values.length);
    block.put(values);
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
