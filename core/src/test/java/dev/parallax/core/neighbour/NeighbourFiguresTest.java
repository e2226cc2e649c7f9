package dev.parallax.core.neighbour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.Statistic;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeighbourFiguresTest {

  private static final int K = 10;

  @Test
  void aSpaceAgreesWithItself() {
    NearestNeighbours x = NearestNeighbours.of(Spaces.gaussian(90, 12, 1), K);
    assertThat(MutualKnn.of(x, x).raw()).isEqualTo(1);
    assertThat(MutualKnn.of(x, x).adjusted()).isEqualTo(new Statistic.Stated(1));
    assertThat(LcsKnn.of(x, x)).isEqualTo(K);
    assertThat(EditDistanceKnn.of(x, x)).isEqualTo(1);
    assertThat(JaccardKnn.of(x, x)).isEqualTo(1);
  }

  @Test
  void allButTheCycleAreSymmetric() {
    RowMatrix rows = Spaces.gaussian(90, 12, 2);
    NearestNeighbours x = NearestNeighbours.of(rows, 3);
    // Of width 2: the longest rows are neighbours of many.
    NearestNeighbours y = NearestNeighbours.of(Spaces.gaussian(90, 2, 3), 3);
    assertThat(MutualKnn.of(x, y)).isEqualTo(MutualKnn.of(y, x));
    assertThat(LcsKnn.of(x, y)).isEqualTo(LcsKnn.of(y, x));
    assertThat(EditDistanceKnn.of(x, y)).isEqualTo(EditDistanceKnn.of(y, x));
    assertThat(JaccardKnn.of(x, y)).isEqualTo(JaccardKnn.of(y, x));
    assertThat(CycleKnn.of(x, y)).isNotEqualTo(CycleKnn.of(y, x));
  }

  @Test
  void unrelatedSpacesScoreTheirNullMeans() {
    int n = 2000;
    // Of high dimension: in low ones a few rows near the mean direction are everyone's neighbours.
    NearestNeighbours x = NearestNeighbours.of(Spaces.gaussian(n, 200, 4), K);
    NearestNeighbours y = NearestNeighbours.of(Spaces.gaussian(n, 200, 5), K);
    MutualKnn mutual = MutualKnn.of(x, y);
    assertThat(mutual.nullMean()).isEqualTo(K / 1999.0);
    // The number of shared neighbours is about Poisson; three deviations of its mean over rows.
    double deviation = Math.sqrt(mutual.nullMean() / K / n);
    assertThat(mutual.raw()).isCloseTo(mutual.nullMean(), within(3 * deviation));
    assertThat(mutual.adjusted().asOptional().orElseThrow()).isCloseTo(0, within(4 * deviation));
    assertThat(LcsKnn.of(x, y)).isCloseTo(K * K / 1999.0, within(3 * K * deviation));
    assertThat(JaccardKnn.of(x, y)).isCloseTo(K / (2 * 1999.0 - K), within(3 * deviation));
    double cycleNull = 1 - Math.pow(1 - K / 1999.0, K);
    assertThat(CycleKnn.of(x, y)).isCloseTo(cycleNull, within(4 * Math.sqrt(cycleNull / n)));
    assertThat(EditDistanceKnn.of(x, y)).isBetween(0.0, 0.005);
    assertThat(Cknna.of(x, y).debiased().asOptional().orElseThrow()).isCloseTo(0, within(0.01));
  }

  @Test
  void orderedScoresAreThoseOfListsWorkedOutByHand() {
    // Inner products of row 0 with the others are their first column.
    NearestNeighbours x = first(9, 8, 7, 6);
    NearestNeighbours y = first(9, 7, 8, 5);
    assertThat(x.of(0)).containsExactly(1, 2, 3);
    assertThat(y.of(0)).containsExactly(1, 3, 2);
    assertThat(MutualKnn.of(x, y).raw()).isEqualTo(1);
    // Only the list of row 0 is another: 1 3 2 instead of 1 2 3.
    assertThat(LcsKnn.of(x, y)).isEqualTo((2 + 4 * 3) / 5.0);
    assertThat(EditDistanceKnn.of(x, y)).isCloseTo(1 - 2 / 5.0 / 3, within(1e-15));
    assertThat(JaccardKnn.of(x, y)).isEqualTo(1);
  }

  /** Four items along one axis, all near to each other, and one whose list they make. */
  private static NearestNeighbours first(double... columns) {
    double[][] rows = new double[columns.length + 1][2];
    rows[0] = new double[] {1, 0};
    for (int i = 0; i < columns.length; i++) {
      rows[i + 1] = new double[] {columns[i], 100 - i};
    }
    return NearestNeighbours.of(RowMatrix.of(rows), 3);
  }

  @Test
  void aCycleGoesThroughTheSecondSpaceFirst() {
    NearestNeighbours x = NearestNeighbours.of(rows(1, 5, 2, -9), 1);
    NearestNeighbours y = NearestNeighbours.of(rows(9, 1, -3, -2), 1);
    assertThat(lists(x)).isEqualTo("1 2 1 0");
    assertThat(lists(y)).isEqualTo("1 0 3 2");
    // 0 → 1 → 2, 1 → 0 → 1, 2 → 3 → 0, 3 → 2 → 1
    assertThat(CycleKnn.of(x, y)).isEqualTo(1 / 4.0);
    // 0 → 1 → 0, 1 → 2 → 3, 2 → 1 → 0, 3 → 0 → 1
    assertThat(CycleKnn.of(y, x)).isEqualTo(1 / 4.0);
  }

  private static String lists(NearestNeighbours neighbours) {
    return IntStream.range(0, neighbours.count())
        .mapToObj(i -> String.valueOf(neighbours.of(i)[0]))
        .collect(Collectors.joining(" "));
  }

  private static RowMatrix rows(double... column) {
    double[][] rows = new double[column.length][1];
    for (int i = 0; i < column.length; i++) {
      rows[i][0] = column[i];
    }
    return RowMatrix.of(rows);
  }

  @Test
  void noneSeesARotationOrAScale() {
    RowMatrix rows = Spaces.gaussian(60, 4, 6);
    double[][] turned = rows.toRows();
    for (double[] row : turned) {
      double x = row[0];
      row[0] = 3 * (0.6 * x - 0.8 * row[3]);
      row[3] = 3 * (0.8 * x + 0.6 * row[3]);
      row[1] *= -3;
      row[2] *= 3;
    }
    NeighbourFigures ours = NeighbourFigures.of(RowMatrix.of(turned), rows, 5);
    assertThat(ours.mutualKnn()).isEqualTo(new Statistic.Stated(1));
    assertThat(ours.lcsKnn()).isEqualTo(new Statistic.Stated(5));
    assertThat(ours.cknna().asOptional().orElseThrow()).isCloseTo(1, within(1e-5));
  }

  @ParameterizedTest(name = "n = {0}")
  @ValueSource(ints = {2, 3, 4, 10})
  void kOfTheOtherRowsOrMoreSaysNothing(int n) {
    NeighbourFigures ours =
        NeighbourFigures.of(Spaces.gaussian(n, 3, 7), Spaces.gaussian(n, 3, 8), K);
    assertThat(ours.mutualKnn()).isEqualTo(new Statistic.Stated(1));
    assertThat(ours.cycleKnn()).isEqualTo(new Statistic.Stated(1));
    assertThat(ours.mutualKnnAdjusted())
        .isInstanceOfSatisfying(
            Statistic.Undefined.class,
            none -> assertThat(none.cause()).isEqualTo(Statistic.Cause.DEGENERATE));
  }

  @Test
  void undefinedOfOnePairAndOfEntriesThatAreNotFinite() {
    RowMatrix one = Spaces.gaussian(1, 3, 9);
    RowMatrix odd = RowMatrix.of(new double[][] {{1}, {Double.POSITIVE_INFINITY}});
    assertCause(NeighbourFigures.of(one, one, K), Statistic.Cause.TOO_FEW_PAIRS);
    assertCause(NeighbourFigures.of(odd, Spaces.gaussian(2, 3, 10), K), Statistic.Cause.NOT_FINITE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NeighbourFigures.of(one, Spaces.gaussian(2, 3, 10), K));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                MutualKnn.of(
                    NearestNeighbours.of(Spaces.gaussian(5, 2, 1), 2),
                    NearestNeighbours.of(Spaces.gaussian(5, 2, 1), 3)))
        .withMessage("expected neighbours of as many rows and of one k, got 2 of 5 and 3 of 5");
  }

  private static void assertCause(NeighbourFigures figures, Statistic.Cause cause) {
    for (Statistic figure :
        new Statistic[] {
          figures.mutualKnn(),
          figures.mutualKnnAdjusted(),
          figures.cycleKnn(),
          figures.lcsKnn(),
          figures.cknna()
        }) {
      assertThat(figure)
          .isInstanceOfSatisfying(
              Statistic.Undefined.class, none -> assertThat(none.cause()).isEqualTo(cause));
    }
  }
}
