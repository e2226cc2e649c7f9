package dev.parallax.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.core.consensus.ConsensusFit;
import dev.parallax.core.consensus.ConsensusSpace;
import dev.parallax.core.consensus.Projection;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.Statistic;
import dev.parallax.onnx.TestProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectionGraphTest {

  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest(name = "n {0}, p {1}, d {2}")
  @CsvSource({
    "1, 1, 1",
    "4, 3, 1",
    "5, 16, 3",
    "63, 384, 7",
    "64, 769, 16",
    "127, 384, 127",
    "300, 769, 384"
  })
  void equalsThePlainProjection(int n, int p, int d) {
    float[][] rows = OddRows.gaussian(n, p, 1);
    for (double offset : new double[] {0, 1e4}) {
      for (double scale : new double[] {1, 1e-30}) {
        float[][] x = OddRows.affine(rows, scale, offset);
        assertEqual(projection(x, scale, d), x);
      }
    }
  }

  @Test
  void equalsTheProjectionsOfAConsensusSpaceAndTheirMean() {
    float[][] one = Rows.normalised(400, 48, 1);
    float[][] other = Rows.following(one, 31, 0.3, 2);
    float[][] third = Rows.following(one, 64, 0.5, 3);
    List<float[][]> views = List.of(one, other, third);
    ConsensusFit fit = ConsensusSpace.fit(views.stream().map(RowMatrix::of).toList(), 16, 1e-3);
    ConsensusSpace space = ((ConsensusFit.Fitted) fit).space();

    for (int k = 0; k < 3; k++) {
      assertWithin(TOLERANCE, space.projection(k), views.get(k));
    }
    float[][] sideBySide = new float[400][];
    for (int i = 0; i < 400; i++) {
      sideBySide[i] = Arrays.copyOf(one[i], 48 + 31 + 64);
      System.arraycopy(other[i], 0, sideBySide[i], 48, 31);
      System.arraycopy(third[i], 0, sideBySide[i], 48 + 31, 64);
    }
    assertWithin(TOLERANCE, space.consensus(), sideBySide);
  }

  @ParameterizedTest(name = "d {0}")
  @ValueSource(ints = {1, 7, 64, 384})
  void aRowHasTheSameBitsWhereverItStands(int d) {
    float[][] x = OddRows.gaussian(130, 127, 5);
    ProjectionParameters parameters = ProjectionParameters.of(projection(x, 1, d));
    float[][] together = project(parameters, x);

    for (int from : new int[] {0, 1, 2, 3, 31, 63, 64, 65, 129}) {
      float[][] tail = project(parameters, Arrays.copyOfRange(x, from, 130));
      for (int i = from; i < 130; i++) {
        assertThat(tail[i - from]).isEqualTo(together[i]);
      }
    }
  }

  @Test
  void changingTheParametersChangesTheAnswer() {
    float[][] x = OddRows.gaussian(3, 8, 1);
    ProjectionParameters one = ProjectionParameters.of(projection(x, 1, 2));
    ProjectionParameters other = ProjectionParameters.of(projection(x, 2, 2));
    try (ProjectionGraph graph = ProjectionGraph.open(TestProvider.settings())) {
      float[][] first = graph.project(one, x).asOptional().orElseThrow();
      assertThat(graph.project(other, x).asOptional().orElseThrow()[0]).isNotEqualTo(first[0]);
      assertThat(graph.project(one, x).asOptional().orElseThrow()).isDeepEqualTo(first);
      assertThat(graph.project(one, new float[0][]).asOptional()).contains(new float[0][]);
    }
  }

  @Test
  void whatIsNotFiniteHasAReasonThatNamesTheRow() {
    float[][] x = OddRows.gaussian(70, 8, 1);
    ProjectionParameters parameters = ProjectionParameters.of(projection(x, 1, 2));
    ProjectionParameters steep =
        ProjectionParameters.of(new Projection(new double[1], new double[][] {{1e30}}));
    x[66][3] = Float.NaN;
    try (ProjectionGraph graph = ProjectionGraph.open(TestProvider.settings())) {
      assertThat(graph.project(parameters, x))
          .isEqualTo(
              new GraphResult.Undefined<>(
                  Statistic.Cause.NOT_FINITE, "row 66 has NaN or infinite entries"));
      assertThat(graph.project(steep, new float[][] {{1}, {1e30f}}))
          .isEqualTo(
              new GraphResult.Undefined<>(
                  Statistic.Cause.NOT_FINITE, "row 1 maps beyond single precision"));
    }
  }

  @Test
  void rowsOfAnotherWidthAreRefused() {
    ProjectionParameters parameters =
        ProjectionParameters.of(projection(OddRows.gaussian(3, 8, 1), 1, 2));
    try (ProjectionGraph graph = ProjectionGraph.open(TestProvider.settings())) {
      assertThatThrownBy(() -> graph.project(parameters, new float[2][7]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected rows of width 8, got 7");
    }
  }

  /** Random, about the mean of the rows, for results of about 1. */
  private static Projection projection(float[][] x, double scale, int d) {
    int p = x[0].length;
    Random random = new Random(p + d);
    double[] mean = new double[p];
    double[][] map = new double[p][d];
    for (int j = 0; j < p; j++) {
      for (float[] row : x) {
        mean[j] += (double) row[j] / x.length;
      }
      for (int c = 0; c < d; c++) {
        map[j][c] = random.nextGaussian() / Math.sqrt(p) / scale;
      }
    }
    return new Projection(mean, map);
  }

  private static void assertEqual(Projection projection, float[][] x) {
    assertWithin(TOLERANCE, projection, x);
  }

  private static void assertWithin(double tolerance, Projection projection, float[][] x) {
    double[][] expected = projection.apply(RowMatrix.of(x));
    float[][] found = project(ProjectionParameters.of(projection), x);
    double off = 0;
    for (int i = 0; i < x.length; i++) {
      assertThat(found[i]).hasSize(expected[i].length);
      for (int c = 0; c < found[i].length; c++) {
        off = Math.max(off, Math.abs(found[i][c] - expected[i][c]));
      }
    }
    assertThat(off).isLessThanOrEqualTo(tolerance);
  }

  private static float[][] project(ProjectionParameters parameters, float[][] x) {
    try (ProjectionGraph graph = ProjectionGraph.open(TestProvider.settings())) {
      return graph.project(parameters, x).asOptional().orElseThrow();
    }
  }
}
