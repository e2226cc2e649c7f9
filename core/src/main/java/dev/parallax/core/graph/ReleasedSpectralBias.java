package dev.parallax.core.graph;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.matrix.SymmetricEigen;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * "Spectral bias" as released with the geometric-memory paper ({@code build_graph_spectral_state},
 * {@code compute_spectral_bias_from_state} with the leading pattern dropped): eigenvalues of the
 * symmetrised random walk {@code P + Pᵀ, P = D⁻¹A}, with the length of the embedding's projection
 * on each pattern.
 *
 * <p>The embedding is not centred. Both lists leave out the largest eigenvalue, are divided by
 * their own largest entry and descend by eigenvalue; of those that agree to 1e-5 the larger
 * projection comes first, the smaller one where eigenvalues are negative. For figures of our own
 * see {@link EnergyProfile}. Cost O(n³).
 *
 * @see <a href="https://github.com/Shahriarnz14/Geometric_Memory">analysis_spectral.py</a>
 */
public final class ReleasedSpectralBias {

  private static final double LEAST_DENOMINATOR = 1e-12;
  private static final double TIE = 1e-5;

  private final double[] eigenvalues;
  private final double[] projections;

  private ReleasedSpectralBias(double[] eigenvalues, double[] projections) {
    this.eigenvalues = eigenvalues;
    this.projections = projections;
  }

  /**
   * Of an embedding with only finite entries.
   *
   * @param graph of two nodes or more
   * @param embedding row i is node i
   * @throws IllegalArgumentException when there is not one row for each node, there are fewer than
   *     two, or an entry is not finite
   */
  public static ReleasedSpectralBias of(UndirectedGraph graph, RowMatrix embedding) {
    graph.requireRows(embedding.count());
    if (graph.nodes() < 2) {
      throw new IllegalArgumentException("expected 2 or more nodes, got " + graph.nodes());
    }
    if (!embedding.isFinite()) {
      throw new IllegalArgumentException("expected finite entries, got NaN or infinity");
    }
    SymmetricEigen eigen = SymmetricEigen.of(symmetrisedRandomWalk(graph));
    double[] ascending = eigen.values();
    int kept = graph.nodes() - 1;
    double[] values = new double[kept];
    double[] lengths = new double[kept];
    for (int i = 0; i < kept; i++) {
      values[i] = ascending[kept - 1 - i];
      lengths[i] = projectionLength(embedding, eigen.vector(kept - 1 - i));
    }
    divideByLargest(values);
    divideByLargest(lengths);
    int[] order =
        IntStream.range(0, kept)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingDouble(i -> -Math.rint(values[i] / TIE))
                    .thenComparingDouble(i -> values[i] < -TIE ? lengths[i] : -lengths[i]))
            .mapToInt(i -> i)
            .toArray();
    return new ReleasedSpectralBias(
        IntStream.of(order).mapToDouble(i -> values[i]).toArray(),
        IntStream.of(order).mapToDouble(i -> lengths[i]).toArray());
  }

  private static double[][] symmetrisedRandomWalk(UndirectedGraph graph) {
    double[][] walk = new double[graph.nodes()][graph.nodes()];
    for (int i = 0; i < walk.length; i++) {
      for (int j : graph.neighbours(i)) {
        walk[i][j] = 1.0 / graph.degree(i) + 1.0 / graph.degree(j);
      }
    }
    return walk;
  }

  private static double projectionLength(RowMatrix embedding, double[] pattern) {
    double squared = 0;
    for (int j = 0; j < embedding.width(); j++) {
      double sum = 0;
      for (int i = 0; i < pattern.length; i++) {
        sum += embedding.get(i, j) * pattern[i];
      }
      squared += sum * sum;
    }
    return Math.sqrt(squared);
  }

  private static void divideByLargest(double[] values) {
    double largest = LEAST_DENOMINATOR;
    for (double value : values) {
      largest = Math.max(largest, value);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] /= largest;
    }
  }

  /** Normalised eigenvalues, n − 1 of them, descending from 1. */
  public double[] eigenvalues() {
    return eigenvalues.clone();
  }

  /** Normalised lengths of projections, in the order of the eigenvalues; the largest is 1. */
  public double[] projections() {
    return projections.clone();
  }
}
