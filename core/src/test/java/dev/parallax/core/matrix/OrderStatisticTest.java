package dev.parallax.core.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderStatisticTest {

  @ParameterizedTest(name = "{0} values")
  @ValueSource(ints = {1, 2, 3, 7, 16, 127, 500})
  void everyRankIsThatOfASort(int length) {
    Random random = new Random(length);
    for (int distinct : new int[] {1, 2, 10, Integer.MAX_VALUE}) {
      double[] values = random.ints(length, 0, distinct).asDoubleStream().toArray();
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      for (int rank = 0; rank < length; rank++) {
        assertThat(OrderStatistic.select(values.clone(), rank)).isEqualTo(sorted[rank]);
      }
    }
  }

  @Test
  void aSecondRankOfTheReorderedArrayIsRightToo() {
    double[] values = {5, 3, 9, 1, 7, 2};
    assertThat(OrderStatistic.select(values, 2)).isEqualTo(3);
    assertThat(OrderStatistic.select(values, 5)).isEqualTo(9);
    assertThat(OrderStatistic.select(values, 0)).isEqualTo(1);
  }

  @Test
  void sortedAndEqualValuesTakeNoLongerThanOthers() {
    double[] values = new double[2_000_000];
    assertThat(OrderStatistic.select(values, 1_000_000)).isZero();
    Arrays.setAll(values, i -> i);
    assertThat(OrderStatistic.select(values, 1_999_999)).isEqualTo(1_999_999);
  }

  @Test
  void aRankOutsideIsRefused() {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> OrderStatistic.select(new double[3], 3));
  }
}
