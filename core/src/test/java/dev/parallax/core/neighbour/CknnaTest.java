package dev.parallax.core.neighbour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.LinearCka;
import dev.parallax.core.similarity.Statistic;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CknnaTest {

  @ParameterizedTest(name = "{0} rows, k = {1}")
  @CsvSource({"4, 1", "4, 2", "7, 3", "33, 5", "64, 10"})
  void equalsTheMatricesWrittenOut(int n, int k) {
    RowMatrix x = Spaces.gaussian(n, 6, n + k);
    RowMatrix y = Spaces.noisy(x, 0.7, n - k);
    Cknna ours = Cknna.of(NearestNeighbours.of(x, k), NearestNeighbours.of(y, k));
    assertNear(ours.debiased(), written(x, y, k, false, 0));
    assertNear(ours.debiasedAsReleased(), written(x, y, k, false, 1e-6));
    assertNear(ours.biased(), written(x, y, k, true, 0));
    assertNear(ours.biasedAsReleased(), written(x, y, k, true, 1e-6));
    assertNear(ours.published(), published(x, y, k));
  }

  @ParameterizedTest(name = "{0} rows, {1} from the origin")
  @CsvSource({"4, 0", "8, 0", "8, 1e4", "11, 1e4"})
  void withEveryOtherRowANeighbourItIsDebiasedCkaWhereverTheRowsLie(int n, double offset) {
    RowMatrix x = Spaces.gaussian(n, 6, n);
    RowMatrix y = Spaces.noisy(x, 0.7, -n);
    double expected = LinearCka.of(x, y).debiased().asOptional().orElseThrow();

    Cknna ours =
        Cknna.of(
            NearestNeighbours.of(shifted(x, offset), 10),
            NearestNeighbours.of(shifted(y, -offset), 10));

    assertThat(ours.debiased().asOptional().orElseThrow()).isCloseTo(expected, within(1e-6));
    assertThat(ours.debiasedAsReleased().asOptional().orElseThrow())
        .isCloseTo(expected, within(1e-4));
  }

  @Test
  void aConstantSideWithEveryOtherRowANeighbourHasNone() {
    RowMatrix y = Spaces.gaussian(11, 3, 2);
    double[][] rows = y.toRows();
    Arrays.fill(rows, rows[0]);

    assertThat(
            Cknna.of(NearestNeighbours.of(RowMatrix.of(rows), 10), NearestNeighbours.of(y, 10))
                .debiased())
        .isInstanceOf(Statistic.Undefined.class);
  }

  private static RowMatrix shifted(RowMatrix matrix, double offset) {
    double[][] rows = matrix.toRows();
    for (double[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] += offset;
      }
    }
    return RowMatrix.of(rows);
  }

  private static void assertNear(Statistic ours, double expected) {
    if (Double.isNaN(expected)) {
      assertThat(ours).isInstanceOf(Statistic.Undefined.class);
    } else {
      assertThat(ours.asOptional().orElseThrow())
          .isCloseTo(expected, within(1e-11 * Math.max(1, Math.abs(expected))));
    }
  }

  private static double written(RowMatrix x, RowMatrix y, int k, boolean biased, double epsilon) {
    double[][] a = gram(x);
    double[][] b = gram(y);
    boolean[][] inA = nearest(a, k, biased);
    boolean[][] inB = nearest(b, k, biased);
    double ab = hsic(masked(a, inA, inB), masked(b, inA, inB), biased);
    double aa = hsic(masked(a, inA, inA), masked(a, inA, inA), biased);
    double bb = hsic(masked(b, inB, inB), masked(b, inB, inB), biased);
    if (epsilon == 0 && (aa <= 0 || bb <= 0)) {
      return Double.NaN;
    }
    return ab / (Math.sqrt(aa * bb) + epsilon);
  }

  private static double published(RowMatrix x, RowMatrix y, int k) {
    double[][] a = gram(x);
    double[][] b = gram(y);
    boolean[][] inA = nearest(a, k, false);
    boolean[][] inB = nearest(b, k, false);
    subtractRowMeans(a);
    subtractRowMeans(b);
    double ab = sum(masked(a, inA, inB), masked(b, inA, inB));
    double aa = sum(masked(a, inA, inA), masked(a, inA, inA));
    double bb = sum(masked(b, inB, inB), masked(b, inB, inB));
    return ab / Math.sqrt(aa * bb);
  }

  private static double[][] gram(RowMatrix rows) {
    int n = rows.count();
    double[][] gram = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int c = 0; c < rows.width(); c++) {
          gram[i][j] += rows.get(i, c) * rows.get(j, c);
        }
      }
    }
    return gram;
  }

  private static boolean[][] nearest(double[][] gram, int k, boolean self) {
    int n = gram.length;
    boolean[][] mask = new boolean[n][n];
    for (int i = 0; i < n; i++) {
      for (int found = 0; found < k; found++) {
        int best = -1;
        for (int j = 0; j < n; j++) {
          boolean open = !mask[i][j] && (self || j != i);
          if (open && (best < 0 || gram[i][j] > gram[i][best])) {
            best = j;
          }
        }
        mask[i][best] = true;
      }
    }
    return mask;
  }

  private static double[][] masked(double[][] gram, boolean[][] a, boolean[][] b) {
    double[][] result = new double[gram.length][gram.length];
    for (int i = 0; i < gram.length; i++) {
      for (int j = 0; j < gram.length; j++) {
        result[i][j] = a[i][j] && b[i][j] ? gram[i][j] : 0;
      }
    }
    return result;
  }

  private static double hsic(double[][] a, double[][] b, boolean biased) {
    int n = a.length;
    double trace = 0;
    double sumA = 0;
    double sumB = 0;
    double ab = 0;
    double ba = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        trace += a[i][j] * b[j][i];
        sumA += a[i][j];
        sumB += b[i][j];
        for (int l = 0; l < n; l++) {
          ab += a[i][j] * b[j][l];
          ba += b[i][j] * a[j][l];
        }
      }
    }
    return biased
        ? trace - (ab + ba) / n + sumA * sumB / n / n
        : (trace + sumA * sumB / (n - 1) / (n - 2) - 2 * ab / (n - 2)) / n / (n - 3);
  }

  private static void subtractRowMeans(double[][] gram) {
    for (double[] row : gram) {
      double mean = 0;
      for (double value : row) {
        mean += value / row.length;
      }
      for (int j = 0; j < row.length; j++) {
        row[j] -= mean;
      }
    }
  }

  private static double sum(double[][] a, double[][] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        sum += a[i][j] * b[i][j];
      }
    }
    return sum;
  }

  @Test
  void withAllOthersForNeighboursTheDebiasedOneIsDebiasedLinearCka() {
    RowMatrix x = Spaces.gaussian(40, 5, 1);
    RowMatrix y = Spaces.noisy(x, 1, 2);
    Cknna ours = Cknna.of(NearestNeighbours.of(x, 39), NearestNeighbours.of(y, 39));
    double cka = LinearCka.of(x, y).debiased().asOptional().orElseThrow();
    assertNear(ours.debiased(), cka);
  }

  @Test
  void oneOfASpaceWithItselfAndTheReleasedOneALittleLess() {
    NearestNeighbours x = NearestNeighbours.of(Spaces.gaussian(50, 8, 3), 6);
    Cknna ours = Cknna.of(x, x);
    assertNear(ours.published(), 1);
    assertNear(ours.debiased(), 1);
    assertNear(ours.biased(), 1);
    assertThat(ours.debiasedAsReleased().asOptional().orElseThrow())
        .isLessThan(1)
        .isCloseTo(1, within(1e-5));
  }

  @Test
  void onlyTheReleasedOneDependsOnScale() {
    RowMatrix x = Spaces.gaussian(50, 8, 4);
    RowMatrix y = Spaces.noisy(x, 0.5, 5);
    Cknna plain = Cknna.of(NearestNeighbours.of(x, 6), NearestNeighbours.of(y, 6));
    RowMatrix small = Spaces.scaled(x, 1e-4);
    Cknna scaled =
        Cknna.of(NearestNeighbours.of(small, 6), NearestNeighbours.of(Spaces.scaled(y, 1e-4), 6));
    assertNear(scaled.published(), plain.published().asOptional().orElseThrow());
    assertNear(scaled.debiased(), plain.debiased().asOptional().orElseThrow());
    assertThat(plain.debiasedAsReleased().asOptional().orElseThrow()).isGreaterThan(0.5);
    assertThat(scaled.debiasedAsReleased().asOptional().orElseThrow()).isBetween(0.0, 1e-6);
  }

  @Test
  void theDebiasedOnesNeedFourPairs() {
    NearestNeighbours x = NearestNeighbours.of(Spaces.gaussian(3, 8, 6), 2);
    Cknna ours = Cknna.of(x, x);
    for (Statistic figure : new Statistic[] {ours.debiased(), ours.debiasedAsReleased()}) {
      assertThat(figure)
          .isEqualTo(
              new Statistic.Undefined(
                  Statistic.Cause.TOO_FEW_PAIRS, "expected 4 or more pairs, got 3"));
    }
    assertNear(ours.published(), 1);
  }

  @Test
  void rowsOfZerosHaveNone() {
    RowMatrix x = Spaces.gaussian(20, 3, 7);
    NearestNeighbours zero = NearestNeighbours.of(Spaces.scaled(x, 0), 4);
    Cknna ours = Cknna.of(NearestNeighbours.of(x, 4), zero);
    for (Statistic figure : new Statistic[] {ours.published(), ours.debiased(), ours.biased()}) {
      assertThat(figure)
          .isInstanceOfSatisfying(
              Statistic.Undefined.class,
              none -> assertThat(none.cause()).isEqualTo(Statistic.Cause.DEGENERATE));
    }
    assertThat(ours.debiasedAsReleased()).isEqualTo(new Statistic.Stated(0));
  }
}
