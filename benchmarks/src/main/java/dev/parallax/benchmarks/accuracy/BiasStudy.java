package dev.parallax.benchmarks.accuracy;

import static dev.parallax.benchmarks.accuracy.StudyReport.number;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.Estimate;
import dev.parallax.core.similarity.LinearCka;
import dev.parallax.core.similarity.MiniBatchCka;
import dev.parallax.core.similarity.PairedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What biased, debiased and mini-batch CKA read at n pairs, on unrelated isotropic spaces, where
 * the truth is 0, and on a real pair of encoders.
 */
final class BiasStudy {

  private static final int[] SIZES = {64, 128, 256, 512, 1024, 2048, 4096};

  private final int width;
  private final int largest;
  private final int rowsRead;

  /**
   * @param width of the unrelated spaces
   * @param largest number of pairs
   * @param rowsRead pairs read in all for each size; more repeats of a small size than of a large
   */
  BiasStudy(int width, int largest, int rowsRead) {
    this.width = width;
    this.largest = largest;
    this.rowsRead = rowsRead;
  }

  /** Measures unrelated spaces and writes the table. */
  void unrelated(long seed, StudyReport report) {
    report.heading("Bias against n: unrelated isotropic spaces, p = q = " + width);
    report.columns(
        "n",
        "repeats",
        "biased",
        "law",
        "debiased",
        "its spread",
        "√2/n",
        "mini-batch",
        "its spread",
        "√2/√(64 n)");
    RandomGenerator random = CoverageStudy.random(seed);
    for (int n : sizes()) {
      Readings readings = new Readings();
      for (int repeat = 0; repeat < repeats(n); repeat++) {
        readings.add(Samples.gaussian(n, width, random), Samples.gaussian(n, width, random));
      }
      double law = (double) width / (n + width);
      double spread = Math.sqrt(2) / n;
      double miniBatchSpread = Math.sqrt(2.0 / n / MiniBatchCka.DEFAULT_BATCH);
      report.row(
          n,
          repeats(n),
          number("%.4f", readings.biased.mean()),
          number("%.4f", law),
          number("%+.5f", readings.debiased.mean()),
          number("%.5f", readings.debiased.deviation()),
          number("%.5f", spread),
          number("%+.5f", readings.miniBatch.mean()),
          number("%.5f", readings.miniBatch.deviation()),
          number("%.5f", miniBatchSpread));
      report.claim(
          Math.abs(readings.biased.mean() / law - 1) < 0.02,
          "biased CKA of unrelated spaces at %d pairs: expected %.4f, got %.4f",
          n,
          law,
          readings.biased.mean());
      claimZero("debiased", n, readings.debiased, spread, report);
      claimZero("mini-batch", n, readings.miniBatch, miniBatchSpread, report);
    }
  }

  private static void claimZero(
      String figure, int n, Repeats readings, double spread, StudyReport report) {
    report.claim(
        Math.abs(readings.mean()) < 4 * spread / Math.sqrt(readings.count()),
        "%s CKA of unrelated spaces at %d pairs: expected 0, got %.5f",
        figure,
        n,
        readings.mean());
  }

  /** Measures random subsets of a real pair and writes the table. */
  void real(String name, RowMatrix live, RowMatrix reference, long seed, StudyReport report) {
    report.heading("Bias against n: " + name);
    report.columns("n", "repeats", "biased", "debiased", "its spread", "mini-batch", "its spread");
    RandomGenerator random = CoverageStudy.random(seed);
    double truth = LinearCka.of(live, reference).debiased().asOptional().orElseThrow();
    for (int n : sizes()) {
      if (n > live.count()) {
        continue;
      }
      Readings readings = new Readings();
      int repeats = n == live.count() ? 1 : repeats(n);
      for (int repeat = 0; repeat < repeats; repeat++) {
        int[] chosen = Samples.without(live.count(), n, random);
        readings.add(Samples.rows(live, chosen), Samples.rows(reference, chosen));
      }
      report.row(
          n,
          repeats,
          number("%.4f", readings.biased.mean()),
          number("%.4f", readings.debiased.mean()),
          number("%.4f", readings.debiased.deviation()),
          number("%.4f", readings.miniBatch.mean()),
          number("%.4f", readings.miniBatch.deviation()));
      for (Repeats debiased : List.of(readings.debiased, readings.miniBatch)) {
        double error = Math.max(4 * debiased.deviation() / Math.sqrt(repeats), 0.01);
        report.claim(
            Math.abs(debiased.mean() - truth) < error,
            "debiased CKA of %s at %d pairs: expected %.4f, got %.4f",
            name,
            n,
            truth,
            debiased.mean());
      }
    }
  }

  private List<Integer> sizes() {
    List<Integer> sizes = new ArrayList<>();
    for (int size : SIZES) {
      if (size <= largest) {
        sizes.add(size);
      }
    }
    return sizes;
  }

  private int repeats(int n) {
    return Math.max(4, rowsRead / n);
  }

  /** The three figures over repeats. */
  private static final class Readings {

    private final Repeats biased = new Repeats();
    private final Repeats debiased = new Repeats();
    private final Repeats miniBatch = new Repeats();

    void add(RowMatrix live, RowMatrix reference) {
      LinearCka cka = LinearCka.of(live, reference);
      biased.add(cka.biased().asOptional().orElseThrow());
      debiased.add(cka.debiased().asOptional().orElseThrow());
      Estimate estimate =
          MiniBatchCka.of(new PairedRows(live, reference), MiniBatchCka.DEFAULT_BATCH);
      miniBatch.add(((Estimate.Stated) estimate).cka());
    }
  }
}
