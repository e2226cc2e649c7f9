package dev.parallax.core.platonic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import org.junit.jupiter.api.Test;

class OutlierClampTest {

  private static final RowMatrix ROWS =
      RowMatrix.of(new double[][] {{1, -2, 3, -4}, {10, 20, -30, 40}});

  @Test
  void theExactQuantileIsOneOfTheAbsoluteValues() {
    assertThat(OutlierClamp.exactQuantile(ROWS, 0)).isEqualTo(1);
    assertThat(OutlierClamp.exactQuantile(ROWS, 0.5)).isEqualTo(10);
    assertThat(OutlierClamp.exactQuantile(ROWS, 0.95)).isEqualTo(40);
  }

  @Test
  void theOtherOneIsInterpolatedInEachRowAndAveraged() {
    assertThat(OutlierClamp.meanOfRowQuantiles(ROWS, 0.5)).isCloseTo(13.75, within(1e-14));
    // Rank 2.85 of 3: 3.85 and 38.5.
    assertThat(OutlierClamp.meanOfRowQuantiles(ROWS, 0.95)).isCloseTo(21.175, within(1e-14));
    RowMatrix one = RowMatrix.of(new double[][] {{-3}});
    assertThat(OutlierClamp.meanOfRowQuantiles(one, 0.95)).isEqualTo(3);
  }

  @Test
  void valuesAreClampedAndNoneIsRemoved() {
    assertThat(OutlierClamp.clamped(ROWS, 3).toRows())
        .isDeepEqualTo(new double[][] {{1, -2, 3, -3}, {3, 3, -3, 3}});
  }

  @Test
  void refusesAQuantileOfOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OutlierClamp.exactQuantile(ROWS, 1))
        .withMessage("quantile 1.0: expected from 0 and below 1");
  }
}
