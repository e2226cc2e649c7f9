package dev.parallax.core.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SquaredDistancesTest {

  @ParameterizedTest(name = "{0} rows of width {1}")
  @CsvSource({"1, 3", "2, 1", "3, 5", "4, 2", "17, 6", "64, 3"})
  void kernelAndMedianAreThoseOfTheDistancesWrittenOut(int n, int width) {
    double[][] rows = rows(n, width, 1e6);
    double[] all = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int c = 0; c < width; c++) {
          all[i * n + j] += Math.pow(rows[i][c] - rows[j][c], 2);
        }
      }
    }
    double[] sorted = all.clone();
    Arrays.sort(sorted);
    double median = (sorted[(n * n - 1) / 2] + sorted[n * n / 2]) / 2;

    SquaredDistances ours = SquaredDistances.of(RowMatrix.of(rows));
    double unit = Math.scalb(1.0, ours.exponent());
    assertThat(ours.count()).isEqualTo(n);
    assertThat(ours.medianOfAll() * unit).isCloseTo(median, within(1e-12 * median));
    double[][] kernel = ours.intoGaussianKernel(8 / unit);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        assertThat(kernel[i][j]).isCloseTo(Math.exp(-all[i * n + j] / 8), within(1e-13));
      }
    }
  }

  private static double[][] rows(int n, int width, double offset) {
    Random random = new Random(n + width);
    double[][] rows = new double[n][width];
    for (double[] row : rows) {
      for (int j = 0; j < width; j++) {
        row[j] = offset + random.nextInt(1000) / 64.0;
      }
    }
    return rows;
  }

  @Test
  void equalRowsAreExactlyZeroApart() {
    double[][] rows = rows(20, 7, 1e6);
    rows[13] = rows[4].clone();
    double[][] kernel = SquaredDistances.of(RowMatrix.of(rows)).intoGaussianKernel(1e-300);
    assertThat(kernel[4][13]).isEqualTo(1);
    assertThat(kernel[4][12]).isZero();
  }

  @Test
  void hugeAndTinyRowsHaveDistancesInTheirOwnUnits() {
    for (double factor : new double[] {0x1p-900, 0x1p900}) {
      SquaredDistances ours =
          SquaredDistances.of(RowMatrix.of(new double[][] {{factor}, {3 * factor}, {7 * factor}}));
      // Nine distances: three times 0, twice each of 4, 16, 36.
      assertThat(Math.scalb(ours.medianOfAll(), ours.exponent() - 2 * Math.getExponent(factor)))
          .isCloseTo(4, within(1e-14));
    }
  }
}
