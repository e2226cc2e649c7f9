package dev.parallax.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.similarity.DebiasedHsic;
import dev.parallax.core.similarity.HsicTriple;
import dev.parallax.onnx.TestProvider;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The graph against the plain definition, over sizes and over all that rows of floats may be. */
@TestInstance(Lifecycle.PER_CLASS)
class PaneHsicAccuracyTest {

  /** The promise of a single-precision path, relative to √(xx·yy). */
  private static final double TOLERANCE = 1e-5;

  private static final int[] BATCHES = {4, 5, 7, 16, 63, 64, 127};
  private static final int[] WIDTHS = {1, 3, 16, 384, 769};

  private PaneHsicGraph graph;

  @BeforeAll
  void open() {
    graph = PaneHsicGraph.open(TestProvider.settings());
  }

  @AfterAll
  void close() {
    graph.close();
  }

  private enum Rewrite {
    AS_DRAWN(rows -> rows),
    FAR_FROM_THE_ORIGIN(rows -> each(rows, 1, 1e4)),
    SCALED_BY_1E_4(rows -> each(rows, 1e-4, 0)),
    SCALED_BY_1E_20(rows -> each(rows, 1e-20, 0)),
    SCALED_BY_1E_37(rows -> each(rows, 1e-37, 0)),
    SCALED_BY_1E20(rows -> each(rows, 1e20, 0)),
    SCALED_BY_3E37(rows -> each(rows, 3e37, 0)),
    WITH_DUPLICATES(PaneHsicAccuracyTest::withDuplicates),
    WITH_A_FAR_ROW_FIRST(PaneHsicAccuracyTest::withFarRow),
    WITH_COLUMNS_OF_MANY_SCALES(PaneHsicAccuracyTest::withScaledColumns);

    private final UnaryOperator<float[][]> rows;

    Rewrite(UnaryOperator<float[][]> rows) {
      this.rows = rows;
    }
  }

  static Stream<Arguments> cases() {
    return Stream.of(Rewrite.values())
        .flatMap(rewrite -> IntStream.of(BATCHES).mapToObj(m -> Arguments.of(rewrite, m)));
  }

  @ParameterizedTest(name = "{0}, batches of {1}")
  @MethodSource("cases")
  void equalsThePlainDefinition(Rewrite rewrite, int m) {
    for (int p : WIDTHS) {
      for (int q : WIDTHS) {
        float[][] y = gaussian(m, q, 7 * m + q);
        float[][] x = rewrite.rows.apply(following(y, p, m + p));
        HsicTriple plain = DebiasedHsic.of(x, y);
        PaneSums sums = new PaneSums();

        assertThat(graph.score(x, y, m, sums)).isSameAs(sums);

        assertThat(sums.batches()).isEqualTo(1);
        String where = "p=" + p + ", q=" + q + ": " + sums.triple(0) + " for " + plain;
        assertThat(plain.xx()).isPositive();
        double scale = Math.sqrt(plain.xx()) * Math.sqrt(plain.yy());
        assertThat(sums.xy(0)).as(where).isCloseTo(plain.xy(), within(TOLERANCE * scale));
        assertThat(sums.xx(0)).as(where).isCloseTo(plain.xx(), within(TOLERANCE * plain.xx()));
        assertThat(sums.yy(0)).as(where).isCloseTo(plain.yy(), within(TOLERANCE * plain.yy()));
      }
    }
  }

  private static float[][] gaussian(int count, int width, long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[count][width];
    for (float[] row : rows) {
      for (int j = 0; j < width; j++) {
        row[j] = (float) random.nextGaussian();
      }
    }
    return rows;
  }

  /** Half of {@code source}, its columns in turn, and half noise. */
  private static float[][] following(float[][] source, int width, long seed) {
    float[][] rows = gaussian(source.length, width, seed);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < width; j++) {
        rows[i][j] = 0.5f * rows[i][j] + 0.5f * source[i][j % source[i].length];
      }
    }
    return rows;
  }

  private static float[][] each(float[][] rows, double scale, double offset) {
    for (float[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] = (float) (scale * row[j] + offset);
      }
    }
    return rows;
  }

  private static float[][] withDuplicates(float[][] rows) {
    for (int i = 0; i < rows.length / 4; i++) {
      rows[i] = rows[rows.length - 1].clone();
    }
    return rows;
  }

  private static float[][] withFarRow(float[][] rows) {
    for (int j = 0; j < rows[0].length; j++) {
      rows[0][j] *= 100;
    }
    return rows;
  }

  private static float[][] withScaledColumns(float[][] rows) {
    for (float[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] *= (float) Math.pow(10, j % 9 - 4);
      }
    }
    return rows;
  }
}
