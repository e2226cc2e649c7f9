package dev.parallax.benchmarks.detection.rivals;

import java.util.List;

/**
 * Euclidean distance of the mean vector of a pane from that of the baseline, as Arize and, before
 * it removed the feature, Phoenix draw it. Evidently has the threshold {@value #PUBLISHED} for it
 * ({@code DistanceDriftMethod}); Arize has none of its own and leaves it to the baseline, for which
 * three standard deviations stand here.
 *
 * @see <a
 *     href="https://arize.com/docs/ax/machine-learning/computer-vision/how-to-cv/embedding-drift.md">Arize:
 *     embedding drift</a>
 * @see <a
 *     href="https://github.com/evidentlyai/evidently/blob/1933c7d5a0afafd647110b2fcc2d20ec718ae4dc/src/evidently/legacy/metrics/data_drift/embedding_drift_methods.py">Evidently:
 *     embedding_drift_methods.py</a>
 */
final class CentroidDistance implements Rule {

  private static final double PUBLISHED = 0.2;

  private final double[] centre;
  private final double threshold;

  private CentroidDistance(double[] centre, double threshold) {
    this.centre = centre;
    this.threshold = threshold;
  }

  /** With Evidently's threshold. */
  static CentroidDistance published(RivalBaseline baseline) {
    return new CentroidDistance(mean(baseline.all()), PUBLISHED);
  }

  /** With a threshold of three standard deviations above the mean distance of held-out panes. */
  static CentroidDistance calibrated(RivalBaseline baseline) {
    double[] centre = mean(baseline.fit());
    double[] distances =
        baseline.holdOut().stream().mapToDouble(pane -> distance(centre, pane)).toArray();
    return new CentroidDistance(centre, Limits.of(distances).upper());
  }

  private static double[] mean(List<RivalPane> panes) {
    double[] mean = new double[panes.get(0).vectors()[0].length];
    for (RivalPane pane : panes) {
      double[] centroid = pane.centroid();
      for (int j = 0; j < mean.length; j++) {
        mean[j] += centroid[j] / panes.size();
      }
    }
    return mean;
  }

  private static double distance(double[] centre, RivalPane pane) {
    double[] centroid = pane.centroid();
    double squares = 0;
    for (int j = 0; j < centre.length; j++) {
      squares += (centroid[j] - centre[j]) * (centroid[j] - centre[j]);
    }
    return Math.sqrt(squares);
  }

  /** Of the centroid of a pane from the baseline's. */
  double distance(RivalPane pane) {
    return distance(centre, pane);
  }

  @Override
  public Watch watch() {
    return pane -> distance(pane) > threshold;
  }
}
