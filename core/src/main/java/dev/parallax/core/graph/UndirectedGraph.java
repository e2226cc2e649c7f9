package dev.parallax.core.graph;

import dev.parallax.core.neighbour.NearestNeighbours;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;

/**
 * An undirected graph without weights, loops or repeated edges over the nodes 0 to n − 1.
 * Immutable.
 */
public final class UndirectedGraph {

  private final List<int[]> neighbours;
  private final int edgeCount;

  private UndirectedGraph(List<int[]> neighbours) {
    this.neighbours = neighbours;
    this.edgeCount = neighbours.stream().mapToInt(list -> list.length).sum() / 2;
  }

  /**
   * From a list of edges; one that is given twice, in either direction, counts once.
   *
   * @param nodes n ≥ 1
   * @param edges pairs of different nodes from 0 to n − 1
   * @throws IllegalArgumentException for a loop or a node that does not exist
   */
  public static UndirectedGraph of(int nodes, int[][] edges) {
    if (nodes < 1) {
      throw new IllegalArgumentException("expected 1 or more nodes, got " + nodes);
    }
    List<TreeSet<Integer>> sets = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      sets.add(new TreeSet<>());
    }
    for (int[] edge : edges) {
      if (edge.length != 2
          || edge[0] == edge[1]
          || !isNode(edge[0], nodes)
          || !isNode(edge[1], nodes)) {
        throw new IllegalArgumentException(
            "expected edges between different nodes from 0 to "
                + (nodes - 1)
                + ", got "
                + Arrays.toString(edge));
      }
      sets.get(edge[0]).add(edge[1]);
      sets.get(edge[1]).add(edge[0]);
    }
    List<int[]> neighbours = new ArrayList<>();
    for (TreeSet<Integer> set : sets) {
      neighbours.add(set.stream().mapToInt(i -> i).toArray());
    }
    return new UndirectedGraph(neighbours);
  }

  private static boolean isNode(int node, int nodes) {
    return node >= 0 && node < nodes;
  }

  /** The symmetric k-NN graph: an edge where either item is among the other's nearest. */
  public static UndirectedGraph of(NearestNeighbours nearest) {
    List<int[]> edges = new ArrayList<>();
    for (int i = 0; i < nearest.count(); i++) {
      for (int j : nearest.of(i)) {
        edges.add(new int[] {i, j});
      }
    }
    return of(nearest.count(), edges.toArray(int[][]::new));
  }

  /** Number of nodes, n. */
  public int nodes() {
    return neighbours.size();
  }

  /** Number of edges, each counted once. */
  public int edgeCount() {
    return edgeCount;
  }

  /** Number of edges at a node. */
  public int degree(int node) {
    return neighbours.get(node).length;
  }

  /** The other ends of a node's edges, ascending; not a copy. */
  public int[] neighbours(int node) {
    return neighbours.get(node);
  }

  /** Whether there is a path between any two nodes. */
  public boolean isConnected() {
    boolean[] reached = new boolean[nodes()];
    Deque<Integer> open = new ArrayDeque<>(List.of(0));
    reached[0] = true;
    int count = 1;
    while (!open.isEmpty()) {
      for (int next : neighbours(open.remove())) {
        if (!reached[next]) {
          reached[next] = true;
          count++;
          open.add(next);
        }
      }
    }
    return count == nodes();
  }

  /** {@code L = D − A}, n × n: degrees on the diagonal, −1 for an edge. */
  public double[][] laplacian() {
    double[][] laplacian = new double[nodes()][nodes()];
    for (int i = 0; i < nodes(); i++) {
      laplacian[i][i] = degree(i);
      for (int j : neighbours(i)) {
        laplacian[i][j] = -1;
      }
    }
    return laplacian;
  }

  /** Throws {@link IllegalArgumentException} unless there is a row for every node. */
  void requireRows(int rows) {
    if (rows != nodes()) {
      throw new IllegalArgumentException(
          "expected a row for each of " + nodes() + " nodes, got " + rows);
    }
  }
}
