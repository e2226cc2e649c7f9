package dev.parallax.core.graph;

import dev.parallax.core.matrix.CentredRows;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.MatrixChecks;
import dev.parallax.core.similarity.Statistic;

/**
 * Dirichlet (Rayleigh) quotient of an embedding of a graph's nodes: {@code tr(Ycᵀ L Yc)/tr(Ycᵀ Yc)
 * = Σ_edges ‖y_u − y_v‖² / ‖Yc‖²} with centred columns.
 *
 * <p>Within the graph's second and last Laplacian eigenvalue where it is connected: small when the
 * ends of edges are near to each other against the spread of all nodes. Nodes placed at random
 * score the mean degree times {@code n/(n − 1)}. Cost O(edges · p).
 */
public final class DirichletQuotient {

  private static final int MIN_NODES = 2;

  private DirichletQuotient() {}

  /**
   * Of an embedding; undefined below two nodes, where an entry is not finite and for a constant
   * one.
   *
   * @param embedding row i is node i
   * @throws IllegalArgumentException when there is not one row for each node
   */
  public static Statistic of(UndirectedGraph graph, RowMatrix embedding) {
    graph.requireRows(embedding.count());
    return MatrixChecks.undefinedBelow(MIN_NODES, "embedding", embedding)
        .orElseGet(() -> quotient(graph, CentredRows.of(embedding)));
  }

  private static Statistic quotient(UndirectedGraph graph, CentredRows centred) {
    double along = 0;
    double spread = 0;
    for (int i = 0; i < graph.nodes(); i++) {
      double[] row = centred.rows()[i];
      for (double value : row) {
        spread += value * value;
      }
      for (int j : graph.neighbours(i)) {
        along += j > i ? squaredDistance(row, centred.rows()[j]) : 0;
      }
    }
    return new Statistic.Stated(along / spread);
  }

  private static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      double difference = a[j] - b[j];
      sum += difference * difference;
    }
    return sum;
  }
}
