package dev.parallax.cli.offline;

import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parallax.cli.CommandRun;
import dev.parallax.core.npy.NpyFile;
import dev.parallax.core.oracle.Oracle;
import dev.parallax.core.oracle.OracleCase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command against the values of the papers' own code, as a stranger would check it. */
class ScoreOracleTest {

  @TempDir Path folder;

  static List<OracleCase> pairs() {
    return Oracle.cases().stream().filter(unit -> unit.kind() == OracleCase.Kind.PAIR).toList();
  }

  static List<OracleCase> windows() {
    return Oracle.cases().stream()
        .filter(
            unit ->
                unit.kind() == OracleCase.Kind.ANCHOR_WINDOW
                    || unit.kind() == OracleCase.Kind.STREAM_WINDOW)
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void rowsAsTheyAre(OracleCase unit) throws IOException {
    Comparison compare = new Comparison(unit, score(unit, "none"));
    double cka = unit.is("g2") ? 1e-7 : 1e-9;
    double rbf = unit.is("g1") || unit.is("g2") || unit.is("g5") ? 1e-5 : 1e-9;
    compare.figure("/cka/biased", "/cka_linear_biased/value", cka);
    compare.figure("/cka/debiased", "/cka_linear_debiased/value", cka);
    compare.figure("/rbfCka/biased", "/cka_rbf/kornblith_median_threshold1/biased", rbf);
    compare.figure("/rbfCka/debiased", "/cka_rbf/kornblith_median_threshold1/debiased", rbf);
    compare.neighbours("raw");
    compare.figure("/procrustes/similarity", "/procrustes/similarity/value", 1e-10);
    compare.figure("/procrustes/angular", "/procrustes/angular/value", 1e-7);
    compare.relative(
        "/effectiveRank/production",
        "/spectrum_X/effective_rank_singular_values_centered/value",
        1e-8);
    compare.relative(
        "/effectiveRank/reference",
        "/spectrum_Y/effective_rank_singular_values_centered/value",
        1e-8);
    compare.relative(
        "/participationRatio/production", "/spectrum_X/participation_ratio/value", 1e-8);
    compare.relative(
        "/participationRatio/reference", "/spectrum_Y/participation_ratio/value", 1e-8);
    compare.figure(
        "/mmd2",
        "/two_sample/mmd2_unbiased_rbf_median_heuristic/value",
        unit.group().equals("g") ? 1e-6 : 1e-9);
    compare.relative("/frechet", "/two_sample/frechet_distance_squared/value", 1e-8);
    double svccaGap =
        Math.min(
            compare.number("/svcca/deterministic/gap_X"),
            compare.number("/svcca/deterministic/gap_Y"));
    compare.figure("/svcca", "/svcca/deterministic/value", byGap(svccaGap));
    String space = unit.x().width() == unit.y().width() ? "feature_space" : "sample_space";
    double gap =
        Math.min(
            compare.number("/subspace/k8/singular_value_gap_X"),
            compare.number("/subspace/k8/singular_value_gap_Y"));
    compare.figure(
        "/subspace/overlap", "/subspace/k8/" + space + "/overlap_mean_cos2/value", byGap(gap));
    for (int i = 0; i < 8; i++) {
      compare.figure(
          "/subspace/anglesRadians/" + i,
          "/subspace/k8/" + space + "/principal_angles_desc_rad/" + i,
          byGap(gap));
    }
    compare.assertAll();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void normalisedRows(OracleCase unit) throws IOException {
    Comparison compare = new Comparison(unit, score(unit, "l2"));
    compare.figure("/cka/biased", "/cka_linear_biased_l2rows/value", 1e-9);
    compare.figure("/cka/debiased", "/cka_linear_debiased_l2rows/value", 1e-9);
    compare.neighbours("l2");
    compare.assertAll();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("windows")
  void windowsOfAStream(OracleCase unit) throws IOException {
    Comparison raw = new Comparison(unit, score(unit, "none"));
    raw.figure("/cka/biased", "/cka_linear_biased", 1e-9);
    raw.figure("/cka/debiased", "/cka_linear_debiased", 1e-9);
    raw.figure("/rbfCka/biased", "/cka_rbf_kornblith_median", 1e-9);
    raw.figure("/rbfCka/debiased", "/cka_rbf_kornblith_median_debiased", 1e-9);
    raw.figure("/mutualKnn/raw", "/mutual_knn_k10_raw", 1e-6);
    raw.figure("/procrustes/similarity", "/procrustes_similarity", 1e-10);
    raw.relative("/effectiveRank/reference", "/effective_rank_Y", 1e-8);
    raw.relative("/participationRatio/reference", "/participation_ratio_Y", 1e-8);
    raw.figure("/svcca", "/svcca10_deterministic", 1e-8);
    raw.assertAll();

    Comparison l2 = new Comparison(unit, score(unit, "l2"));
    l2.figure("/cycleKnn", "/cycle_knn_k10_l2", 1e-6);
    l2.figure("/cknna", "/cknna_k10_l2", 1e-6);
    l2.assertAll();
  }

  private static double byGap(double gap) {
    return Math.max(1e-8, 1e-9 * gap / (gap - 1));
  }

  private JsonNode score(OracleCase unit, String normalisation) throws IOException {
    Path x = folder.resolve("x.npy");
    Path y = folder.resolve("y.npy");
    NpyFile.write(x, unit.x().toRows());
    NpyFile.write(y, unit.y().toRows());
    CommandRun run =
        CommandRun.of(
            "score",
            "--production",
            x.toString(),
            "--reference",
            y.toString(),
            "--normalize",
            normalisation,
            "--format",
            "json");
    return new ObjectMapper().readTree(run.out());
  }

  /** What the command printed beside what is published; every difference is collected. */
  private record Comparison(OracleCase unit, JsonNode report, SoftAssertions all) {

    Comparison(OracleCase unit, JsonNode report) {
      this(unit, report, new SoftAssertions());
    }

    /** Infinity where nothing is published, so that it never narrows a tolerance. */
    double number(String path) {
      return unit.expected().at(path).asDouble(Double.POSITIVE_INFINITY);
    }

    void figure(String ours, String published, double tolerance) {
      JsonNode expected = unit.expected().at(published);
      JsonNode found = report.at(ours);
      if (expected.isNumber()) {
        all.assertThat(found.isNumber()).as("%s is stated", ours).isTrue();
        all.assertThat(found.asDouble()).as(ours).isCloseTo(expected.asDouble(), within(tolerance));
      } else {
        all.assertThat(found.isMissingNode()).as("%s is absent", ours).isTrue();
      }
    }

    /** Of figures of about 1 and more; absolute below, where only rounding is left to compare. */
    void relative(String ours, String published, double tolerance) {
      figure(ours, published, tolerance * Math.max(1, Math.abs(number(published))));
    }

    /** Where rows are too close to call, the published lists are one choice among several. */
    void neighbours(String mode) {
      JsonNode knn = unit.expected().get("knn").get(mode);
      if (knn.get("k").asInt() != 10 || !knn.get("float64_reliable").asBoolean()) {
        return;
      }
      String prefix = "/knn/" + mode;
      figure("/mutualKnn/raw", prefix + "/mutual_knn", 1e-6);
      figure("/cycleKnn", prefix + "/cycle_knn", 1e-6);
      figure("/lcsKnn", prefix + "/lcs_knn", 1e-6);
      figure("/cknna", prefix + "/cknna", 1e-6);
    }

    void assertAll() {
      all.assertAll();
    }
  }
}
