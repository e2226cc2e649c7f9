package dev.parallax.benchmarks.accuracy;

import static dev.parallax.benchmarks.accuracy.StudyReport.number;

import dev.parallax.core.matrix.RowNormalisation;
import dev.parallax.core.similarity.Estimate;
import dev.parallax.core.similarity.HsicTriple;
import dev.parallax.core.similarity.MiniBatchCka;
import dev.parallax.core.similarity.MiniBatchMoments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * How often the 95% interval of {@link MiniBatchMoments} holds the true CKA, on populations whose
 * truth is known.
 *
 * <p>A replicate draws as many batches as the largest sample needs; its first ones are the smaller
 * samples. The claim is a coverage of 93 to 97 in 100 for each population and size.
 */
final class CoverageStudy {

  static final double LEAST = 0.93;
  static final double MOST = 0.97;

  static final int BATCH = MiniBatchCka.DEFAULT_BATCH;
  private static final int[] SIZES = {512, 1024, 2048};

  private final int replicates;
  private final double slack;

  /**
   * @param replicates drawn from each population
   * @param slack by which the claim is widened, where few replicates make the measurement uncertain
   */
  CoverageStudy(int replicates, double slack) {
    this.replicates = replicates;
    this.slack = slack;
  }

  /** The generator of the studies; its sequence is fixed by its name and the seed. */
  static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** Gaussian pairs of spaces with known spectra. */
  static List<Population> spectra() {
    double[] flat = new double[64];
    Arrays.fill(flat, 1);
    double[] power = IntStream.rangeClosed(1, 64).mapToDouble(j -> 1.0 / j).toArray();
    double[] steep = IntStream.rangeClosed(1, 64).mapToDouble(j -> 1.0 / j / j).toArray();
    double[] lowRank = new double[64];
    Arrays.fill(lowRank, 0.01);
    Arrays.fill(lowRank, 0, 8, 1);
    RowNormalisation none = RowNormalisation.NONE;
    RowNormalisation unit = RowNormalisation.L2;
    return List.of(
        SpectrumPopulation.unrelated("isotropic, unrelated", flat, 48, BATCH),
        SpectrumPopulation.shared("isotropic", flat, 48, 0.5, none, BATCH),
        SpectrumPopulation.shared("power law 1/j", power, 48, 0.1, none, BATCH),
        SpectrumPopulation.shared("power law 1/j²", steep, 48, 0.3, none, BATCH),
        SpectrumPopulation.shared("rank 8 and noise", lowRank, 48, 0.3, none, BATCH),
        SpectrumPopulation.shared("power law 1/j, unit rows", power, 48, 0.1, unit, BATCH),
        SpectrumPopulation.shared("power law 1/j², unit rows", steep, 48, 0.3, unit, BATCH),
        SpectrumPopulation.shared("rank 8 and noise, unit rows", lowRank, 48, 0.3, unit, BATCH));
  }

  /** Measures and writes the table. */
  void run(List<Population> populations, long seed, StudyReport report) {
    report.heading("Coverage of the 95% interval");
    report.paragraph(
        "%,d replicates a row, batches of %d; one standard error of a coverage is %.1f points.",
        replicates, BATCH, 100 * Math.sqrt(0.95 * 0.05 / replicates));
    report.columns(
        "spaces",
        "true CKA",
        "pairs",
        "covered",
        "truth below",
        "truth above",
        "mean width",
        "bias");
    for (Population population : populations) {
      measure(population, seed).forEach(coverage -> write(coverage, report));
    }
  }

  private List<Coverage> measure(Population population, long seed) {
    List<Coverage> coverages = new ArrayList<>();
    for (int pair = 0; pair < population.pairs().size(); pair++) {
      for (int size : SIZES) {
        coverages.add(new Coverage(population.pairs().get(pair), population.truths()[pair], size));
      }
    }
    RandomGenerator random = random(seed);
    for (int replicate = 0; replicate < replicates; replicate++) {
      MiniBatchMoments[] moments = new MiniBatchMoments[population.pairs().size()];
      Arrays.fill(moments, MiniBatchMoments.none());
      int batches = 0;
      for (int s = 0; s < SIZES.length; s++) {
        for (; batches < SIZES[s] / BATCH; batches++) {
          HsicTriple[] triples = population.draw(random);
          Arrays.setAll(moments, pair -> moments[pair].plus(triples[pair]));
        }
        for (int pair = 0; pair < moments.length; pair++) {
          coverages.get(pair * SIZES.length + s).add(moments[pair]);
        }
      }
    }
    return coverages;
  }

  private void write(Coverage coverage, StudyReport report) {
    double covered = coverage.covered();
    report.row(
        coverage.spaces,
        number("%.4f", coverage.truth),
        coverage.pairs,
        number("%.1f%%", 100 * covered),
        number("%.1f%%", 100.0 * coverage.below / coverage.replicates),
        number("%.1f%%", 100.0 * coverage.above / coverage.replicates),
        number("%.4f", coverage.width / coverage.replicates),
        number("%+.5f", coverage.error / coverage.replicates));
    report.claim(
        covered >= LEAST - slack && covered <= MOST + slack,
        "%s at %d pairs: expected a coverage of 93 to 97%%, got %.1f%%",
        coverage.spaces,
        coverage.pairs,
        100 * covered);
  }

  /** Counts of one table row. */
  private static final class Coverage {

    private final String spaces;
    private final double truth;
    private final int pairs;
    private int replicates;
    private int below;
    private int above;
    private double width;
    private double error;

    Coverage(String spaces, double truth, int pairs) {
      this.spaces = spaces;
      this.truth = truth;
      this.pairs = pairs;
    }

    void add(MiniBatchMoments moments) {
      Estimate.Stated estimate = (Estimate.Stated) moments.estimate();
      double low = estimate.low().orElseThrow();
      double high = estimate.high().orElseThrow();
      replicates++;
      below += truth < low ? 1 : 0;
      above += truth > high ? 1 : 0;
      width += high - low;
      error += estimate.cka() - truth;
    }

    double covered() {
      return 1 - (double) (below + above) / replicates;
    }
  }
}
