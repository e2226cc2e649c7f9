package dev.parallax.benchmarks.providers;

import dev.parallax.onnx.graph.PaneHsicGraph;
import dev.parallax.onnx.graph.PaneSums;
import dev.parallax.onnx.runtime.SessionSettings;
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
    PaneSums sums = new PaneSums();
    return new Prepared() {
      @Override
      public double[] call() {
        graph.score(x, y, sums);
        return ratios(sums);
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

  private static double[] ratios(PaneSums sums) {
    double[] ratios = new double[sums.batches()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = sums.xy(i) / Math.sqrt(sums.xx(i) * sums.yy(i));
    }
    return ratios;
  }
}
