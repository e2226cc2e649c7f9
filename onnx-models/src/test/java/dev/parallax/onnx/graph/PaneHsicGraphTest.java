package dev.parallax.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.similarity.DebiasedHsic;
import dev.parallax.core.similarity.HsicTriple;
import dev.parallax.onnx.TestProvider;
import dev.parallax.onnx.runtime.SessionSettings;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaneHsicGraphTest {

  private static final int BATCH = PaneHsicGraph.BATCH;

  /** Rounding of single-precision Gram matrices; measured at most 1e-7 of the scale. */
  private static final double TOLERANCE = 1e-6;

  @ParameterizedTest(name = "width {0}")
  @ValueSource(ints = {1, 3, 7, 16, 127, 384, 769})
  void equalsThePlainDefinition(int width) {
    float[][] y = Rows.normalised(3 * BATCH, 33, 1);
    float[][] x = Rows.following(y, width, 0.3, 2);

    List<HsicTriple> triples = score(TestProvider.settings(), x, y);

    assertThat(triples).hasSize(3);
    for (int b = 0; b < 3; b++) {
      assertEqual(triples.get(b), plain(x, y, b));
      assertThat(triples.get(b).xx()).isPositive();
    }
  }

  @Test
  void unrelatedSpacesScoreNearZeroOnEitherSideOfIt() {
    float[][] x = Rows.normalised(BATCH, 384, 1);
    float[][] y = Rows.normalised(BATCH, 384, 2);

    assertEqual(score(TestProvider.settings(), x, y).get(0), plain(x, y, 0));
  }

  @ParameterizedTest(name = "width {0}")
  @ValueSource(ints = {1, 7, 384})
  void aBatchHasTheSameBitsWhateverComesWithIt(int width) {
    Assumptions.assumeTrue(TestProvider.isCpu(), "a device picks kernels by shape");
    inOtherCompany(width, (alone, together) -> assertThat(alone).isEqualTo(together));
  }

  @ParameterizedTest(name = "width {0}")
  @ValueSource(ints = {1, 7, 384})
  void onADeviceABatchDiffersInOtherCompanyByRoundingAlone(int width) {
    Assumptions.assumeFalse(TestProvider.isCpu(), "a processor is held to the last bit");
    inOtherCompany(width, PaneHsicGraphTest::assertEqual);
  }

  /** Scores batches of a pane together and as smaller panes, and compares each with itself. */
  private static void inOtherCompany(int width, BiConsumer<HsicTriple, HsicTriple> compare) {
    float[][] y = Rows.normalised(17 * BATCH, 384, 3);
    float[][] x = Rows.following(y, width, 0.3, 4);

    List<HsicTriple> together = score(TestProvider.settings(), x, y);

    for (int batches : new int[] {1, 3, 16}) {
      for (int first = 0; first + batches <= 17; first += batches) {
        int from = first * BATCH;
        int to = from + batches * BATCH;
        List<HsicTriple> alone =
            score(
                TestProvider.settings(),
                Arrays.copyOfRange(x, from, to),
                Arrays.copyOfRange(y, from, to));
        assertThat(alone).hasSize(batches);
        for (int b = 0; b < batches; b++) {
          compare.accept(alone.get(b), together.get(first + b));
        }
      }
    }
  }

  @ParameterizedTest(name = "{0} threads")
  @ValueSource(ints = {2, 4, 7})
  void theNumberOfThreadsChangesNoBit(int threads) {
    float[][] y = Rows.normalised(16 * BATCH, 384, 5);
    float[][] x = Rows.following(y, 769, 0.3, 6);

    assertThat(score(TestProvider.settings(threads), x, y))
        .isEqualTo(score(TestProvider.settings(), x, y));
  }

  @Test
  void aConstantSideScoresExactlyZero() {
    float[][] y = Rows.normalised(BATCH, 384, 7);
    float[][] x = new float[BATCH][];
    Arrays.fill(x, Rows.normalised(1, 127, 8)[0]);
    x[0][0] = 0.1f;

    HsicTriple triple = score(TestProvider.settings(), x, y).get(0);

    assertThat(triple.xx()).isZero();
    assertThat(triple.xy()).isZero();
    assertThat(triple.yy()).isPositive();
  }

  @Test
  void oneRowThatAloneDiffersScoresZeroAsInThePlainDefinition() {
    float[][] x = new float[BATCH][];
    Arrays.fill(x, Rows.normalised(1, 127, 8)[0]);
    for (int j = 0; j < 127; j++) {
      x[0][j] = 0.1f / (j + 1);
    }
    x[5] = Rows.normalised(3, 127, 8)[2];
    assertScoresZero(x);
  }

  @Test
  void rowsEquallyFarFromEachOtherScoreZeroAsInThePlainDefinition() {
    float[][] x = new float[BATCH][BATCH];
    for (int i = 0; i < BATCH; i++) {
      x[i][i] = 0.7f;
    }
    assertScoresZero(x);
  }

  private static void assertScoresZero(float[][] x) {
    float[][] y = Rows.normalised(BATCH, 384, 7);
    HsicTriple plain = plain(x, y, 0);
    assertThat(plain.xx()).isZero();
    HsicTriple found = score(TestProvider.settings(), x, y).get(0);
    assertThat(found.xx()).isZero();
    assertThat(found.xy()).isZero();
    assertThat(found.yy()).isPositive();
  }

  @Test
  void aCollapsedSpaceFarFromItsMeanKeepsItsDigits() {
    float[][] y = Rows.normalised(BATCH, 384, 9);
    float[][] x = Rows.following(y, 384, 0.3, 10);
    for (float[] row : x) {
      for (int j = 0; j < row.length; j++) {
        row[j] = 0.05f + 1e-3f * row[j];
      }
    }

    HsicTriple plain = plain(x, y, 0);
    assertThat(plain.xx()).isPositive();
    assertEqual(score(TestProvider.settings(), x, y).get(0), plain);
  }

  @Test
  void pairsAfterTheLastFullBatchAreLeftOut() {
    float[][] x = Rows.normalised(2 * BATCH - 1, 5, 11);
    try (PaneHsicGraph graph = PaneHsicGraph.open(TestProvider.settings())) {
      assertThat(graph.score(x, x)).isInstanceOf(PaneSums.class);
      assertThat(((PaneSums) graph.score(x, x)).batches()).isEqualTo(1);
      assertThat(((PaneSums) graph.score(new float[0][], new float[0][])).batches()).isZero();
    }
  }

  @Test
  void rowsThatDoNotFitAreRefusedWithBothSizes() {
    float[][] x = Rows.normalised(BATCH, 5, 12);
    float[][] y = Rows.normalised(BATCH, 5, 13);
    y[9] = new float[4];
    try (PaneHsicGraph graph = PaneHsicGraph.open(TestProvider.settings())) {
      assertThatThrownBy(() -> graph.score(x, y))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected rows of width 5, got 4");
      assertThatThrownBy(() -> graph.score(x, new float[3][5]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected as many live as reference rows, got 64 and 3");
    }
  }

  private static List<HsicTriple> score(SessionSettings settings, float[][] x, float[][] y) {
    try (PaneHsicGraph graph = PaneHsicGraph.open(settings)) {
      return ((PaneSums) graph.score(x, y)).triples();
    }
  }

  private static HsicTriple plain(float[][] x, float[][] y, int batch) {
    int from = batch * BATCH;
    return DebiasedHsic.of(
        Arrays.copyOfRange(x, from, from + BATCH), Arrays.copyOfRange(y, from, from + BATCH));
  }

  private static void assertEqual(HsicTriple found, HsicTriple plain) {
    double scale = Math.sqrt(plain.xx() * plain.yy());
    assertThat(found.xy()).isCloseTo(plain.xy(), within(TOLERANCE * scale));
    assertThat(found.xx()).isCloseTo(plain.xx(), within(TOLERANCE * plain.xx()));
    assertThat(found.yy()).isCloseTo(plain.yy(), within(TOLERANCE * plain.yy()));
  }
}
