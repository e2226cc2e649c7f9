package dev.parallax.core.neighbour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNeighboursTest {

  @ParameterizedTest(name = "{0} rows of width {1}, k = {2}")
  @CsvSource({
    "2, 1, 1",
    "3, 1, 2",
    "7, 3, 3",
    "31, 5, 4",
    "32, 5, 4",
    "33, 16, 10",
    "65, 2, 64",
    "127, 9, 10"
  })
  void neighboursAreThoseOfAFullSortWithTheLowerIndexFirstAmongEquals(int n, int width, int k) {
    for (RowMatrix rows :
        new RowMatrix[] {Spaces.gaussian(n, width, n + k), Spaces.lattice(n, width, n + k)}) {
      NearestNeighbours ours = NearestNeighbours.of(rows, k);
      for (int i = 0; i < n; i++) {
        assertThat(ours.of(i)).containsExactly(sorted(rows, i, k));
      }
    }
  }

  private static int[] sorted(RowMatrix rows, int i, int k) {
    return IntStream.range(0, rows.count())
        .filter(j -> j != i)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingDouble(j -> -inner(rows, i, j))
                .thenComparing(Comparator.naturalOrder()))
        .limit(k)
        .mapToInt(j -> j)
        .toArray();
  }

  private static double inner(RowMatrix rows, int i, int j) {
    double sum = 0;
    for (int c = 0; c < rows.width(); c++) {
      sum += rows.get(i, c) * rows.get(j, c);
    }
    return sum;
  }

  @Test
  void aRowIsNotItsOwnNeighbourThoughAllInnerProductsAreFarBelowZero() {
    RowMatrix opposed = RowMatrix.of(new double[][] {{1e6}, {-1e6}, {2e6}});
    NearestNeighbours ours = NearestNeighbours.of(opposed, 2);
    assertThat(ours.of(1)).containsExactly(0, 2);
    assertThat(ours.of(0)).containsExactly(2, 1);
  }

  @Test
  void kIsCappedAtTheOtherRows() {
    NearestNeighbours ours = NearestNeighbours.of(Spaces.gaussian(4, 3, 1), 10);
    assertThat(ours.k()).isEqualTo(3);
    assertThat(ours.of(2)).containsExactlyInAnyOrder(0, 1, 3);
    assertThat(ours.minRelativeGap()).isEmpty();
  }

  @Test
  void hugeAndTinyRowsHaveTheSameNeighbours() {
    RowMatrix rows = Spaces.gaussian(40, 6, 2);
    NearestNeighbours plain = NearestNeighbours.of(rows, 5);
    for (double factor : new double[] {0x1p-600, 0x1p600}) {
      NearestNeighbours scaled = NearestNeighbours.of(Spaces.scaled(rows, factor), 5);
      for (int i = 0; i < 40; i++) {
        assertThat(scaled.of(i)).containsExactly(plain.of(i));
      }
      assertThat(scaled.minRelativeGap()).isEqualTo(plain.minRelativeGap());
    }
  }

  @Test
  void theGapIsZeroWithATieAtTheEndOfAListAndRelativeOtherwise() {
    RowMatrix tied = RowMatrix.of(new double[][] {{1, 0}, {2, 1}, {2, -1}, {1, 3}});
    assertThat(NearestNeighbours.of(tied, 1).minRelativeGap()).hasValue(0);

    // Of row 0: 4 and then 3. Of the others the gaps are wider.
    RowMatrix apart = RowMatrix.of(new double[][] {{1, 0}, {4, 9}, {3, -9}});
    assertThat(NearestNeighbours.of(apart, 1).minRelativeGap().orElseThrow())
        .isCloseTo(0.25, within(1e-15));

    // Of row 0, and of no other: 9, 4 and then 3.
    RowMatrix longer = RowMatrix.of(new double[][] {{1, 0}, {4, 9}, {3, -9}, {9, 50}});
    assertThat(NearestNeighbours.of(longer, 2).minRelativeGap().orElseThrow())
        .isCloseTo(1 / 9.0, within(1e-15));
  }

  @Test
  void equalRowsHaveTheSameNeighboursButForEachOther() {
    double[][] rows = Spaces.gaussian(50, 7, 3).toRows();
    rows[31] = rows[8].clone();
    NearestNeighbours ours = NearestNeighbours.of(RowMatrix.of(rows), 49);
    assertThat(Arrays.stream(ours.of(8)).filter(j -> j != 31).toArray())
        .containsExactly(Arrays.stream(ours.of(31)).filter(j -> j != 8).toArray());
  }

  @Test
  void refusesWhatHasNoNeighbours() {
    RowMatrix rows = Spaces.gaussian(3, 2, 4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NearestNeighbours.of(rows, 0))
        .withMessage("expected k of 1 or more, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NearestNeighbours.of(rows.rows(0, 1), 1))
        .withMessage("expected 2 or more rows, got 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NearestNeighbours.of(RowMatrix.of(new double[][] {{1}, {Double.NaN}}), 1))
        .withMessage("expected finite entries, got NaN or infinity");
  }
}
