package dev.parallax.benchmarks.accuracy;

import dev.parallax.core.matrix.CentredRows;
import dev.parallax.core.matrix.Products;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.HsicTriple;
import dev.parallax.core.similarity.LinearCka;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Every pair of some encoders over a corpus of N texts, from which texts are drawn with
 * replacement.
 *
 * <p>Drawing with replacement makes the corpus itself the population: a draw is text i with
 * probability 1/N, its covariances are exactly {@code XcᵀYc/N}, and the truth is exactly the
 * <em>biased</em> CKA of the whole corpus, without sampling error of its own. Drawing without
 * replacement would make the unknown source of the corpus the population, and the draws of one
 * replicate would not be independent of one another.
 *
 * <p>The Gram matrices of the whole corpus are computed once, in single precision (4 N² bytes an
 * encoder), and a batch gathers its entries from them.
 */
final class CorpusPopulation implements Population {

  private static final int BLOCK = 64;

  private final int batch;
  private final int count;
  private final float[][][] grams;
  private final List<int[]> sides = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final double[] truths;

  /**
   * @param spaces by name, each with the same number of rows
   * @param batch pairs in a batch
   */
  CorpusPopulation(Map<String, RowMatrix> spaces, int batch) {
    List<String> encoders = List.copyOf(spaces.keySet());
    List<RowMatrix> rows = List.copyOf(spaces.values());
    this.batch = batch;
    this.count = rows.get(0).count();
    this.grams = rows.stream().map(CorpusPopulation::gram).toArray(float[][][]::new);
    for (int i = 0; i < encoders.size(); i++) {
      for (int j = i + 1; j < encoders.size(); j++) {
        sides.add(new int[] {i, j});
        names.add(encoders.get(i) + " / " + encoders.get(j));
      }
    }
    this.truths =
        sides.stream()
            .map(side -> LinearCka.of(rows.get(side[0]), rows.get(side[1])).biased())
            .mapToDouble(cka -> cka.asOptional().orElseThrow())
            .toArray();
  }

  private static float[][] gram(RowMatrix space) {
    CentredRows centred = CentredRows.of(space);
    double[][] columns = centred.columns();
    int n = centred.count();
    float[][] gram = new float[n][n];
    double[][] block = new double[BLOCK][n];
    for (int from = 0; from < n; from += BLOCK) {
      int to = Math.min(n, from + BLOCK);
      Products.transposed(columns, columns, from, to, 0, block);
      for (int i = from; i < to; i++) {
        for (int j = 0; j < n; j++) {
          gram[i][j] = (float) Math.scalb(block[i - from][j], 2 * centred.exponent());
        }
      }
    }
    return gram;
  }

  @Override
  public List<String> pairs() {
    return List.copyOf(names);
  }

  @Override
  public double[] truths() {
    return truths.clone();
  }

  @Override
  public HsicTriple[] draw(RandomGenerator random) {
    int[] rows = random.ints(batch, 0, count).toArray();
    return of(rows);
  }

  /** The batch of these rows of the corpus, for each pair of encoders. */
  HsicTriple[] of(int[] rows) {
    double[][] kernels = new double[grams.length][];
    double[] own = new double[grams.length];
    for (int e = 0; e < grams.length; e++) {
      kernels[e] = uCentred(grams[e], rows);
      own[e] = meanProduct(kernels[e], kernels[e]);
    }
    return sides.stream()
        .map(
            side ->
                new HsicTriple(
                    meanProduct(kernels[side[0]], kernels[side[1]]), own[side[0]], own[side[1]]))
        .toArray(HsicTriple[]::new);
  }

  private static double[] uCentred(float[][] gram, int[] rows) {
    int m = rows.length;
    double[] kernel = new double[m * m];
    double[] sums = new double[m];
    double total = 0;
    for (int i = 0; i < m; i++) {
      float[] source = gram[rows[i]];
      for (int j = 0; j < m; j++) {
        if (i != j) {
          kernel[i * m + j] = source[rows[j]];
          sums[i] += source[rows[j]];
        }
      }
      total += sums[i];
    }
    double common = total / ((m - 1.0) * (m - 2.0));
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        if (i != j) {
          kernel[i * m + j] += common - (sums[i] + sums[j]) / (m - 2.0);
        }
      }
    }
    return kernel;
  }

  private double meanProduct(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum / (batch * (batch - 3.0));
  }
}
