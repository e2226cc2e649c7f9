package dev.parallax.core.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowNormalisationTest {

  @ParameterizedTest(name = "entries of about {0}")
  @ValueSource(doubles = {4.9e-324, 1e-300, 1e-13, 1, 1e300})
  void l2GivesUnitRowsAtAnyMagnitude(double scale) {
    double[] row = RowNormalisation.L2.apply(new double[] {3 * scale, 0, -4 * scale});
    assertThat(row).containsExactly(new double[] {0.6, 0, -0.8}, within(1e-15));
  }

  @Test
  void l2LeavesARowOfZerosAsItIs() {
    assertThat(RowNormalisation.L2.apply(new double[3])).containsExactly(0, 0, 0);
  }

  @Test
  void noneLeavesRowsAsTheyAre() {
    RowMatrix rows = RowMatrix.of(new double[][] {{3, 4}});
    assertThat(rows.normalised(RowNormalisation.NONE).row(0)).containsExactly(3, 4);
  }

  @Test
  void normalisingLeavesTheOriginalUntouched() {
    double[][] given = {{3, 4}};
    RowMatrix rows = RowMatrix.of(given);
    rows.normalised(RowNormalisation.L2);
    given[0][0] = 99;
    assertThat(rows.row(0)).containsExactly(3, 4);
  }
}
