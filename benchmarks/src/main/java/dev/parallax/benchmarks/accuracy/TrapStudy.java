package dev.parallax.benchmarks.accuracy;

import static dev.parallax.benchmarks.accuracy.StudyReport.number;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.matrix.RowNormalisation;
import dev.parallax.core.similarity.Estimate;
import dev.parallax.core.similarity.LinearCka;
import dev.parallax.core.similarity.MiniBatchCka;
import dev.parallax.core.similarity.PairedRows;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * How much CKA moves for reasons that are not the model, and how little for some that are: one
 * table for each trap, on a real pair of encoders where one is needed.
 *
 * <p>The trap of too few pairs is {@link BiasStudy}, that of overlapping windows {@link
 * OverlapStudy}.
 */
final class TrapStudy {

  private static final int BATCH = MiniBatchCka.DEFAULT_BATCH;

  /** Largest difference of a debiased CKA that is rounding. */
  private static final double ROUNDING = 1e-9;

  private final RowMatrix live;
  private final RowMatrix reference;
  private final long seed;
  private final StudyReport report;

  /**
   * @param live unit rows of one encoder
   * @param reference unit rows of another, of the same texts, in random order
   */
  TrapStudy(RowMatrix live, RowMatrix reference, long seed, StudyReport report) {
    this.live = live;
    this.reference = reference;
    this.seed = seed;
    this.report = report;
  }

  /** CKA before and after a random rotation of the live space, which ruins every stored vector. */
  void rotation() {
    report.heading("Rotation");
    report.columns("live space", "debiased CKA", "mean cosine to the vector before");
    double before = debiased(live, reference);
    RowMatrix rotated = Samples.rotated(live, CoverageStudy.random(seed));
    double after = debiased(rotated, reference);
    double cosine = meanCosine(live, rotated);
    report.row("as it was", number("%.6f", before), number("%.3f", 1));
    report.row("rotated", number("%.6f", after), number("%.3f", cosine));
    report.claim(
        Math.abs(after - before) < ROUNDING, "rotation moved CKA from %f to %f", before, after);
    report.claim(Math.abs(cosine) < 0.2, "the rotation left a mean cosine of %f", cosine);
  }

