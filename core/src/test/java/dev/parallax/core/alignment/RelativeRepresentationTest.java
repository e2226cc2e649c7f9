package dev.parallax.core.alignment;

import static dev.parallax.core.similarity.Statistics.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.GaussianRows;
import dev.parallax.core.similarity.LinearCka;
import org.junit.jupiter.api.Test;

class RelativeRepresentationTest {

  @Test
  void entriesAreCosinesToAnchors() {
    RowMatrix relative =
        RelativeRepresentation.of(
            RowMatrix.of(new double[][] {{3, 4}, {-1, 0}}),
            RowMatrix.of(new double[][] {{7, 0}, {0, 0.5}, {1, 1}}));
    assertThat(relative.toRows()[0])
        .containsExactly(new double[] {0.6, 0.8, 1.4 / Math.sqrt(2)}, within(1e-15));
    assertThat(relative.toRows()[1])
        .containsExactly(new double[] {-1, 0, -1 / Math.sqrt(2)}, within(1e-15));
  }

  @Test
  void rotationAndTheLengthsOfRowsChangeNothing() {
    double[][] rows = GaussianRows.of(30, 8, 1);
    double[][] turned = GaussianRows.rotated(rows, 2);
    for (int i = 0; i < 30; i++) {
      for (int j = 0; j < 8; j++) {
        turned[i][j] *= i + 1;
      }
    }
    RowMatrix x = RowMatrix.of(rows);
    RowMatrix y = RowMatrix.of(turned);
    double[][] before = RelativeRepresentation.of(x, x.rows(0, 5)).toRows();
    double[][] after = RelativeRepresentation.of(y, y.rows(0, 5)).toRows();
    for (int i = 0; i < 30; i++) {
      assertThat(after[i]).containsExactly(before[i], within(1e-14));
    }
  }

  @Test
  void spacesOfOtherWidthsBecomeComparableCoordinateByCoordinate() {
    double[][] x = GaussianRows.of(60, 6, 1);
    double[][] wide = new double[60][9];
    for (int i = 0; i < 60; i++) {
      System.arraycopy(x[i], 0, wide[i], 2, 6);
    }
    RowMatrix y = RowMatrix.of(GaussianRows.rotated(wide, 3));
    RowMatrix relativeX = RelativeRepresentation.of(RowMatrix.of(x), RowMatrix.of(x).rows(0, 7));
    RowMatrix relativeY = RelativeRepresentation.of(y, y.rows(0, 7));
    assertThat(relativeY.width()).isEqualTo(7);
    assertThat(value(LinearCka.of(relativeX, relativeY).biased())).isCloseTo(1, within(1e-13));
  }

  @Test
  void aRowOfZerosHasNoDirectionAndNaNStaysVisible() {
    RowMatrix anchors = RowMatrix.of(new double[][] {{1, 0}});
    assertThat(RelativeRepresentation.of(RowMatrix.of(new double[1][2]), anchors).get(0, 0))
        .isEqualTo(0);
    assertThat(
            RelativeRepresentation.of(RowMatrix.of(new double[][] {{Double.NaN, 1}}), anchors)
                .isFinite())
        .isFalse();
    assertThat(RelativeRepresentation.of(RowMatrix.of(new double[0][]), anchors).count())
        .isEqualTo(0);
  }

  @Test
  void mistakesOfTheCallerAreRefused() {
    RowMatrix three = RowMatrix.of(new double[2][3]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RelativeRepresentation.of(three, RowMatrix.of(new double[2][4])))
        .withMessage("expected rows as wide as the anchors, got 3 and 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RelativeRepresentation.of(three, RowMatrix.of(new double[0][])))
        .withMessage("expected 1 or more anchors, got 0");
  }
}
