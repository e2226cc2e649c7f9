package dev.parallax.onnx.graph;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import dev.parallax.core.neighbour.MutualKnn;
import dev.parallax.core.similarity.Statistic;
import dev.parallax.onnx.runtime.GraphSession;
import dev.parallax.onnx.runtime.SessionSettings;
import dev.parallax.onnx.runtime.SharedSessions;
import dev.parallax.onnx.sharing.SharedHandles.Lease;
import java.nio.LongBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The nearest neighbours of paired rows in two spaces, by inner product on the rows as given, and
 * the share that both have in common, by ONNX Runtime.
 *
 * <p>Equals {@link dev.parallax.core.neighbour.NearestNeighbours} and {@link MutualKnn} wherever
 * single precision can tell the rows apart: to about 1e-6 of the greatest inner product about the
 * mean. Rows that are equal tie, and the lowest index comes first; rows that differ and have the
 * same inner product are ordered by rounding. On a CUDA device, above 512 rows, a tie for the last
 * place may go to another row. Memory about 55 n² bytes. One instance is for one thread; the
 * session behind it is shared.
 */
public final class KnnOverlapGraph implements AutoCloseable {

  private static final Set<String> OUTPUTS =
      new LinkedHashSet<>(List.of("overlap", "x_neighbours", "y_neighbours"));

  private final Lease<GraphSession> session;
  private final NeighbourInput input = new NeighbourInput();

  private KnnOverlapGraph(Lease<GraphSession> session) {
    this.session = session;
  }

  /** Joins the users of the shared session. */
  public static KnnOverlapGraph open(SessionSettings settings) {
    return new KnnOverlapGraph(
        SharedSessions.acquire(StatisticsGraph.KNN_OVERLAP.source(), settings));
  }

  /**
   * Finds the neighbours.
   *
   * @param production n rows of one width
   * @param reference n rows of one width, row i of the same item as row i of {@code production}
   * @param k neighbours of each row, 1 or more, capped at n − 1
   * @return undefined below two pairs and where an entry is not finite
   * @throws IllegalArgumentException when the row counts differ, a row has another width than the
   *     first, or k is less than 1
   */
  public GraphResult<KnnOverlap> score(float[][] production, float[][] reference, int k) {
    Optional<Statistic.Undefined> none = input.fill(production, reference, k);
    if (none.isPresent()) {
      return new GraphResult.Undefined<>(none.get().cause(), none.get().detail());
    }
    try (OnnxTensor x = input.x().tensor();
        OnnxTensor y = input.y().tensor();
        OnnxTensor count = Scalars.of((long) input.k());
        OrtSession.Result result =
            session.value().run(Map.of("x", x, "y", y, "k", count), OUTPUTS)) {
      double overlap = ((OnnxTensor) result.get(0)).getDoubleBuffer().get(0);
      return new GraphResult.Stated<>(
          new KnnOverlap(
              new MutualKnn(overlap, input.k(), input.count()),
              rows(((OnnxTensor) result.get(1)).getLongBuffer()),
              rows(((OnnxTensor) result.get(2)).getLongBuffer())));
    }
  }

  private int[][] rows(LongBuffer indices) {
    int[][] rows = new int[input.count()][input.k()];
    for (int[] row : rows) {
      for (int place = 0; place < row.length; place++) {
        row[place] = Math.toIntExact(indices.get());
      }
    }
    return rows;
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
