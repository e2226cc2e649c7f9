package dev.parallax.core.graph;

import dev.parallax.core.matrix.SymmetricEigen;
import dev.parallax.core.similarity.Statistic;
import java.util.Optional;

/**
 * Eigenvalues and eigenvectors of a graph's Laplacian {@code L = D − A}, ascending: patterns over
 * the nodes from smooth to rough. The first eigenvalue is 0, of the constant pattern; the second is
 * above 0 exactly when the graph is connected, and its pattern is the Fiedler vector. Immutable.
 * Cost O(n³), so for anchor sets of a few thousand nodes at most.
 *
 * <p>Patterns of equal eigenvalues are any basis of their span. Two count as equal where they
 * differ by less than 1e-9 of the largest.
 */
public final class LaplacianSpectrum {

  /** Rounding leaves about 1e-15 of the largest; graphs of symmetric shape repeat exactly. */
  private static final double EQUAL = 1e-9;

  private final UndirectedGraph graph;
  private final SymmetricEigen eigen;
  private final double[] values;

  private LaplacianSpectrum(UndirectedGraph graph, SymmetricEigen eigen) {
    this.graph = graph;
    this.eigen = eigen;
    this.values = eigen.values();
  }

  /** Of any graph. */
  public static LaplacianSpectrum of(UndirectedGraph graph) {
    return new LaplacianSpectrum(graph, SymmetricEigen.of(graph.laplacian()));
  }

  /** The graph that it is of. */
  public UndirectedGraph graph() {
    return graph;
  }

  /** Ascending, from 0 (up to rounding) to at most twice the largest degree; n of them. */
  public double[] eigenvalues() {
    return values.clone();
  }

  /** Unit pattern over the nodes of the i-th smallest eigenvalue, from 0; not a copy. */
  public double[] pattern(int i) {
    return eigen.vector(i);
  }

  /** Whether eigenvalues i and i + 1 are the same up to rounding. */
  boolean isRepeated(int i) {
    return values[i + 1] - values[i] <= EQUAL * values[values.length - 1];
  }

  /**
   * Why the patterns 1 to m, the smoothest but for the constant one, do not span a definite space:
   * there are fewer, the graph is not connected, or the next one is as smooth as the last.
   */
  Optional<Statistic> undefinedLowest(int m) {
    if (m < 1) {
      throw new IllegalArgumentException("expected 1 or more patterns, got " + m);
    }
    if (m > values.length - 1) {
      return Optional.of(
          new Statistic.Undefined(
              Statistic.Cause.TOO_FEW_PAIRS,
              "expected " + (m + 1) + " or more nodes, got " + values.length));
    }
    if (!graph.isConnected()) {
      return Optional.of(
          new Statistic.Undefined(
              Statistic.Cause.DEGENERATE,
              "the graph of " + values.length + " nodes is not connected"));
    }
    return m + 1 < values.length && isRepeated(m)
        ? Optional.of(
            new Statistic.Undefined(
                Statistic.Cause.DEGENERATE,
                "eigenvalues "
                    + (m + 1)
                    + " and "
                    + (m + 2)
                    + " of the graph are equal: its "
                    + m
                    + " smoothest patterns are not unique"))
        : Optional.empty();
  }
}
