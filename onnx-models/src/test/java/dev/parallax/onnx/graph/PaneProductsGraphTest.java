package dev.parallax.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.core.translation.PlainTranslationKernel;
import dev.parallax.core.translation.TranslationSums;
import dev.parallax.onnx.TestProvider;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaneProductsGraphTest {

  @ParameterizedTest(name = "p {0}, q {1}, {2} rows")
  @CsvSource({"1, 1, 64", "3, 7, 5", "16, 127, 128", "384, 384, 200", "7, 1, 65", "5, 4, 0"})
  void equalsThePlainSums(int p, int q, int count) {
    float[][] x = Rows.normalised(count, p, 1);
    float[][] r = Rows.normalised(count, q, 2);
    TranslationSums plain = empty(p, q);
    new PlainTranslationKernel().addTo(plain, x, r);

    TranslationSums sums = empty(p, q);
    try (PaneProductsGraph graph = PaneProductsGraph.open(TestProvider.settings())) {
      graph.addTo(sums, x, r);
    }

    // Rounding of single-precision products of rows no longer than about one, count of them.
    double tolerance = 1e-6 * count + 1e-12;
    assertThat(sums.rows()).isEqualTo(count);
    assertClose(sums.parts().live(), plain.parts().live(), tolerance);
    assertClose(sums.parts().reference(), plain.parts().reference(), tolerance);
    assertClose(sums.parts().referenceSquares(), plain.parts().referenceSquares(), tolerance);
    assertClose(sums.parts().referenceByLive(), plain.parts().referenceByLive(), tolerance);
  }

  @Test
  void addingBlockByBlockGivesTheSameBitsAsAtOnce() {
    float[][] x = Rows.normalised(200, 31, 3);
    float[][] r = Rows.normalised(200, 17, 4);
    TranslationSums atOnce = empty(31, 17);
    TranslationSums inBlocks = empty(31, 17);
    try (PaneProductsGraph graph = PaneProductsGraph.open(TestProvider.settings())) {
      graph.addTo(atOnce, x, r);
      for (int from = 0; from < 200; from += 64) {
        int to = Math.min(200, from + 64);
        graph.addTo(inBlocks, Arrays.copyOfRange(x, from, to), Arrays.copyOfRange(r, from, to));
      }
    }

    assertThat(inBlocks.parts().referenceSquares()).isEqualTo(atOnce.parts().referenceSquares());
    assertThat(inBlocks.parts().referenceByLive()).isEqualTo(atOnce.parts().referenceByLive());
  }

  @Test
  void rowsOfAnotherWidthAreRefused() {
    try (PaneProductsGraph graph = PaneProductsGraph.open(TestProvider.settings())) {
      TranslationSums sums = empty(3, 4);
      assertThatThrownBy(() -> graph.addTo(sums, new float[2][3], new float[2][5]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected rows of width 4, got 5");
    }
  }

  private static void assertClose(double[] found, double[] plain, double tolerance) {
    assertThat(found).hasSameSizeAs(plain);
    double greatest = 0;
    for (int i = 0; i < found.length; i++) {
      greatest = Math.max(greatest, Math.abs(found[i] - plain[i]));
    }
    assertThat(greatest).isLessThanOrEqualTo(tolerance);
  }

  private static TranslationSums empty(int p, int q) {
    float[] liveOrigin = new float[p];
    Arrays.fill(liveOrigin, 0.01f);
    return new TranslationSums(liveOrigin, new float[q]);
  }
}
