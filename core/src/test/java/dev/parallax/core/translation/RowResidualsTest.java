package dev.parallax.core.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RowResidualsTest {

  private static RowResiduals of(double... residuals) {
    return new RowResiduals(residuals, new int[residuals.length]);
  }

  @Test
  void oneFarRowMovesTheMeanAndNotTheMedian() {
    assertThat(of(1, 2, 3).mean()).isEqualTo(2);
    assertThat(of(1, 2, 300).mean()).isEqualTo(101);
    assertThat(of(1, 2, 300).median()).isEqualTo(2);
  }

  @Test
  void theMedianOfAnEvenNumberIsTheLowerOneInWhateverOrder() {
    assertThat(of(4, 1, 3, 2).median()).isEqualTo(2);
  }

  @Test
  void theMedianLeavesTheRowsInTheirOrder() {
    RowResiduals rows = of(3, 1, 2);

    rows.median();

    assertThat(rows.residual(0)).isEqualTo(3);
    assertThat(rows.residual(2)).isEqualTo(2);
  }

  @Test
  void noRowsHaveNoResidual() {
    assertThat(of().count()).isZero();
    assertThat(of().mean()).isZero();
    assertThat(of().median()).isZero();
  }

  @Test
  void sumsByStratumHoldEveryRowOnce() {
    StratumResiduals sums =
        new RowResiduals(new double[] {1, 2, 4, 8}, new int[] {2, 0, 2, 0}).byStratum(3);

    assertThat(sums.sum(0)).isEqualTo(10);
    assertThat(sums.count(0)).isEqualTo(2);
    assertThat(sums.count(1)).isZero();
    assertThat(sums.sum(2)).isEqualTo(5);
    assertThat(sums.count(2)).isEqualTo(2);
  }

  @Test
  void everyRowNeedsAStratum() {
    assertThatThrownBy(() -> new RowResiduals(new double[3], new int[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 2 and 3");
  }
}
