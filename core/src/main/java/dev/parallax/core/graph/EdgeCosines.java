package dev.parallax.core.graph;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.matrix.RowNormalisation;
import dev.parallax.core.neighbour.NearestNeighbours;
import dev.parallax.core.similarity.MatrixChecks;
import dev.parallax.core.similarity.Statistic;
import java.util.Optional;

/**
 * How near the ends of a graph's edges are in an embedding of its nodes. Undefined where the graph
 * has no edge or an entry is not finite.
 *
 * @see <a href="https://arxiv.org/abs/2510.26745">Noroozizadeh et al. (2025)</a>
 */
public final class EdgeCosines {

  private static final double RELEASED_EPSILON = 1e-8;

  private EdgeCosines() {}

  /**
   * Geometric level: the mean cosine over edges, from −1 to 1, and about 0 for nodes placed at
   * random around the origin. Undefined also where a node with an edge is a zero vector, which has
   * no direction. Cost O(edges · p).
   *
   * @throws IllegalArgumentException when there is not one row for each node
   */
  public static Statistic mean(UndirectedGraph graph, RowMatrix embedding) {
    Optional<Statistic> none =
        undefined(graph, embedding).or(() -> withoutDirection(graph, embedding));
    RowMatrix unit = embedding.normalised(RowNormalisation.L2);
    return none.orElseGet(() -> mean(graph, (i, j) -> dot(unit, i, j)));
  }

  /**
   * The same as the authors' code has it, with 1e-8 added to each product of norms: it depends on
   * the scale of the rows, and a zero vector has cosine 0.
   *
   * @throws IllegalArgumentException when there is not one row for each node
   */
  public static Statistic meanAsReleased(UndirectedGraph graph, RowMatrix embedding) {
    return undefined(graph, embedding)
        .orElseGet(
            () ->
                mean(
                    graph,
                    (i, j) ->
                        dot(embedding, i, j)
                            / (norm(embedding, i) * norm(embedding, j) + RELEASED_EPSILON)));
  }

  /**
   * Edge recovery: the share of edges, taken in both directions, whose end is among the k nearest
   * of its start by inner product. From 0 to 1; about {@code k/(n − 1)} for nodes placed at random.
   * Associative memory: it can be high where the graph's global shape is lost. Cost O(n² p).
   *
   * @param k 1 or more, capped at n − 1
   * @throws IllegalArgumentException when there is not one row for each node or k is less than 1
   */
  public static Statistic recovery(UndirectedGraph graph, RowMatrix embedding, int k) {
    return undefined(graph, embedding)
        .orElseGet(
            () -> {
              NearestNeighbours nearest = NearestNeighbours.of(embedding, k);
              return mean(graph, (i, j) -> nearest.isNeighbour(i, j) ? 1 : 0);
            });
  }

  private static Optional<Statistic> undefined(UndirectedGraph graph, RowMatrix embedding) {
    graph.requireRows(embedding.count());
    return graph.edgeCount() == 0
        ? Optional.of(
            new Statistic.Undefined(
                Statistic.Cause.DEGENERATE, "the graph of " + graph.nodes() + " nodes has no edge"))
        : MatrixChecks.notFinite("embedding", embedding);
  }

  private static Optional<Statistic> withoutDirection(UndirectedGraph graph, RowMatrix embedding) {
    for (int i = 0; i < graph.nodes(); i++) {
      if (graph.degree(i) > 0 && isZero(embedding, i)) {
        return Optional.of(
            new Statistic.Undefined(
                Statistic.Cause.DEGENERATE, "node " + i + " has an edge and is a zero vector"));
      }
    }
    return Optional.empty();
  }

  private static boolean isZero(RowMatrix rows, int i) {
    for (int j = 0; j < rows.width(); j++) {
      if (rows.get(i, j) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Something about an edge from node i to node j. */
  private interface OfEdge {
    double value(int i, int j);
  }

  /** Over edges in both directions. */
  private static Statistic mean(UndirectedGraph graph, OfEdge figure) {
    double sum = 0;
    for (int i = 0; i < graph.nodes(); i++) {
      for (int j : graph.neighbours(i)) {
        sum += figure.value(i, j);
      }
    }
    return new Statistic.Stated(sum / (2.0 * graph.edgeCount()));
  }

  private static double dot(RowMatrix rows, int i, int j) {
    double sum = 0;
    for (int c = 0; c < rows.width(); c++) {
      sum += rows.get(i, c) * rows.get(j, c);
    }
    return sum;
  }

  private static double norm(RowMatrix rows, int i) {
    return Math.sqrt(dot(rows, i, i));
  }
}
