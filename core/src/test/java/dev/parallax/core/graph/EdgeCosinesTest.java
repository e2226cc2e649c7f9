package dev.parallax.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.Statistic;
import org.junit.jupiter.api.Test;

class EdgeCosinesTest {

  private static final RowMatrix CORNER =
      RowMatrix.of(new double[][] {{3, 0}, {1, 1}, {0, 2}, {-5, 0}});

  private static double value(Statistic statistic) {
    return statistic.asOptional().orElseThrow();
  }

  @Test
  void theLevelIsTheMeanCosineAndOnlyTheReleasedOneDependsOnScale() {
    UndirectedGraph path = Graphs.path(4);
    // √½, √½ and 0.
    double expected = Math.sqrt(2) / 3;
    assertThat(value(EdgeCosines.mean(path, CORNER))).isCloseTo(expected, within(1e-15));
    assertThat(value(EdgeCosines.meanAsReleased(path, CORNER))).isCloseTo(expected, within(1e-8));
    double[][] small = CORNER.toRows();
    for (double[] row : small) {
      row[0] *= 1e-6;
      row[1] *= 1e-6;
    }
    assertThat(value(EdgeCosines.mean(path, RowMatrix.of(small))))
        .isCloseTo(expected, within(1e-15));
    assertThat(value(EdgeCosines.meanAsReleased(path, RowMatrix.of(small))))
        .isLessThan(expected / 1000);
  }

  @Test
  void recoveryCountsEdgesInBothDirections() {
    // Nearest by inner product: 0 → 1, 1 → 0, 2 → 1, 3 → 2. Of 0-1 1-2 2-3 it has 0→1 1→0 2→1 3→2.
    assertThat(value(EdgeCosines.recovery(Graphs.path(4), CORNER, 1)))
        .isCloseTo(4 / 6.0, within(1e-15));
    assertThat(value(EdgeCosines.recovery(Graphs.path(4), CORNER, 9))).isEqualTo(1);
  }

  @Test
  void undefinedRatherThanANumberOfNothing() {
    UndirectedGraph none = UndirectedGraph.of(4, new int[0][]);
    assertCause(EdgeCosines.mean(none, CORNER));
    assertCause(EdgeCosines.recovery(none, CORNER, 1));
    RowMatrix zero = RowMatrix.of(new double[][] {{1, 0}, {0, 0}, {1, 1}});
    assertCause(EdgeCosines.mean(Graphs.path(3), zero));
    assertThat(EdgeCosines.meanAsReleased(Graphs.path(3), zero)).isEqualTo(new Statistic.Stated(0));
    assertThat(EdgeCosines.mean(UndirectedGraph.of(3, new int[][] {{0, 2}}), zero).asOptional())
        .isPresent();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EdgeCosines.mean(Graphs.path(3), CORNER))
        .withMessage("expected a row for each of 3 nodes, got 4");
  }

  private static void assertCause(Statistic statistic) {
    assertThat(statistic)
        .isInstanceOfSatisfying(
            Statistic.Undefined.class,
            reason -> assertThat(reason.cause()).isEqualTo(Statistic.Cause.DEGENERATE));
  }
}
