package dev.parallax.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.Statistic;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnergyProfileTest {

  private static double value(Statistic statistic) {
    return statistic.asOptional().orElseThrow();
  }

  @Test
  void thePathHasItsKnownSpectrum() {
    double[] ours = LaplacianSpectrum.of(Graphs.path(9)).eigenvalues();
    for (int i = 0; i < 9; i++) {
      assertThat(ours[i]).isCloseTo(2 - 2 * Math.cos(Math.PI * i / 9), within(1e-13));
    }
  }

  @Test
  void anEmbeddingMadeOfPatternsHasItsEnergyThere() {
    LaplacianSpectrum spectrum = LaplacianSpectrum.of(Graphs.path(12));
    EnergyProfile ours = EnergyProfile.of(spectrum, Graphs.patterns(spectrum, 3, 1));
    // Lengths 2 and 1, squared 4 and 1.
    assertThat(ours.shares()[3]).isCloseTo(0.8, within(1e-12));
    assertThat(ours.shares()[1]).isCloseTo(0.2, within(1e-12));
    assertThat(value(ours.lowFrequency(1))).isCloseTo(0.2, within(1e-12));
    assertThat(value(ours.lowFrequency(3))).isCloseTo(1, within(1e-12));
    assertThat(value(ours.fiedlerInComponents(1))).isCloseTo(0, within(1e-12));
    assertThat(value(ours.fiedlerInComponents(2))).isCloseTo(1, within(1e-12));
    assertThat(value(ours.componentAngles(2).overlap())).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void theDirichletQuotientIsTheMeanEigenvalueUnderTheProfile() {
    UndirectedGraph graph = Graphs.path(15);
    LaplacianSpectrum spectrum = LaplacianSpectrum.of(graph);
    RowMatrix embedding = Graphs.gaussian(15, 4, 1);
    double[] shares = EnergyProfile.of(spectrum, embedding).shares();
    double mean = 0;
    for (int i = 0; i < 15; i++) {
      mean += spectrum.eigenvalues()[i] * shares[i];
    }
    assertThat(Arrays.stream(shares).sum()).isCloseTo(1, within(1e-12));
    assertThat(shares[0]).isCloseTo(0, within(1e-12));
    assertThat(value(DirichletQuotient.of(graph, embedding))).isCloseTo(mean, within(1e-12));
  }

  @Test
  void nodesAtRandomHaveTheNullMeansOfTheirFigures() {
    UndirectedGraph graph = Graphs.path(40);
    LaplacianSpectrum spectrum = LaplacianSpectrum.of(graph);
    double low = 0;
    double overlap = 0;
    double fiedler = 0;
    double quotient = 0;
    int worlds = 100;
    for (int seed = 0; seed < worlds; seed++) {
      RowMatrix embedding = Graphs.gaussian(40, 6, seed);
      EnergyProfile ours = EnergyProfile.of(spectrum, embedding);
      low += value(ours.lowFrequency(4)) / worlds;
      overlap += value(ours.componentAngles(4).overlap()) / worlds;
      fiedler += value(ours.fiedlerInComponents(4)) / worlds;
      quotient += value(DirichletQuotient.of(graph, embedding)) / worlds;
    }
    // Deviations of single worlds are below 0.05, 0.05, 0.1 and 0.2: four of those of a mean.
    assertThat(low).isCloseTo(4 / 39.0, within(0.02));
    assertThat(overlap).isCloseTo(4 / 39.0, within(0.02));
    assertThat(fiedler).isCloseTo(4 / 39.0, within(0.04));
    double meanDegree = 2.0 * graph.edgeCount() / 40;
    assertThat(quotient).isCloseTo(meanDegree * 40 / 39, within(0.08));
  }

  @Test
  void patternsOfOneEigenvalueAreSummedAndNotCutThrough() {
    LaplacianSpectrum spectrum = LaplacianSpectrum.of(Graphs.ring(8));
    EnergyProfile ours = EnergyProfile.of(spectrum, Graphs.gaussian(8, 3, 2));
    List<EnergyProfile.Level> levels = ours.levels();
    assertThat(levels).extracting(EnergyProfile.Level::multiplicity).containsExactly(1, 2, 2, 2, 1);
    assertThat(levels.stream().mapToDouble(EnergyProfile.Level::share).sum())
        .isCloseTo(1, within(1e-12));
    assertThat(levels.get(4).eigenvalue()).isCloseTo(4, within(1e-12));
    assertCause(ours.lowFrequency(1), Statistic.Cause.DEGENERATE);
    assertCause(ours.componentAngles(1).overlap(), Statistic.Cause.DEGENERATE);
    assertCause(ours.fiedlerInComponents(2), Statistic.Cause.DEGENERATE);
    assertThat(value(ours.lowFrequency(2))).isCloseTo(levels.get(1).share(), within(1e-12));
    assertThat(value(ours.lowFrequency(7))).isCloseTo(1, within(1e-12));
  }

  /** A ring turned by one node is the same ring; its spectrum may have another basis. */
  @Test
  void noFigureDependsOnTheBasisOfARepeatedEigenvalue() {
    RowMatrix embedding = Graphs.gaussian(9, 4, 3);
    int[] turned = new int[9];
    Arrays.setAll(turned, i -> (i + 1) % 9);
    EnergyProfile ours = EnergyProfile.of(LaplacianSpectrum.of(Graphs.ring(9)), embedding);
    EnergyProfile other =
        EnergyProfile.of(LaplacianSpectrum.of(Graphs.ring(9)), embedding.rows(turned));
    for (int m : new int[] {2, 4, 6, 8}) {
      assertThat(value(ours.lowFrequency(m)))
          .isCloseTo(value(other.lowFrequency(m)), within(1e-12));
    }
    assertThat(value(ours.componentAngles(2).overlap()))
        .isCloseTo(value(other.componentAngles(2).overlap()), within(1e-11));
  }

  @Test
  void undefinedRatherThanANumberOfNothing() {
    UndirectedGraph apart = UndirectedGraph.of(4, new int[][] {{0, 1}, {2, 3}});
    EnergyProfile ours = EnergyProfile.of(LaplacianSpectrum.of(apart), Graphs.gaussian(4, 2, 4));
    assertCause(ours.lowFrequency(1), Statistic.Cause.DEGENERATE);
    assertCause(ours.fiedlerInComponents(1), Statistic.Cause.DEGENERATE);
    LaplacianSpectrum path = LaplacianSpectrum.of(Graphs.path(4));
    EnergyProfile constant = EnergyProfile.of(path, RowMatrix.of(new double[4][2]));
    assertCause(constant.lowFrequency(1), Statistic.Cause.NO_VARIANCE);
    assertThat(constant.shares()).isEmpty();
    assertThat(constant.levels()).isEmpty();
    assertCause(
        EnergyProfile.of(path, Graphs.gaussian(4, 2, 5)).componentAngles(3).overlap(),
        Statistic.Cause.TOO_FEW_DIRECTIONS);
    assertCause(
        EnergyProfile.of(path, Graphs.gaussian(4, 2, 5)).lowFrequency(4),
        Statistic.Cause.TOO_FEW_PAIRS);
    assertCause(
        DirichletQuotient.of(Graphs.path(4), RowMatrix.of(new double[4][2])),
        Statistic.Cause.NO_VARIANCE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EnergyProfile.of(path, Graphs.gaussian(5, 2, 6)))
        .withMessage("expected a row for each of 4 nodes, got 5");
  }

  private static void assertCause(Statistic statistic, Statistic.Cause cause) {
    assertThat(statistic)
        .isInstanceOfSatisfying(
            Statistic.Undefined.class, none -> assertThat(none.cause()).isEqualTo(cause));
  }
}
