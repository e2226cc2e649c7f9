package dev.parallax.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.translation.PlainTranslationKernel;
import dev.parallax.core.translation.RowResiduals;
import dev.parallax.core.translation.Strata;
import dev.parallax.core.translation.Translation;
import dev.parallax.onnx.TestProvider;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranslationGraphTest {

  @ParameterizedTest(name = "p {0}, q {1}")
  @CsvSource({"1, 1", "3, 7", "16, 127", "384, 384", "769, 384", "7, 769"})
  void equalsThePlainDefinition(int p, int q) {
    float[][] r = Rows.normalised(150, q, 1);
    float[][] x = Rows.following(r, p, 0.2, 2);
    Translation map = translation(q, p, 3);
    Strata strata = Strata.of(matrix(16, q, 4));

    RowResiduals rows = score(TranslationParameters.of(map, strata), x, r);

    assertThat(rows.count()).isEqualTo(150);
    for (int i = 0; i < 150; i++) {
      double plain =
          new PlainTranslationKernel()
              .residuals(
                  map, Strata.of(new float[1][q]), new float[][] {x[i]}, new float[][] {r[i]})
              .sum(0);
      // Single-precision products: relative to the sizes that were subtracted, where the live mean
      // has length one.
      double scale = plain + squaredNorm(x[i]) + 1;
      assertThat(rows.residual(i)).isCloseTo(plain, within(2e-6 * scale));
      assertThat(rows.stratum(i)).isEqualTo(strata.of(r[i]));
    }
  }

  @ParameterizedTest(name = "p {0}")
  @CsvSource({"1", "7", "127", "384", "769"})
  void aRowHasTheSameBitsWhereverItStands(int p) {
    float[][] r = Rows.normalised(130, 384, 5);
    float[][] x = Rows.following(r, p, 0.2, 6);
    TranslationParameters parameters =
        TranslationParameters.of(translation(384, p, 7), Strata.of(matrix(16, 384, 8)));

    RowResiduals together = score(parameters, x, r);

    for (int from : new int[] {0, 1, 2, 3, 31, 63, 64, 65, 129}) {
      RowResiduals tail =
          score(parameters, Arrays.copyOfRange(x, from, 130), Arrays.copyOfRange(r, from, 130));
      for (int i = from; i < 130; i++) {
        assertThat(tail.residual(i - from)).isEqualTo(together.residual(i));
        assertThat(tail.stratum(i - from)).isEqualTo(together.stratum(i));
      }
    }
  }

  @Test
  void ofEquallyNearCentroidsTheLowestIndexWins() {
    float[][] centroids = matrix(5, 8, 9);
    centroids[3] = centroids[1].clone();
    TranslationParameters parameters =
        TranslationParameters.of(translation(8, 2, 1), Strata.of(centroids));

    assertThat(score(parameters, new float[1][2], new float[][] {centroids[1]}).stratum(0))
        .isEqualTo(1);
  }

  @Test
  void changingTheParametersChangesTheAnswer() {
    float[][] r = Rows.normalised(3, 8, 1);
    float[][] x = Rows.normalised(3, 4, 2);
    TranslationParameters one =
        TranslationParameters.of(translation(8, 4, 1), Strata.of(matrix(2, 8, 1)));
    TranslationParameters other =
        TranslationParameters.of(translation(8, 4, 2), Strata.of(matrix(2, 8, 1)));
    try (TranslationGraph graph = TranslationGraph.open(TestProvider.settings())) {
      double first = graph.score(one, x, r).residual(0);
      assertThat(graph.score(other, x, r).residual(0)).isNotEqualTo(first);
      assertThat(graph.score(one, x, r).residual(0)).isEqualTo(first);
      assertThat(graph.score(one, new float[0][], new float[0][]).count()).isZero();
    }
  }

  @Test
  void rowsOfAnotherWidthAreRefused() {
    TranslationParameters parameters =
        TranslationParameters.of(translation(8, 4, 1), Strata.of(matrix(2, 8, 1)));
    try (TranslationGraph graph = TranslationGraph.open(TestProvider.settings())) {
      assertThatThrownBy(() -> graph.score(parameters, new float[2][5], new float[2][8]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected rows of width 4, got 5");
    }
    assertThatThrownBy(
            () -> TranslationParameters.of(translation(8, 4, 1), Strata.of(matrix(2, 7, 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected centroids of width 8, got 7");
  }

  private static RowResiduals score(TranslationParameters parameters, float[][] x, float[][] r) {
    try (TranslationGraph graph = TranslationGraph.open(TestProvider.settings())) {
      return graph.score(parameters, x, r);
    }
  }

  private static Translation translation(int q, int p, long seed) {
    float[] map = new float[q * p];
    float[][] rows = matrix(q, p, seed);
    for (int i = 0; i < q; i++) {
      System.arraycopy(rows[i], 0, map, i * p, p);
    }
    return new Translation(matrix(1, p, 101)[0], matrix(1, q, 102)[0], map, 0.1);
  }

  private static double squaredNorm(float[] row) {
    double sum = 0;
    for (float value : row) {
      sum += (double) value * value;
    }
    return sum;
  }

  private static float[][] matrix(int rows, int columns, long seed) {
    Random random = new Random(seed);
    float[][] matrix = new float[rows][columns];
    for (float[] row : matrix) {
      for (int j = 0; j < columns; j++) {
        row[j] = (float) (random.nextGaussian() / Math.sqrt(columns));
      }
    }
    return matrix;
  }
}
