package dev.parallax.core.graph;

import dev.parallax.core.matrix.RowMatrix;
import java.util.Random;

/** Small graphs and embeddings of tests. */
final class Graphs {

  private Graphs() {}

  /** Nodes in a row. */
  static UndirectedGraph path(int nodes) {
    int[][] edges = new int[nodes - 1][];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = new int[] {i, i + 1};
    }
    return UndirectedGraph.of(nodes, edges);
  }

  /** Nodes in a ring, all of whose eigenvalues but one or two are double. */
  static UndirectedGraph ring(int nodes) {
    int[][] edges = new int[nodes][];
    for (int i = 0; i < nodes; i++) {
      edges[i] = new int[] {i, (i + 1) % nodes};
    }
    return UndirectedGraph.of(nodes, edges);
  }

  /** {@code n × width} independent standard normal entries. */
  static RowMatrix gaussian(int n, int width, long seed) {
    Random random = new Random(seed);
    double[][] rows = new double[n][width];
    for (double[] row : rows) {
      for (int j = 0; j < width; j++) {
        row[j] = random.nextGaussian();
      }
    }
    return RowMatrix.of(rows);
  }

  /** Some patterns of a spectrum as the columns of an embedding, the first of them the longest. */
  static RowMatrix patterns(LaplacianSpectrum spectrum, int... indices) {
    double[][] rows = new double[spectrum.graph().nodes()][indices.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < indices.length; j++) {
        rows[i][j] = spectrum.pattern(indices[j])[i] * (indices.length - j) + 5;
      }
    }
    return RowMatrix.of(rows);
  }
}
