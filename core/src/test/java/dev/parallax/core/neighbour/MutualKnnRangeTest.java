package dev.parallax.core.neighbour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MutualKnnRangeTest {

  @ParameterizedTest(name = "{0} rows, k = {1}, seed {2}")
  @CsvSource({"5, 2, 1", "6, 3, 2", "7, 3, 3", "8, 4, 4", "8, 2, 5", "9, 5, 6", "9, 3, 7"})
  void theEndsAreThoseOfTryingEveryChoice(int n, int k, long seed) {
    RowMatrix x = Spaces.lattice(n, 2, seed);
    RowMatrix y = Spaces.lattice(n, 2, -seed);
    int min = 0;
    int max = 0;
    int free = 0;
    for (int i = 0; i < n; i++) {
      List<Integer> xLists = lists(x, i, k);
      List<Integer> yLists = lists(y, i, k);
      int lowest = k;
      int highest = 0;
      for (int a : xLists) {
        for (int b : yLists) {
          lowest = Math.min(lowest, Integer.bitCount(a & b));
          highest = Math.max(highest, Integer.bitCount(a & b));
        }
      }
      min += lowest;
      max += highest;
      free += xLists.size() > 1 || yLists.size() > 1 ? 1 : 0;
    }
    MutualKnnRange ours = MutualKnnRange.of(x, y, k);
    assertThat(ours.min()).isCloseTo(min / (double) (n * k), within(1e-15));
    assertThat(ours.max()).isCloseTo(max / (double) (n * k), within(1e-15));
    assertThat(ours.rowsWithChoice()).isEqualTo(free);
  }

  /** All sets of k rows of which no row outside is nearer to row i, as bit sets. */
  private static List<Integer> lists(RowMatrix rows, int i, int k) {
    List<Integer> lists = new ArrayList<>();
    for (int set = 0; set < 1 << rows.count(); set++) {
      if (Integer.bitCount(set) == k && (set >> i & 1) == 0 && isNearest(rows, i, set)) {
        lists.add(set);
      }
    }
    return lists;
  }

  private static boolean isNearest(RowMatrix rows, int i, int set) {
    double last = Double.POSITIVE_INFINITY;
    double best = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < rows.count(); j++) {
      double inner = rows.get(i, 0) * rows.get(j, 0) + rows.get(i, 1) * rows.get(j, 1);
      if ((set >> j & 1) == 1) {
        last = Math.min(last, inner);
      } else if (j != i) {
        best = Math.max(best, inner);
      }
    }
    return last >= best;
  }

  @Test
  void withoutTiesItIsOneScore() {
    RowMatrix x = Spaces.gaussian(80, 6, 8);
    RowMatrix y = Spaces.noisy(x, 1, 9);
    MutualKnnRange ours = MutualKnnRange.of(x, y, 7);
    double score = MutualKnn.of(NearestNeighbours.of(x, 7), NearestNeighbours.of(y, 7)).raw();
    assertThat(ours).isEqualTo(new MutualKnnRange(score, score, 0));
  }

  @Test
  void ofConstantSpacesEverythingIsPossible() {
    RowMatrix constant = Spaces.scaled(Spaces.lattice(9, 3, 10), 0);
    MutualKnnRange ours = MutualKnnRange.of(constant, constant, 4);
    assertThat(ours).isEqualTo(new MutualKnnRange(0, 1, 9));
  }
}
