package dev.parallax.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.onnx.runtime.SessionSettings;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaneProductsGraphTest {

  @ParameterizedTest(name = "p {0}, q {1}, {2} rows")
  @CsvSource({"1, 1, 64", "3, 7, 5", "16, 127, 128", "384, 384, 200", "7, 1, 65"})
  void equalsThePlainSums(int p, int q, int count) {
    float[][] x = Rows.normalised(count, p, 1);
    float[][] r = Rows.normalised(count, q, 2);

    double[][] sums = sums(x, r, 0, count);

    for (int i = 0; i < q; i++) {
      for (int j = 0; j < q; j++) {
        assertThat(sums[0][i * q + j]).isCloseTo(plain(r, i, r, j), within(1e-6 * count));
      }
      for (int j = 0; j < p; j++) {
        assertThat(sums[1][i * p + j]).isCloseTo(plain(r, i, x, j), within(1e-6 * count));
      }
    }
  }

  @Test
  void addingBlockByBlockGivesTheSameBitsAsAtOnce() {
    float[][] x = Rows.normalised(200, 31, 3);
    float[][] r = Rows.normalised(200, 17, 4);
    double[] rr = new double[17 * 17];
    double[] rx = new double[17 * 31];
    try (PaneProductsGraph graph = PaneProductsGraph.open(SessionSettings.CPU)) {
      for (int from = 0; from < 200; from += 64) {
        int to = Math.min(200, from + 64);
        graph.addInPlace(Arrays.copyOfRange(x, from, to), Arrays.copyOfRange(r, from, to), rr, rx);
      }
      graph.addInPlace(new float[0][], new float[0][], rr, rx);
    }

    double[][] atOnce = sums(x, r, 0, 200);
    assertThat(rr).isEqualTo(atOnce[0]);
    assertThat(rx).isEqualTo(atOnce[1]);
  }

  @Test
  void sumsOfTheWrongLengthAreRefused() {
    try (PaneProductsGraph graph = PaneProductsGraph.open(SessionSettings.CPU)) {
      assertThatThrownBy(
              () ->
                  graph.addInPlace(new float[2][3], new float[2][4], new double[16], new double[9]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected sums of lengths 16 and 12, got 16 and 9");
    }
  }

  private static double[][] sums(float[][] x, float[][] r, int from, int to) {
    int q = r[0].length;
    double[][] sums = {new double[q * q], new double[q * x[0].length]};
    try (PaneProductsGraph graph = PaneProductsGraph.open(SessionSettings.CPU)) {
      graph.addInPlace(
          Arrays.copyOfRange(x, from, to), Arrays.copyOfRange(r, from, to), sums[0], sums[1]);
    }
    return sums;
  }

  private static double plain(float[][] a, int i, float[][] b, int j) {
    double sum = 0;
    for (int row = 0; row < a.length; row++) {
      sum += (double) a[row][i] * b[row][j];
    }
    return sum;
  }
}
