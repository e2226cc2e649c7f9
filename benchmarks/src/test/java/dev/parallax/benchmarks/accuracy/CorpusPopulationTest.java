package dev.parallax.benchmarks.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.DebiasedHsic;
import dev.parallax.core.similarity.HsicTriple;
import dev.parallax.core.similarity.LinearCka;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class CorpusPopulationTest {

  private static final int BATCH = 16;
  private static final Map<String, RowMatrix> SPACES = Spaces.of(200, 1);

  private final CorpusPopulation population = new CorpusPopulation(SPACES, BATCH);

  @Test
  void everyPairOfSpacesIsNamedOnce() {
    assertThat(population.pairs()).containsExactly("a / b", "a / c", "b / c");
  }

  @Test
  void aBatchGatheredFromTheGramMatricesEqualsThePlainDefinition() {
    int[] rows = CoverageStudy.random(2).ints(BATCH, 0, 200).toArray();

    HsicTriple found = population.of(rows)[1];

    HsicTriple plain =
        DebiasedHsic.of(Samples.rows(SPACES.get("a"), rows), Samples.rows(SPACES.get("c"), rows));
    // Entries of the Gram matrices are kept in single precision.
    assertThat(found.xy() / plain.xy()).isCloseTo(1, within(1e-5));
    assertThat(found.xx() / plain.xx()).isCloseTo(1, within(1e-5));
    assertThat(found.yy() / plain.yy()).isCloseTo(1, within(1e-5));
  }

  @Test
  void drawsWithReplacementHaveTheBiasedFigureOfTheCorpusAsTheirMean() {
    RandomGenerator random = CoverageStudy.random(3);
    int draws = 40_000;
    double[] sums = new double[3];
    for (int draw = 0; draw < draws; draw++) {
      HsicTriple triple = population.draw(random)[0];
      sums[0] += triple.xy();
      sums[1] += triple.xx();
      sums[2] += triple.yy();
    }
    LinearCka corpus = LinearCka.of(SPACES.get("a"), SPACES.get("b"));
    double biased = corpus.biased().asOptional().orElseThrow();
    double debiased = corpus.debiased().asOptional().orElseThrow();

    double drawn = sums[0] / Math.sqrt(sums[1] * sums[2]);

    assertThat(population.truths()[0]).isEqualTo(biased);
    assertThat(drawn).isCloseTo(biased, within(Math.abs(biased - debiased) / 5));
  }
}
