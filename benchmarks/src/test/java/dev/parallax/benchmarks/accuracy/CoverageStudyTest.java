package dev.parallax.benchmarks.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.matrix.RowNormalisation;
import dev.parallax.core.similarity.HsicTriple;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The study in small; the table of the documentation has ten times as many replicates. */
class CoverageStudyTest {

  private static final int REPLICATES = 400;

  /** Three standard errors of a coverage with so few replicates. */
  private static final double SLACK = 0.033;

  private final Output output = new Output();

  @Test
  void theIntervalHoldsTheTruthOfSpectraAndOfACorpus() {
    double[] lowRank = new double[24];
    Arrays.fill(lowRank, 0.01);
    Arrays.fill(lowRank, 0, 4, 1);
    int batch = CoverageStudy.BATCH;
    List<Population> populations =
        List.of(
            SpectrumPopulation.unrelated("unrelated", new double[] {1, 1, 1, 1, 1, 1}, 5, batch),
            SpectrumPopulation.shared(
                "rank 4 and noise", lowRank, 12, 0.3, RowNormalisation.NONE, batch),
            new CorpusPopulation(Spaces.of(500, 1), batch));

    new CoverageStudy(REPLICATES, SLACK).run(populations, 7, output.report());

    assertThat(output.report().broken()).isEmpty();
    assertThat(output.report().claims()).isEqualTo(3 * 5);
    assertThat(output.lines()).contains("| rank 4 and noise |");
  }

  @Test
  void aTruthThatIsElsewhereBreaksTheClaim() {
    Population honest =
        SpectrumPopulation.shared(
            "elsewhere",
            new double[] {1, 1, 1},
            3,
            0.5,
            RowNormalisation.NONE,
            CoverageStudy.BATCH);
    Population elsewhere =
        new Population() {
          @Override
          public List<String> pairs() {
            return honest.pairs();
          }

          @Override
          public double[] truths() {
            return new double[] {honest.truths()[0] + 0.02};
          }

          @Override
          public HsicTriple[] draw(RandomGenerator random) {
            return honest.draw(random);
          }
        };

    new CoverageStudy(100, SLACK).run(List.of(elsewhere), 7, output.report());

    assertThat(output.report().broken()).isNotEmpty();
    assertThat(output.report().broken().get(0)).startsWith("elsewhere at 512 pairs: expected");
  }
}
