package dev.parallax.core.twosample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.Statistic;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaximumMeanDiscrepancyTest {

  @ParameterizedTest(name = "{0} and {1} rows of width {2}")
  @CsvSource({"2, 2, 1", "2, 3, 4", "31, 33, 3", "32, 1000, 2", "65, 64, 17"})
  void equalsTheMeansWrittenOut(int n, int m, int width) {
    RowMatrix x = Samples.gaussian(n, width, 1e5, n);
    RowMatrix y = Samples.gaussian(m, width, 1e5 + 0.5, -m);
    double sigma = 1.7;
    double expected =
        mean(x, x, sigma, true) + mean(y, y, sigma, true) - 2 * mean(x, y, sigma, false);
    assertThat(value(MaximumMeanDiscrepancy.of(x, y, sigma).squared()))
        .isCloseTo(expected, within(1e-12));
  }

  private static double mean(RowMatrix x, RowMatrix y, double sigma, boolean withoutSelf) {
    double sum = 0;
    for (int i = 0; i < x.count(); i++) {
      for (int j = 0; j < y.count(); j++) {
        sum += withoutSelf && i == j ? 0 : Math.exp(-distance(x, i, y, j) / (2 * sigma * sigma));
      }
    }
    return sum / x.count() / (y.count() - (withoutSelf ? 1 : 0));
  }

  private static double distance(RowMatrix x, int i, RowMatrix y, int j) {
    double sum = 0;
    for (int c = 0; c < x.width(); c++) {
      sum += Math.pow(x.get(i, c) - y.get(j, c), 2);
    }
    return sum;
  }

  private static double value(Statistic statistic) {
    return statistic.asOptional().orElseThrow();
  }

  @Test
  void theMedianIsTheLowerOneOfPairsOfDifferentRows() {
    RowMatrix x = RowMatrix.of(new double[][] {{0}, {1}});
    RowMatrix y = RowMatrix.of(new double[][] {{3}, {10}});
    // Squared distances 1, 4, 9, 49, 81, 100.
    assertThat(value(MaximumMeanDiscrepancy.of(x, y).sigma()))
        .isCloseTo(Math.sqrt(9 / 2.0), within(1e-14));
  }

  @Test
  void givingTheMedianSigmaGivesTheSame() {
    RowMatrix x = Samples.gaussian(40, 5, 0, 1);
    RowMatrix y = Samples.gaussian(60, 5, 1, 2);
    MaximumMeanDiscrepancy median = MaximumMeanDiscrepancy.of(x, y);
    assertThat(value(MaximumMeanDiscrepancy.of(x, y, value(median.sigma())).squared()))
        .isCloseTo(value(median.squared()), within(1e-14));
  }

  @Test
  void zeroOnAverageForOneDistributionAndFarAboveForTwo() {
    double[] same = new double[200];
    Arrays.setAll(
        same,
        i ->
            value(
                MaximumMeanDiscrepancy.of(
                        Samples.gaussian(30, 3, 0, i), Samples.gaussian(20, 3, 0, 1000 + i), 2)
                    .squared()));
    double mean = Arrays.stream(same).average().orElseThrow();
    double deviation = Math.sqrt(Arrays.stream(same).map(v -> (v - mean) * (v - mean)).sum() / 199);
    assertThat(mean).isCloseTo(0, within(4 * deviation / Math.sqrt(200)));
    assertThat(Arrays.stream(same).filter(v -> v < 0).count()).isBetween(80L, 150L);
    double moved =
        value(
            MaximumMeanDiscrepancy.of(
                    Samples.gaussian(30, 3, 0, 1), Samples.gaussian(20, 3, 1, 2), 2)
                .squared());
    assertThat(moved).isGreaterThan(10 * deviation);
  }

  @Test
  void hugeAndTinyRowsScoreAsTheyWouldInOtherUnits() {
    RowMatrix x = Samples.gaussian(20, 3, 0, 3);
    RowMatrix y = Samples.gaussian(20, 3, 1, 4);
    double plain = value(MaximumMeanDiscrepancy.of(x, y).squared());
    for (double factor : new double[] {0x1p-700, 0x1p700}) {
      MaximumMeanDiscrepancy scaled =
          MaximumMeanDiscrepancy.of(scaled(x, factor), scaled(y, factor));
      assertThat(value(scaled.squared())).isEqualTo(plain);
      assertThat(
              value(
                  MaximumMeanDiscrepancy.of(
                          scaled(x, factor), scaled(y, factor), value(scaled.sigma()))
                      .squared()))
          .isCloseTo(plain, within(1e-14));
    }
  }

  private static RowMatrix scaled(RowMatrix matrix, double factor) {
    double[][] rows = matrix.toRows();
    for (double[] row : rows) {
      Arrays.setAll(row, j -> row[j] * factor);
    }
    return RowMatrix.of(rows);
  }

  @Test
  void undefinedRatherThanANumberOfNothing() {
    RowMatrix x = Samples.gaussian(6, 3, 0, 5);
    assertCause(MaximumMeanDiscrepancy.of(x, x.rows(0, 1)), Statistic.Cause.TOO_FEW_PAIRS);
    assertCause(
        MaximumMeanDiscrepancy.of(x, Samples.gaussian(6, 2, 0, 6)), Statistic.Cause.WIDTHS_DIFFER);
    double[][] odd = x.toRows();
    odd[2][1] = Double.NEGATIVE_INFINITY;
    assertCause(MaximumMeanDiscrepancy.of(x, RowMatrix.of(odd)), Statistic.Cause.NOT_FINITE);
    int[] mostlyOne = {0, 0, 0, 0, 0, 1};
    assertCause(
        MaximumMeanDiscrepancy.of(x.rows(mostlyOne), x.rows(mostlyOne)),
        Statistic.Cause.DEGENERATE);
    RowMatrix empty = RowMatrix.of(new double[6][0]);
    assertCause(MaximumMeanDiscrepancy.of(empty, empty), Statistic.Cause.DEGENERATE);
    RowMatrix many = Samples.gaussian(MaximumMeanDiscrepancy.MAX_ROWS_MEDIAN, 1, 0, 7);
    assertCause(MaximumMeanDiscrepancy.of(many, x.rows(0, 2)), Statistic.Cause.WIDTHS_DIFFER);
    assertCause(MaximumMeanDiscrepancy.of(many, many), Statistic.Cause.TOO_MANY_PAIRS);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MaximumMeanDiscrepancy.of(x, x, 0))
        .withMessage("sigma=0.0: expected more than 0");
  }

  private static void assertCause(MaximumMeanDiscrepancy figure, Statistic.Cause cause) {
    assertThat(figure.squared())
        .isInstanceOfSatisfying(
            Statistic.Undefined.class, none -> assertThat(none.cause()).isEqualTo(cause));
  }
}
