package dev.parallax.core.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelHsicTest {

  @ParameterizedTest(name = "{0} rows of widths {1} and {2}")
  @CsvSource({"4, 1, 1", "5, 3, 7", "16, 8, 2", "63, 5, 100"})
  void ofGramMatricesItIsLinearHsic(int n, int p, int q) {
    RowMatrix x = RowMatrix.of(GaussianRows.of(n, p, n + p));
    RowMatrix y = RowMatrix.of(GaussianRows.of(n, q, n + q));
    double[][] k = gram(x);
    double[][] l = gram(y);
    assertNear(KernelHsic.biased(k, l), BiasedHsic.of(x, y));
    assertNear(KernelHsic.debiased(k, l), DebiasedHsic.of(x, y));
    assertNear(KernelHsic.debiased(gram(x), gram(y)), DebiasedHsic.of(x, y));
  }

  private static void assertNear(HsicTriple ours, HsicTriple expected) {
    double scale = Math.sqrt(expected.xx() * expected.yy());
    assertThat(ours.xy()).isCloseTo(expected.xy(), within(1e-11 * scale));
    assertThat(ours.xx()).isCloseTo(expected.xx(), within(1e-11 * expected.xx()));
    assertThat(ours.yy()).isCloseTo(expected.yy(), within(1e-11 * expected.yy()));
  }

  private static double[][] gram(RowMatrix rows) {
    double[][] gram = new double[rows.count()][rows.count()];
    for (int i = 0; i < gram.length; i++) {
      for (int j = 0; j < gram.length; j++) {
        for (int c = 0; c < rows.width(); c++) {
          gram[i][j] += rows.get(i, c) * rows.get(j, c);
        }
      }
    }
    return gram;
  }

  @Test
  void aConstantKernelHasExactlyNone() {
    double[][] constant = new double[7][7];
    Arrays.stream(constant).forEach(row -> Arrays.fill(row, 1 / 3.0));
    double[][] other = gram(RowMatrix.of(GaussianRows.of(7, 2, 1)));
    HsicTriple ours = KernelHsic.biased(constant, other);
    assertThat(ours.xx()).isZero();
    assertThat(ours.xy()).isZero();
    assertThat(ours.yy()).isPositive();
  }

  @Test
  void theDebiasedOneNeedsFourPairs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KernelHsic.debiased(new double[3][3], new double[3][3]))
        .withMessage("expected 4 or more pairs, got 3");
  }
}
