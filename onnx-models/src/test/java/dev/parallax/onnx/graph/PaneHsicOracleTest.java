package dev.parallax.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.oracle.Oracle;
import dev.parallax.core.oracle.OracleCase;
import dev.parallax.core.oracle.OracleCase.Kind;
import dev.parallax.onnx.TestProvider;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The graph against published values, the whole of a case as one batch. */
class PaneHsicOracleTest {

  /** What the published values' README allows a single-precision path after centring. */
  private static final double TOLERANCE = 1e-5;

  static Stream<OracleCase> cases() {
    return Oracle.cases().stream().filter(unit -> unit.kind() != Kind.EMBEDDING);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void givesThePublishedDebiasedCka(OracleCase unit) {
    PaneSums sums = score(unit);
    JsonNode cka = unit.expected().get("cka_linear_debiased");
    JsonNode expected = cka.has("value") ? cka.get("value") : cka;

    if (expected.isNull()) {
      assertThat(sums.xx(0) * sums.yy(0)).isZero();
      assertThat(sums.xy(0)).isZero();
    } else {
      double found = sums.xy(0) / Math.sqrt(sums.xx(0)) / Math.sqrt(sums.yy(0));
      assertThat(found).isCloseTo(expected.asDouble(), within(TOLERANCE));
    }
  }

  static Stream<OracleCase> casesWithHsic() {
    return cases().filter(unit -> unit.expected().has("hsic1_unbiased"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("casesWithHsic")
  void givesThePublishedHsic(OracleCase unit) {
    PaneSums sums = score(unit);
    JsonNode expected = unit.expected().get("hsic1_unbiased").get("value");
    double kk = expected.get("kk").asDouble();
    double ll = expected.get("ll").asDouble();

    assertThat(sums.xx(0)).isCloseTo(kk, within(TOLERANCE * kk));
    assertThat(sums.yy(0)).isCloseTo(ll, within(TOLERANCE * ll));
    assertThat(sums.xy(0))
        .isCloseTo(expected.get("kl").asDouble(), within(TOLERANCE * Math.sqrt(kk * ll)));
  }

  private static PaneSums score(OracleCase unit) {
    try (PaneHsicGraph graph = PaneHsicGraph.open(TestProvider.settings())) {
      PaneSums sums = new PaneSums();
      assertThat(graph.score(floats(unit.x()), floats(unit.y()), unit.x().count(), sums))
          .isSameAs(sums);
      assertThat(sums.batches()).isEqualTo(1);
      return sums;
    }
  }

  /** The published numbers are floats, so nothing is lost. */
  private static float[][] floats(RowMatrix matrix) {
    float[][] rows = new float[matrix.count()][matrix.width()];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = (float) matrix.get(i, j);
      }
    }
    return rows;
  }
}
