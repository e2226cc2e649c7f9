package dev.parallax.benchmarks.accuracy;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.matrix.RowNormalisation;
import dev.parallax.core.similarity.DebiasedHsic;
import dev.parallax.core.similarity.FeatureMoments;
import dev.parallax.core.similarity.HsicTriple;
import dev.parallax.core.similarity.PairedRows;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A Gaussian pair of spaces with a chosen spectrum: columns of x are independent with variances
 * λ₁…λ_p, and y is the first q of them plus noise of variance σ².
 *
 * <p>Covariances are diagonal, so the truth is {@code s² Σλ² / √(Σ_p λ² · Σ_q (s² λ + σ²)²)} with s
 * = 1, or 0 where y shares nothing with x (s = 0). Rotating either side would change nothing that
 * CKA sees. Where rows are scaled to unit length there is no such formula, and the truth is the
 * debiased CKA of a sample so large that its error is a few percent of an interval's width.
 */
final class SpectrumPopulation implements Population {

  /** Of the size of the study's largest sample, so the error is 1/27 of that one's. */
  private static final int TRUTH_BLOCKS = 720;

  private static final int TRUTH_BLOCK = 2048;
  private static final long TRUTH_SEED = 97;

  private final String name;
  private final double[] deviations;
  private final int widthY;
  private final boolean shared;
  private final double noise;
  private final RowNormalisation normalisation;
  private final int batch;
  private final double truth;

  private SpectrumPopulation(
      String name,
      double[] variances,
      int widthY,
      boolean shared,
      double noise,
      RowNormalisation normalisation,
      int batch) {
    this.name = name;
    this.deviations = new double[variances.length];
    for (int j = 0; j < variances.length; j++) {
      deviations[j] = Math.sqrt(variances[j]);
    }
    this.widthY = widthY;
    this.shared = shared;
    this.noise = noise;
    this.normalisation = normalisation;
    this.batch = batch;
    this.truth =
        normalisation == RowNormalisation.NONE
            ? closedForm(variances, widthY, shared, noise)
            : largeSample();
  }

  /** x and y share the first columns. */
  static SpectrumPopulation shared(
      String name, double[] variances, int widthY, double noise, RowNormalisation rows, int batch) {
    return new SpectrumPopulation(name, variances, widthY, true, noise, rows, batch);
  }

  /** x and y are independent; y is isotropic. */
  static SpectrumPopulation unrelated(String name, double[] variances, int widthY, int batch) {
    return new SpectrumPopulation(name, variances, widthY, false, 1, RowNormalisation.NONE, batch);
  }

  private static double closedForm(double[] variances, int widthY, boolean shared, double noise) {
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (double variance : variances) {
      xx += variance * variance;
    }
    for (int j = 0; j < widthY; j++) {
      double common = shared ? variances[j] : 0;
      xy += common * common;
      yy += (common + noise * noise) * (common + noise * noise);
    }
    return xy / Math.sqrt(xx * yy);
  }

  private double largeSample() {
    RandomGenerator random = CoverageStudy.random(TRUTH_SEED);
    FeatureMoments moments = FeatureMoments.of(rows(TRUTH_BLOCK, random));
    for (int block = 1; block < TRUTH_BLOCKS; block++) {
      moments = moments.plus(FeatureMoments.of(rows(TRUTH_BLOCK, random)));
    }
    return moments.debiasedCka().asOptional().orElseThrow();
  }

  @Override
  public List<String> pairs() {
    return List.of(name);
  }

  @Override
  public double[] truths() {
    return new double[] {truth};
  }

  @Override
  public HsicTriple[] draw(RandomGenerator random) {
    PairedRows rows = rows(batch, random);
    return new HsicTriple[] {DebiasedHsic.of(rows.production(), rows.reference())};
  }

  private PairedRows rows(int count, RandomGenerator random) {
    double[][] x = new double[count][deviations.length];
    double[][] y = new double[count][widthY];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < deviations.length; j++) {
        x[i][j] = deviations[j] * random.nextGaussian();
      }
      for (int j = 0; j < widthY; j++) {
        y[i][j] = (shared ? x[i][j] : 0) + noise * random.nextGaussian();
      }
    }
    return new PairedRows(
        RowMatrix.of(x).normalised(normalisation), RowMatrix.of(y).normalised(normalisation));
  }
}
