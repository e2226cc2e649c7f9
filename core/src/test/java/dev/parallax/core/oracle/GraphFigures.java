package dev.parallax.core.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parallax.core.graph.DirichletQuotient;
import dev.parallax.core.graph.EdgeCosines;
import dev.parallax.core.graph.EnergyProfile;
import dev.parallax.core.graph.LaplacianSpectrum;
import dev.parallax.core.graph.ReleasedSpectralBias;
import dev.parallax.core.graph.UndirectedGraph;
import dev.parallax.core.oracle.OracleCase.Kind;
import dev.parallax.core.oracle.OracleCase.Leaf;
import dev.parallax.core.similarity.Statistic;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Graph spectra, and what embeddings of the nodes have of them. */
final class GraphFigures {

  private static final int LOWEST = 4;
  private static final int TOP = 5;

  /** Eigenvectors lose digits with the smallest gap, 0.003 of a spectrum of about 2. */
  private static final double VECTORS = 1e-9;

  private GraphFigures() {}

  static List<OracleFigure> all() {
    List<OracleFigure> figures = new ArrayList<>();
    figures.add(
        list(
            "reference_code\\.norm_graph_eigenvalues",
            1e-12,
            unit -> ReleasedSpectralBias.of(graph(unit), unit.x()).eigenvalues()));
    figures.add(
        list(
            "reference_code\\.norm_projections",
            VECTORS,
            unit -> ReleasedSpectralBias.of(graph(unit), unit.x()).projections()));
    figures.add(
        near(
            "reference_code\\.geometric_level_mean_edge_cosine",
            1e-12,
            unit -> EdgeCosines.meanAsReleased(graph(unit), unit.x())));
    figures.add(
        near(
            "reference_code\\.geometric_level_mean_edge_cosine",
            1e-6,
            unit -> EdgeCosines.mean(graph(unit), unit.x())));
    figures.add(
        near(
            "reference_code\\.topk5_edge_recovery_percent",
            1e-12,
            unit -> percent(EdgeCosines.recovery(graph(unit), unit.x(), TOP))));
    figures.add(OracleFigure.of(Kind.EMBEDDING, "reference_code\\.source", GraphFigures::text));
    figures.add(
        near(
            "self_written\\.dirichlet_rayleigh_quotient\\.value",
            1e-12,
            unit -> DirichletQuotient.of(graph(unit), unit.x())));
    figures.add(
        list(
            "self_written\\.laplacian_eigenvalues_ascending",
            1e-12,
            unit -> LaplacianSpectrum.of(graph(unit)).eigenvalues()));
    figures.add(
        list(
            "self_written\\.laplacian_energy_fraction_ascending",
            VECTORS,
            unit -> profile(unit).shares()));
    figures.add(
        near(
            "self_written\\.cumulative_energy_lowest_4_nontrivial",
            VECTORS,
            unit -> profile(unit).lowFrequency(LOWEST)));
    figures.add(
        list(
            "self_written\\.laplacian_vs_pca_angles_m4_desc",
            1e-8,
            unit -> profile(unit).componentAngles(LOWEST).descending()));
    figures.add(
        near(
            "self_written\\.laplacian_vs_pca_overlap_m4\\.value",
            VECTORS,
            unit -> profile(unit).componentAngles(LOWEST).overlap()));
    figures.add(
        near(
            "self_written\\.fiedler_energy_in_top4_pcs",
            VECTORS,
            unit -> profile(unit).fiedlerInComponents(LOWEST)));
    figures.add(
        OracleFigure.of(
            Kind.EMBEDDING, "self_written\\.\\w+\\.max_abs_spread", GraphFigures::spread));
    return figures;
  }

  private static UndirectedGraph graph(OracleCase unit) {
    List<int[]> edges = new ArrayList<>();
    for (JsonNode edge : unit.manifest().get("undirected_edges")) {
      edges.add(new int[] {edge.get(0).asInt(), edge.get(1).asInt()});
    }
    return UndirectedGraph.of(unit.manifest().get("nodes").asInt(), edges.toArray(int[][]::new));
  }

  private static EnergyProfile profile(OracleCase unit) {
    return EnergyProfile.of(LaplacianSpectrum.of(graph(unit)), unit.x());
  }

  private static Statistic percent(Statistic share) {
    return new Statistic.Stated(100 * share.asOptional().orElseThrow());
  }

  private static OracleFigure near(
      String path, double tolerance, Function<OracleCase, Statistic> ours) {
    return OracleFigure.near(Kind.EMBEDDING, path, tolerance, ours);
  }

  private static OracleFigure list(
      String path, double tolerance, Function<OracleCase, double[]> ours) {
    return OracleFigure.of(
        Kind.EMBEDDING,
        path,
        (unit, leaf) -> {
          double[] values = ours.apply(unit);
          assertThat(values).hasSize(leaf.value().size());
          for (int i = 0; i < values.length; i++) {
            assertThat(values[i])
                .as("entry %d", i)
                .isCloseTo(leaf.value().get(i).asDouble(), within(tolerance));
          }
        });
  }

  private static void text(OracleCase unit, Leaf leaf) {
    assertThat(leaf.value().asText()).isNotBlank();
  }

  /** Their two ways of computing it agree. */
  private static void spread(OracleCase unit, Leaf leaf) {
    assertThat(leaf.value().asDouble()).isBetween(0.0, 1e-12);
  }
}
