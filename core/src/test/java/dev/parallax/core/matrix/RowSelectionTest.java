package dev.parallax.core.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RowSelectionTest {

  private static final RowMatrix ROWS = RowMatrix.of(new double[][] {{1, 2}, {3, 4}, {5, 6}});

  @Test
  void rowsArePickedInTheOrderGivenAndMayRepeat() {
    assertThat(ROWS.rows(new int[] {2, 0, 2}).toRows())
        .isDeepEqualTo(new double[][] {{5, 6}, {1, 2}, {5, 6}});
    assertThat(ROWS.rows(new int[0]).width()).isEqualTo(2);
  }

  @Test
  void twoMatricesOfOneWidthFollowEachOther() {
    assertThat(ROWS.rows(0, 1).followedBy(ROWS.rows(2, 3)).toRows())
        .isDeepEqualTo(new double[][] {{1, 2}, {5, 6}});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ROWS.followedBy(RowMatrix.of(new double[][] {{1}})))
        .withMessage("expected rows of one width, got 2 and 1");
  }

  @Test
  void columnsAreTheTransposedRows() {
    assertThat(ROWS.columns()).isDeepEqualTo(new double[][] {{1, 3, 5}, {2, 4, 6}});
  }

  /** Equal up to the rounding of a normalisation on either side is still equal. */
  @Test
  void rowsThatFollowNormalisedOnesAreComparedAsThoseAre() {
    RowMatrix multiples = RowMatrix.of(new double[][] {{1, 2, 3}, {7, 14, 21}, {0.1, 0.2, 0.3}});
    RowMatrix unit = multiples.normalised(RowNormalisation.L2);
    assertThat(unit.followedBy(unit.rows(new int[] {1, 2})).isConstant()).isTrue();
    assertThat(multiples.isConstant()).isFalse();
  }
}
