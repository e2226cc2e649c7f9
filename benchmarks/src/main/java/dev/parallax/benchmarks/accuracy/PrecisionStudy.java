package dev.parallax.benchmarks.accuracy;

import static dev.parallax.benchmarks.accuracy.StudyReport.number;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.DebiasedHsic;
import dev.parallax.core.similarity.Estimate;
import dev.parallax.core.similarity.HsicTriple;
import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.onnx.graph.PaneHsicGraph;
import dev.parallax.onnx.graph.PaneSums;
import dev.parallax.onnx.runtime.SessionSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The single-precision graph against the plain definition in double precision, over the same
 * float32 rows of real encoders, with offsets and scales that real rows may have.
 *
 * <p>An offset moves every column by so many standard deviations of the entries, as a model that
 * does not centre its output does. Both sides get the same rows: what float32 rows lose by being so
 * far from zero is not the graph's error, and is not counted.
 */
final class PrecisionStudy {

  /** What is claimed of every row. */
  static final double TOLERANCE = 1e-5;

  private static final int BATCH = PaneHsicGraph.BATCH;
  private static final double[] OFFSETS = {0, 1, 10, 1e2, 1e3, 1e4};
  private static final double[] SCALES = {1e-4, 1e-2, 1e2, 1e4};

  private final Map<String, RowMatrix> spaces;
  private final int pairs;

  /**
   * @param spaces by name
   * @param pairs that are scored of each pair of spaces, a multiple of the batch
   */
  PrecisionStudy(Map<String, RowMatrix> spaces, int pairs) {
    this.spaces = spaces;
    this.pairs = pairs;
  }

  /** Measures and writes the table. */
  void run(StudyReport report) {
    report.heading("float32 graph against float64 definition");
    report.paragraph(
        "Largest over %d pairs of encoders, %,d pairs of rows each. HSIC errors are relative to"
            + " √(xx · yy) of the batch.",
        spaces.size() * (spaces.size() - 1) / 2, pairs);
    report.columns("rows", "error of a batch's HSIC", "error of θ", "error of an interval's end");
    try (PaneHsicGraph graph = PaneHsicGraph.open(SessionSettings.CPU)) {
      for (double offset : OFFSETS) {
        measure(graph, number("offset %.0f standard deviations", offset), offset, 1, report);
      }
      for (double scale : SCALES) {
        measure(graph, number("times %.0e", scale), 0, scale, report);
      }
    }
  }

  private void measure(
      PaneHsicGraph graph, String name, double offset, double scale, StudyReport report) {
    List<float[][]> sides =
        spaces.values().stream().map(space -> moved(space, offset, scale)).toList();
    double hsic = 0;
    double theta = 0;
    double end = 0;
    for (int i = 0; i < sides.size(); i++) {
      for (int j = i + 1; j < sides.size(); j++) {
        List<HsicTriple> found = scored(graph, sides.get(i), sides.get(j));
        List<HsicTriple> exact = plain(sides.get(i), sides.get(j));
        for (int b = 0; b < exact.size(); b++) {
          hsic = Math.max(hsic, error(found.get(b), exact.get(b)));
        }
        Estimate.Stated ours = stated(found);
        Estimate.Stated truth = stated(exact);
        theta = Math.max(theta, Math.abs(ours.cka() - truth.cka()));
        end = Math.max(end, difference(ours, truth));
      }
    }
    report.row(name, number("%.1e", hsic), number("%.1e", theta), number("%.1e", end));
    report.claim(theta < TOLERANCE, "%s: expected θ within %.0e, got %.1e", name, TOLERANCE, theta);
  }

  private static List<HsicTriple> scored(PaneHsicGraph graph, float[][] x, float[][] y) {
    if (graph.score(x, y) instanceof PaneSums sums) {
      return sums.triples();
    }
    throw new IllegalStateException("expected finite rows of encoders");
  }

  private float[][] moved(RowMatrix space, double offset, double scale) {
    double[][] rows = space.rows(0, pairs).toRows();
    double squares = 0;
    for (double[] row : rows) {
      squares += Samples.dot(row, row);
    }
    double shift = offset * Math.sqrt(squares / ((double) pairs * space.width()));
    float[][] moved = new float[pairs][space.width()];
    for (int i = 0; i < pairs; i++) {
      for (int j = 0; j < moved[i].length; j++) {
        moved[i][j] = (float) (scale * (rows[i][j] + shift));
      }
    }
    return moved;
  }

  private static List<HsicTriple> plain(float[][] x, float[][] y) {
    return IntStream.range(0, x.length / BATCH)
        .mapToObj(
            b ->
                DebiasedHsic.of(
                    Arrays.copyOfRange(x, b * BATCH, (b + 1) * BATCH),
                    Arrays.copyOfRange(y, b * BATCH, (b + 1) * BATCH)))
        .toList();
  }

  private static double error(HsicTriple found, HsicTriple exact) {
    double xy = Math.abs(found.xy() - exact.xy()) / Math.sqrt(exact.xx()) / Math.sqrt(exact.yy());
    double xx = Math.abs(found.xx() / exact.xx() - 1);
    double yy = Math.abs(found.yy() / exact.yy() - 1);
    return Math.max(xy, Math.max(xx, yy));
  }

  private static Estimate.Stated stated(List<HsicTriple> triples) {
    MiniBatchMoments moments = MiniBatchMoments.none();
    for (HsicTriple triple : triples) {
      moments = moments.plus(triple);
    }
    return (Estimate.Stated) moments.estimate();
  }

  private static double difference(Estimate.Stated a, Estimate.Stated b) {
    return Math.max(
        Math.abs(a.low().orElseThrow() - b.low().orElseThrow()),
        Math.abs(a.high().orElseThrow() - b.high().orElseThrow()));
  }
}
