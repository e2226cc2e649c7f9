package dev.parallax.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.neighbour.NearestNeighbours;
import org.junit.jupiter.api.Test;

class UndirectedGraphTest {

  @Test
  void anEdgeGivenTwiceCountsOnce() {
    UndirectedGraph graph = UndirectedGraph.of(4, new int[][] {{2, 0}, {0, 2}, {0, 1}, {0, 1}});
    assertThat(graph.edgeCount()).isEqualTo(2);
    assertThat(graph.neighbours(0)).containsExactly(1, 2);
    assertThat(graph.degree(3)).isZero();
    assertThat(graph.laplacian())
        .isDeepEqualTo(new double[][] {{2, -1, -1, 0}, {-1, 1, 0, 0}, {-1, 0, 1, 0}, {0, 0, 0, 0}});
  }

  @Test
  void connectedOnlyWhenEveryNodeIsReached() {
    assertThat(Graphs.path(5).isConnected()).isTrue();
    assertThat(UndirectedGraph.of(4, new int[][] {{0, 1}, {2, 3}}).isConnected()).isFalse();
    assertThat(UndirectedGraph.of(1, new int[0][]).isConnected()).isTrue();
  }

  @Test
  void theNeighbourGraphHasAnEdgeWhereOneOfTheTwoIsNearTheOther() {
    RowMatrix rows = RowMatrix.of(new double[][] {{1, 0}, {3, 0}, {2, 0}, {0, 1}});
    // 0 → 1, 1 → 2, 2 → 1, 3 → 0, the lowest of three ties.
    UndirectedGraph graph = UndirectedGraph.of(NearestNeighbours.of(rows, 1));
    assertThat(graph.edgeCount()).isEqualTo(3);
    assertThat(graph.neighbours(0)).containsExactly(1, 3);
    assertThat(graph.neighbours(1)).containsExactly(0, 2);
  }

  @Test
  void refusesLoopsAndNodesThatDoNotExist() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UndirectedGraph.of(3, new int[][] {{1, 1}}))
        .withMessage("expected edges between different nodes from 0 to 2, got [1, 1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UndirectedGraph.of(3, new int[][] {{0, 3}}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UndirectedGraph.of(0, new int[0][]))
        .withMessage("expected 1 or more nodes, got 0");
  }
}