  private static double meanCosine(RowMatrix a, RowMatrix b) {
    double[][] x = a.toRows();
    double[][] y = b.toRows();
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += Samples.dot(x[i], y[i]) / Math.sqrt(Samples.dot(x[i], x[i]) * Samples.dot(y[i], y[i]));
    }
    return sum / x.length;
  }

  /** CKA of parts of the traffic, each with its interval: same models, other inputs. */
  void trafficMix(Map<String, int[]> parts) {
    report.heading("Traffic mix");
    report.columns("texts", "pairs", "mini-batch CKA", "95% interval");
    Map<String, Estimate.Stated> estimates = new LinkedHashMap<>();
    int[] all = IntStream.range(0, live.count()).toArray();
    Map<String, int[]> rows = new LinkedHashMap<>();
    rows.put("all", all);
    rows.putAll(parts);
    rows.forEach(
        (name, indices) -> {
          Estimate.Stated estimate = miniBatch(indices);
          estimates.put(name, estimate);
          report.row(
              name,
              estimate.batches() * BATCH,
              number("%.4f", estimate.cka()),
              number("%.4f", estimate.low().orElseThrow())
                  + " to "
                  + number("%.4f", estimate.high().orElseThrow()));
        });
    double lowest =
        estimates.values().stream().mapToDouble(e -> e.high().orElseThrow()).min().orElseThrow();
    double highest =
        estimates.values().stream().mapToDouble(e -> e.low().orElseThrow()).max().orElseThrow();
    report.claim(
        lowest < highest, "expected parts of the traffic whose intervals lie apart, got none");
  }

  private Estimate.Stated miniBatch(int[] indices) {
    return miniBatch(Samples.rows(live, indices), Samples.rows(reference, indices));
  }

  private static Estimate.Stated miniBatch(RowMatrix x, RowMatrix y) {
    return (Estimate.Stated) MiniBatchCka.of(new PairedRows(x, y), BATCH);
  }

  /** CKA where a share of the pairs is joined to another input's vector, against (1 − f)². */
  void wrongPairs(int repeats) {
    report.heading("Wrong pairs");
    report.columns("wrong pairs f", "debiased CKA", "share of the healthy one", "(1 − f)²");
    RandomGenerator random = CoverageStudy.random(seed);
    double healthy = debiased(live, reference);
    for (double f : new double[] {0, 0.01, 0.05, 0.1, 0.2, 0.5}) {
      Repeats readings = new Repeats();
      for (int repeat = 0; repeat < (f == 0 ? 1 : repeats); repeat++) {
        readings.add(debiased(live, mismatched(f, random)));
      }
      double share = readings.mean() / healthy;
      double expected = (1 - f) * (1 - f);
      report.row(
          number("%.0f%%", 100 * f),
          number("%.4f", readings.mean()),
          number("%.4f", share),
          number("%.4f", expected));
      report.claim(
          Math.abs(share - expected) < 0.01,
          "%.0f%% wrong pairs: expected %.4f of the healthy CKA, got %.4f",
          100 * f,
          expected,
          share);
    }
  }

  /** The reference with a random share of its rows moved on by one among themselves. */
  private RowMatrix mismatched(double share, RandomGenerator random) {
    double[][] rows = reference.toRows();
    int[] wrong = Samples.without(rows.length, (int) Math.round(share * rows.length), random);
    double[][] moved = rows.clone();
    for (int i = 0; i < wrong.length; i++) {
      moved[wrong[i]] = rows[wrong[(i + 1) % wrong.length]];
    }
    return RowMatrix.of(moved);
  }

  /** CKA of n pairs of which each input appears k times. */
  void repeats(int pairs, int width, int repeats) {
    report.heading("Repeats of an input");
    report.paragraph(
        "%,d pairs, of which n/k are distinct; unrelated spaces are isotropic with p = q = %d.",
        pairs, width);
    report.columns(
        "k", "debiased, unrelated", "mini-batch, unrelated", "debiased, real", "mini-batch, real");
    RandomGenerator random = CoverageStudy.random(seed);
    double once = 0;
    for (int k : new int[] {1, 2, 4, 8, 16}) {
      Repeats[] readings = {new Repeats(), new Repeats(), new Repeats(), new Repeats()};
      for (int repeat = 0; repeat < repeats; repeat++) {
        int[] order = repeated(pairs / k, k, random);
        RowMatrix x = Samples.rows(Samples.gaussian(pairs / k, width, random), order);
        RowMatrix y = Samples.rows(Samples.gaussian(pairs / k, width, random), order);
        readings[0].add(debiased(x, y));
        readings[1].add(miniBatch(x, y).cka());
        int[] texts = Samples.without(live.count(), pairs / k, random);
        int[] drawn = Arrays.stream(order).map(i -> texts[i]).toArray();
        readings[2].add(debiased(Samples.rows(live, drawn), Samples.rows(reference, drawn)));
        readings[3].add(miniBatch(drawn).cka());
      }
      report.row(
          k,
          number("%.4f", readings[0].mean()),
          number("%.4f", readings[1].mean()),
          number("%.4f", readings[2].mean()),
          number("%.4f", readings[3].mean()));
      if (k == 1) {
        once = readings[0].mean();
      }
      report.claim(
          k < 4 || readings[0].mean() > once + 0.02,
          "inputs repeated %d times: expected unrelated spaces to read above 0, got %.4f",
          k,
          readings[0].mean());
    }
  }

  /** Numbers 0 to {@code distinct − 1}, each k times, in random order. */
  private static int[] repeated(int distinct, int k, RandomGenerator random) {
    int[] order = Samples.without(distinct * k, distinct * k, random);
    return Arrays.stream(order).map(i -> i % distinct).toArray();
  }

  /** CKA of n pairs of which one is s times as long on both sides, as it is and with unit rows. */
  void outlier(int pairs, int repeats) {
    report.heading("One outlier");
    report.paragraph("%,d pairs; %d choices of the row that is s times as long.", pairs, repeats);
    report.columns(
        "s",
        "biased, as it is",
        "debiased, as it is",
        "its range",
        "debiased, unit rows",
        "its range");
    int[] first = IntStream.range(0, pairs).toArray();
    double[][] x = Samples.rows(live, first).toRows();
    double[][] y = Samples.rows(reference, first).toRows();
    double healthy = debiased(RowMatrix.of(x), RowMatrix.of(y));
    for (double scale : new double[] {1, 3, 10, 30, 100}) {
      Repeats biased = new Repeats();
      Repeats debiased = new Repeats();
      Repeats unit = new Repeats();
      for (int repeat = 0; repeat < repeats; repeat++) {
        RowMatrix a = RowMatrix.of(stretched(x, repeat, scale));
        RowMatrix b = RowMatrix.of(stretched(y, repeat, scale));
        LinearCka cka = LinearCka.of(a, b);
        biased.add(cka.biased().asOptional().orElseThrow());
        debiased.add(cka.debiased().asOptional().orElseThrow());
        unit.add(debiased(a.normalised(RowNormalisation.L2), b.normalised(RowNormalisation.L2)));
      }
      report.row(
          number("%.0f", scale),
          number("%.4f", biased.mean()),
          number("%.4f", debiased.mean()),
          range(debiased),
          number("%.4f", unit.mean()),
          range(unit));
      report.claim(
          Math.abs(unit.mean() - healthy) < 1e-6,
          "an outlier of %.0f moved CKA of unit rows from %.4f to %.4f",
          scale,
          healthy,
          unit.mean());
      report.claim(
          scale < 100 || debiased.most() - debiased.least() > 0.1,
          "an outlier of %.0f: expected it to rule CKA without normalising, got %s",
          scale,
          range(debiased));
    }
  }

  private static double[][] stretched(double[][] rows, int row, double scale) {
    double[][] result = rows.clone();
    result[row] = Arrays.stream(rows[row]).map(v -> scale * v).toArray();
    return result;
  }

  private static String range(Repeats readings) {
    return number("%.4f", readings.least()) + " to " + number("%.4f", readings.most());
  }

  private static double debiased(RowMatrix x, RowMatrix y) {
    return LinearCka.of(x, y).debiased().asOptional().orElseThrow();
  }
}
