package dev.parallax.benchmarks.detection.rivals;

import dev.parallax.core.matrix.Products;
import dev.parallax.core.matrix.SymmetricEigen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reconstruction error of principal components, as NannyML's {@code
 * DataReconstructionDriftCalculator} has it: every dimension is standardised as on the baseline, a
 * row is projected on the fewest components that hold more than {@value #VARIANCE} of the variance
 * (its default), and the figure of a pane is the mean length of what is lost. It may lie three
 * standard deviations of the baseline's panes from their mean, on both sides ({@code
 * StandardDeviationThreshold}, its default).
 *
 * @see <a
 *     href="https://github.com/NannyML/nannyml/blob/b8b237f0013d5a118f089341918830a5e7465435/nannyml/drift/multivariate/data_reconstruction/calculator.py">NannyML:
 *     data_reconstruction/calculator.py</a>
 */
final class PcaReconstruction implements Rule {

  static final double VARIANCE = 0.65;

  private final double[] mean;
  private final double[] deviation;

  /** A row a dimension, a column a component. */
  private final double[][] components;

  private final Limits limits;

  private PcaReconstruction(List<float[]> rows, List<RivalPane> measured, double variance) {
    int width = rows.get(0).length;
    mean = new double[width];
    deviation = new double[width];
    standardise(rows);
    double[][] standardised = rows.stream().map(this::standardised).toArray(double[][]::new);
    double[][] products = new double[width][width];
    Products.transposed(standardised, standardised, 0, width, 0, products);
    components = leading(SymmetricEigen.of(products), variance);
    limits = Limits.of(measured.stream().mapToDouble(this::error).toArray());
  }

  /** As published: the limits come from the panes that the components were fitted to. */
  static PcaReconstruction published(RivalBaseline baseline) {
    List<RivalPane> panes = baseline.all();
    return new PcaReconstruction(RivalBaseline.distinct(panes), panes, VARIANCE);
  }

  /** With limits from panes of inputs that the components were not fitted to. */
  static PcaReconstruction heldOut(RivalBaseline baseline) {
    return heldOut(baseline, VARIANCE);
  }

  static PcaReconstruction heldOut(RivalBaseline baseline, double variance) {
    return new PcaReconstruction(
        RivalBaseline.distinct(baseline.fit()), baseline.holdOut(), variance);
  }

  private void standardise(List<float[]> rows) {
    for (float[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        mean[j] += row[j] / (double) rows.size();
      }
    }
    for (float[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        deviation[j] += (row[j] - mean[j]) * (row[j] - mean[j]) / rows.size();
      }
    }
    for (int j = 0; j < deviation.length; j++) {
      deviation[j] = deviation[j] > 0 ? Math.sqrt(deviation[j]) : 1;
    }
  }

  private double[] standardised(float[] row) {
    double[] result = new double[row.length];
    for (int j = 0; j < row.length; j++) {
      result[j] = (row[j] - mean[j]) / deviation[j];
    }
    return result;
  }

  private static double[][] leading(SymmetricEigen eigen, double variance) {
    double[] ascending = eigen.values();
    double total = 0;
    for (double value : ascending) {
      total += value;
    }
    List<double[]> axes = new ArrayList<>();
    double held = 0;
    for (int k = ascending.length - 1; k >= 0 && held <= variance * total; k--) {
      held += ascending[k];
      axes.add(eigen.vector(k));
    }
    double[][] components = new double[ascending.length][axes.size()];
    for (int j = 0; j < components.length; j++) {
      for (int k = 0; k < axes.size(); k++) {
        components[j][k] = axes.get(k)[j];
      }
    }
    return components;
  }

  /** Mean over the rows of ‖z − VVᵀz‖, by Pythagoras. */
  double error(RivalPane pane) {
    double sum = 0;
    double[] scores = new double[components[0].length];
    for (float[] vector : pane.vectors()) {
      double[] z = standardised(vector);
      Arrays.fill(scores, 0);
      double lost = 0;
      for (int j = 0; j < z.length; j++) {
        double[] component = components[j];
        double entry = z[j];
        for (int k = 0; k < scores.length; k++) {
          scores[k] += entry * component[k];
        }
        lost += entry * entry;
      }
      lost -= Products.dot(scores, scores);
      sum += Math.sqrt(Math.max(0, lost));
    }
    return sum / pane.vectors().length;
  }

  @Override
  public Watch watch() {
    return pane -> limits.exclude(error(pane));
  }
}
