package dev.parallax.core.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.matrix.SquaredDistances;
import dev.parallax.core.oracle.OracleCase.Kind;
import dev.parallax.core.oracle.OracleCase.Leaf;
import dev.parallax.core.similarity.BiasedHsic;
import dev.parallax.core.similarity.HsicTriple;
import dev.parallax.core.similarity.RbfCka;
import java.util.ArrayList;
import java.util.List;

/** Biased HSIC, and CKA under Gaussian kernels by the median rule. */
final class KernelFigures {

  private KernelFigures() {}

  static List<OracleFigure> all() {
    List<OracleFigure> figures = new ArrayList<>();
    figures.add(
        OracleFigure.of(Kind.PAIR, "hsic0_trace_KHLH\\.value\\.(kl|kk|ll)", KernelFigures::trace));
    figures.add(OracleFigure.of(Kind.PAIR, "hsic0_trace_KHLH\\.source", KernelFigures::text));
    String rule = "cka_rbf\\.kornblith_median_threshold(1|0\\.5)\\.";
    figures.add(OracleFigure.of(Kind.PAIR, rule + "(biased|debiased)", KernelFigures::rbf));
    figures.add(
        OracleFigure.of(Kind.PAIR, rule + "median_sq_distance_[XY]", KernelFigures::median));
    figures.add(
        OracleFigure.of(
            Kind.PAIR,
            "cka_rbf\\.crosscheck_platonic_with_kornblith_bandwidth\\.(biased|debiased)",
            KernelFigures::crosscheck));
    for (Kind kind : List.of(Kind.ANCHOR_WINDOW, Kind.STREAM_WINDOW)) {
      figures.add(
          OracleFigure.near(kind, "cka_rbf_kornblith_median", 1e-9, unit -> rbf(unit, 1).biased()));
      figures.add(
          OracleFigure.near(
              kind, "cka_rbf_kornblith_median_debiased", 1e-9, unit -> rbf(unit, 1).debiased()));
    }
    return figures;
  }

  private static void trace(OracleCase unit, Leaf leaf) {
    HsicTriple ours = BiasedHsic.of(unit.x(), unit.y());
    JsonNode values = unit.expected().get("hsic0_trace_KHLH").get("value");
    String name = leaf.path().substring(leaf.path().lastIndexOf('.') + 1);
    double value =
        switch (name) {
          case "kl" -> ours.xy();
          case "kk" -> ours.xx();
          default -> ours.yy();
        };
    double scale =
        name.equals("kl")
            ? Math.sqrt(values.get("kk").asDouble() * values.get("ll").asDouble())
            : leaf.value().asDouble();
    assertThat(value).isCloseTo(leaf.value().asDouble(), within(1e-9 * scale));
  }

  private static void text(OracleCase unit, Leaf leaf) {
    assertThat(leaf.value().asText()).isNotBlank();
  }

  private static RbfCka rbf(OracleCase unit, double t) {
    return RbfCka.of(unit.x(), unit.y(), t);
  }

  /** Their distances come from Gram matrices that are not centred. */
  private static double tolerance(OracleCase unit) {
    return unit.is("g1") || unit.is("g2") || unit.is("g5") ? 1e-5 : 1e-9;
  }

  private static void rbf(OracleCase unit, Leaf leaf) {
    RbfCka ours = rbf(unit, leaf.path().contains("threshold0.5") ? 0.5 : 1);
    OracleFigure.assertNear(
        leaf.path().endsWith("debiased") ? ours.debiased() : ours.biased(),
        leaf.value(),
        tolerance(unit));
  }

  /**
   * Their code adds 1e-6 to a denominator, and divides 0 by it or by noise where a side is flat.
   */
  private static void crosscheck(OracleCase unit, Leaf leaf) {
    RbfCka ours = rbf(unit, 1);
    if (leaf.value().isTextual()) {
      assertThat(leaf.value().asText()).isEqualTo("NaN");
      assertThat(ours.biased().asOptional()).isEmpty();
      return;
    }
    boolean debiased = leaf.path().endsWith("debiased");
    OracleFigure.assertNear(
        debiased ? ours.debiased() : ours.biased(),
        leaf.value(),
        debiased ? Math.max(1e-3, tolerance(unit)) : Math.max(1e-6, tolerance(unit)));
  }

  private static void median(OracleCase unit, Leaf leaf) {
    RowMatrix matrix = leaf.path().endsWith("X") ? unit.x() : unit.y();
    SquaredDistances distances = SquaredDistances.of(matrix);
    double ours = Math.scalb(distances.medianOfAll(), distances.exponent());
    double relative = unit.is("g2") ? 1e-4 : tolerance(unit);
    assertThat(ours).isCloseTo(leaf.value().asDouble(), within(relative * leaf.value().asDouble()));
  }
}
