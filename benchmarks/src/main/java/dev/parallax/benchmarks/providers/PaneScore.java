package dev.parallax.benchmarks.providers;

import dev.parallax.core.similarity.HsicTriple;
import dev.parallax.onnx.graph.PaneHsicGraph;
import dev.parallax.onnx.runtime.SessionSettings;
import java.util.List;
import java.util.Random;

/**
 * Scoring a pane of normalised Gaussian rows, half of whose variance two sides share.
 *
 * @param pairs in a call
 * @param p live width
 * @param q reference width
 */
record PaneScore(int pairs, int p, int q) implements Workload {

  @Override
  public String name() {
    return "pane score, " + pairs + " pairs, " + p + " x " + q;
  }

  @Override
  public boolean processorOnly() {
    return false;
  }

  /** Of HSIC over the root of the sides' own; what single-precision products leave. */
  @Override
  public double tolerance() {
    return 1e-5;
  }

  @Override
  public Prepared open(SessionSettings settings) {
    PaneHsicGraph graph = PaneHsicGraph.open(settings);
    Random random = new Random(1);
    float[][] x = new float[pairs][p];
    float[][] y = new float[pairs][q];
    for (int i = 0; i < pairs; i++) {
      for (int j = 0; j < Math.max(p, q); j++) {
        double common = random.nextGaussian();
        set(x[i], j, common + random.nextGaussian());
        set(y[i], j, common + random.nextGaussian());
      }
      normalise(x[i]);
      normalise(y[i]);
    }
    return new Prepared() {
      @Override
      public double[] call() {
        return ratios(graph.score(x, y));
      }

      @Override
      public int items() {
        return pairs;
      }

      @Override
      public void close() {
        graph.close();
      }
    };
  }

  private static void set(float[] row, int index, double value) {
    if (index < row.length) {
      row[index] = (float) value;
    }
  }

  private static void normalise(float[] row) {
    double squared = 0;
    for (float value : row) {
      squared += value * value;
    }
    for (int j = 0; j < row.length; j++) {
      row[j] = (float) (row[j] / Math.sqrt(squared));
    }
  }

  private static double[] ratios(List<HsicTriple> triples) {
    return triples.stream()
        .mapToDouble(triple -> triple.xy() / Math.sqrt(triple.xx() * triple.yy()))
        .toArray();
  }
}
